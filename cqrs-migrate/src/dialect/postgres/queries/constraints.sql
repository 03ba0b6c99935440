-- One row for each primary key, unique constraint, foreign key and check of a table, not counting what a partition or a
-- referenced partition adds by itself.
-- $1: the only schema to read, or null for all; $2: the default schema.
SELECT
    c.conrelid::int8 AS table_id,
    c.conname::text AS name,
    c.contype::text AS kind,
    ARRAY(
        SELECT a.attname::text
        FROM unnest(c.conkey) WITH ORDINALITY AS k (number, position)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
        ORDER BY k.position) AS columns,
    nullif(fn.nspname::text, $2) AS foreign_schema,
    f.relname::text AS foreign_table,
    ARRAY(
        SELECT a.attname::text
        FROM unnest(c.confkey) WITH ORDINALITY AS k (number, position)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number
        ORDER BY k.position) AS foreign_columns,
    c.confmatchtype::text AS match_type,
    c.confdeltype::text AS on_delete,
    c.confupdtype::text AS on_update,
    c.condeferrable AS deferrable,
    c.condeferred AS deferred,
    pg_get_expr(c.conbin, c.conrelid) AS expression
FROM pg_constraint c
JOIN pg_class r ON r.oid = c.conrelid
JOIN pg_namespace n ON n.oid = r.relnamespace
LEFT JOIN pg_class f ON f.oid = c.confrelid
LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
WHERE c.contype IN ('p', 'u', 'f', 'c')
  AND c.conparentid = 0
  AND CASE WHEN $1::text IS NULL
      THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = $1 END
ORDER BY c.conrelid, c.conname
