-- One row for each view, with its columns in order and the tables and views that its query reads, sorted.
-- $1: the only schema to read, or null for all; $2: the default schema.
SELECT
    nullif(n.nspname::text, $2) AS schema,
    c.relname::text AS name,
    c.relkind = 'm' AS materialized,
    pg_get_viewdef(c.oid) AS query,
    ARRAY(
        SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum) AS columns,
    coalesce(reads.schemas, ARRAY[]::text[]) AS read_schemas,
    coalesce(reads.names, ARRAY[]::text[]) AS read_names,
    obj_description(c.oid, 'pg_class') AS comment
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT array_agg(schema ORDER BY schema NULLS FIRST, name) AS schemas,
           array_agg(name ORDER BY schema NULLS FIRST, name) AS names
    FROM (
        SELECT DISTINCT nullif(un.nspname::text, $2) AS schema, u.relname::text AS name
        FROM pg_rewrite w
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
        JOIN pg_class u ON d.refclassid = 'pg_class'::regclass AND u.oid = d.refobjid
        JOIN pg_namespace un ON un.oid = u.relnamespace
        WHERE w.ev_class = c.oid
          AND w.rulename = '_RETURN'
          AND u.oid <> c.oid
          AND u.relkind IN ('r', 'p', 'v', 'm', 'f')) AS used
) AS reads
WHERE c.relkind IN ('v', 'm')
  AND CASE WHEN $1::text IS NULL
      THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = $1 END
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
