-- One row for each primary key, unique constraint, foreign key, check and exclusion constraint of a table, not counting
-- the foreign keys that a partition or a referenced partition adds by itself, and the checks that are only inherited.
-- Numbers of columns are the table's own; what follows `index` is about the index behind the constraint.
-- $1: the schemas to read, or the tables; $2: the default schema.
SELECT
    c.conrelid::int8 AS table_id,
    c.conname::text,
    c.contype::text AS kind,
    c.conkey AS columns,
    nullif(fn.nspname::text, $2) AS foreign_schema,
    f.relname::text AS foreign_table,
    CASE WHEN c.contype = 'f' THEN ARRAY(
        SELECT a.attname::text
        FROM unnest(c.confkey) WITH ORDINALITY AS k (number, position)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number
        ORDER BY k.position) END AS foreign_columns,
    c.confmatchtype::text AS match_type,
    c.confdeltype::text AS on_delete,
    c.confupdtype::text AS on_update,
    c.confdelsetcols AS on_delete_columns, -- since 15
    NULL::int2[] AS on_delete_columns, -- before 15
    c.condeferrable AS is_deferrable,
    c.condeferred AS is_deferred,
    c.convalidated AS is_validated,
    c.connoinherit AS is_no_inherit,
    c.conenforced AS is_enforced, -- since 18
    c.conperiod AS has_period, -- since 18
    true AS is_enforced, -- before 18
    false AS has_period, -- before 18
    CASE c.contype
        WHEN 'c' THEN pg_get_expr(c.conbin, c.conrelid)
        WHEN 'x' THEN pg_get_constraintdef(c.oid) END AS expression,
    d.description AS comment,
    i.indkey[i.indnkeyatts:i.indnatts - 1]::int2[] AS index_include,
    coalesce(i.indnullsnotdistinct, false) AS index_nulls_not_distinct, -- since 15
    false AS index_nulls_not_distinct, -- before 15
    ic.reloptions AS index_parameters,
    s.spcname::text AS index_tablespace,
    coalesce(i.indisclustered, false) AS index_is_clustered,
    coalesce(i.indisreplident, false) AS index_is_replica_identity,
    id.description AS index_comment
FROM pg_class r
JOIN pg_constraint c ON c.conrelid = r.oid
LEFT JOIN pg_class f ON f.oid = c.confrelid
LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass AND d.objsubid = 0
LEFT JOIN pg_index i ON i.indexrelid = c.conindid AND c.contype IN ('p', 'u', 'x')
LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
LEFT JOIN pg_tablespace s ON s.oid = ic.reltablespace
LEFT JOIN pg_description id ON id.objoid = i.indexrelid AND id.classoid = 'pg_class'::regclass AND id.objsubid = 0
WHERE r.relkind IN ('r', 'p')
  AND c.contype IN ('p', 'u', 'f', 'c', 'x')
  AND (c.contype <> 'f' OR c.conparentid = 0)
  AND (c.contype <> 'c' OR c.conislocal OR r.relispartition)
  AND r.relnamespace = ANY ($1) -- all
  AND r.oid = ANY ($1) -- chosen
ORDER BY c.conrelid, c.conname
