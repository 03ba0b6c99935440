-- One row for each table in a tree of partitions, after the one that it is a partition of: those of its indexes that are
-- parts of others, and of each the index that it is a part of. All in quotes, but for names.
-- $1: the partitioned table, $2: its index, as SQL has them.
SELECT q.table_name AS qualified, q.schema, c.relname::text AS name, (parse_ident($2))[1] AS index_name,
       (SELECT format('"%s"."%s"', replace(pn.nspname, '"', '""'), replace(p.relname, '"', '""'))
        FROM pg_class p JOIN pg_namespace pn ON pn.oid = p.relnamespace
        WHERE p.oid = t.parentrelid AND t.level > 0) AS parent,
       NOT t.isleaf AS is_partitioned,
       x.indexes, x.wholes
FROM pg_partition_tree(to_regclass($1)) t
JOIN pg_class c ON c.oid = t.relid
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT format('"%s"', replace(n.nspname, '"', '""')) AS schema,
           format('"%s"."%s"', replace(n.nspname, '"', '""'), replace(c.relname, '"', '""')) AS table_name) q
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(format('"%s"', replace(i.relname, '"', '""')) ORDER BY i.oid), '{}') AS indexes,
           coalesce(array_agg(format('"%s"."%s"', replace(wn.nspname, '"', '""'), replace(w.relname, '"', '""'))
                              ORDER BY i.oid), '{}') AS wholes
    FROM pg_index d
    JOIN pg_class i ON i.oid = d.indexrelid
    JOIN pg_inherits h ON h.inhrelid = i.oid
    JOIN pg_class w ON w.oid = h.inhparent
    JOIN pg_namespace wn ON wn.oid = w.relnamespace
    WHERE d.indrelid = t.relid) x
WHERE c.relkind <> 'f' -- the server leaves foreign tables out, too
ORDER BY t.level, c.relname
