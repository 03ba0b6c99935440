-- One row for each table that is its own: no partitions, nothing of an extension.
-- $1: the only schema to read, or null for all; $2: the default schema.
SELECT
    c.oid::int8 AS id,
    nullif(n.nspname::text, $2) AS schema,
    c.relname::text AS name,
    obj_description(c.oid, 'pg_class') AS comment
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p')
  AND NOT c.relispartition
  AND CASE WHEN $1::text IS NULL
      THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = $1 END
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
