SELECT {number}::int8, CASE WHEN known.rows > {cap} THEN known.rows::int8 END,
       CASE WHEN known.rows > {cap} THEN NULL ELSE (SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {cap}) AS some_rows) END,
       known.bytes::int8
FROM (
    -- Of a partitioned table, the partitions together. What was analyzed is scaled to the size of today, as the planner does.
    SELECT sum(CASE WHEN part.relpages > 0
                    THEN part.reltuples::float8 / part.relpages
                         * (pg_relation_size(part.oid) / current_setting('block_size')::int8)
                    ELSE 0 END) AS rows,
           sum(pg_total_relation_size(part.oid)) AS bytes
    FROM (SELECT {literal}::regclass::oid AS oid
          UNION SELECT relid::oid FROM pg_partition_tree({literal}::regclass)) AS leaf
    JOIN pg_class AS part ON part.oid = leaf.oid
) AS known
