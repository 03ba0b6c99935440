-- Schemas and extensions, with one more column: the comment, where it is not the one that they have by themselves.
, databases AS (
    -- A shadow that is a schema in a transaction stands before the schema that is the default one elsewhere.
    SELECT s.only_schema IS NULL AS is_whole,
           CASE WHEN s.only_schema IS NULL THEN s.default_schema
                ELSE (current_schemas(false))[2]::text END AS default_schema,
           s.only_schema
    FROM scope s
)
-- where schemas
SELECT 'pg_namespace'::regclass::oid AS class, n.oid AS id, 'schema' AS kind, NULL::text AS schema,
       n.nspname::text AS name, NULL::text AS table_name, NULL::text AS signature,
       CASE WHEN n.nspname = db.default_schema
           THEN format('COMMENT ON SCHEMA %I IS %L', n.nspname, n.told)
           ELSE format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) END AS definition,
       ARRAY[]::text[] AS options,
       CASE WHEN n.nspname <> db.default_schema THEN n.told END AS comment
FROM (
    -- Every database has its `public` from the start, with a comment: where that is gone it is told as an empty one.
    SELECT n.oid, n.nspname,
           CASE WHEN n.nspname <> 'public' THEN c.text
                WHEN c.text IS DISTINCT FROM 'standard public schema' THEN coalesce(c.text, '') END AS told
    FROM pg_namespace n
    CROSS JOIN LATERAL (SELECT obj_description(n.oid, 'pg_namespace') AS text) c
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid) -- with extensions
) n
CROSS JOIN databases db
WHERE (n.nspname <> db.default_schema OR n.told IS NOT NULL)
  AND n.nspname IS DISTINCT FROM db.only_schema
-- where extensions
-- The version and the comment that an extension has by itself are those of its control file.
SELECT 'pg_extension'::regclass::oid, e.oid, 'extension', NULL, e.extname::text, NULL, NULL,
       format('CREATE EXTENSION IF NOT EXISTS %I', e.extname)
           || CASE WHEN n.nspname = db.default_schema THEN '' ELSE format(' WITH SCHEMA %I', n.nspname) END
           || CASE WHEN e.extversion = coalesce(a.default_version, e.extversion) THEN ''
                   ELSE format(' VERSION %L', e.extversion) END,
       ARRAY[]::text[],
       CASE WHEN c.text IS DISTINCT FROM a.comment THEN coalesce(c.text, '') END
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
CROSS JOIN databases db
CROSS JOIN LATERAL (SELECT obj_description(e.oid, 'pg_extension') AS text) c
LEFT JOIN pg_available_extensions() a ON a.name = e.extname
WHERE e.extname <> 'plpgsql'
