-- What the queries named `objects_*` begin with. Each of them yields one row for each object:
--   class, id    the catalog table that it is in, and its number there
--   kind         `ObjectKind::name`
--   schema, name, table_name, signature    the parts of its `ObjectId`
--   definition   the statement that makes it; null where another session drops it at this moment
--   options      clauses that take statements of their own afterwards
-- Comments are in `comments.sql`.
-- Objects that belong to an extension are left out: they come with it. What of their privileges was changed is not.
-- $1: the only schema to read, or null for all; $2: the default schema; $3: the tables to read, or null for all.
WITH scope AS (
    SELECT $1::text AS only_schema, $2::text AS default_schema, $3::oid[] AS tables
), names AS (
    -- Every schema, with what the server prints for it, and what stands before a name in it.
    SELECT n.oid, CASE n.oid WHEN pg_my_temp_schema() THEN 'pg_temp' ELSE n.nspname::text END AS full_name,
           nullif(n.nspname::text, s.default_schema) AS schema,
           CASE WHEN n.nspname::text IN (s.default_schema, 'pg_catalog') THEN '' ELSE quote_ident(n.nspname) || '.' END
               AS prefix,
           CASE WHEN s.only_schema IS NULL
               THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
               ELSE n.nspname = s.only_schema END AS is_read
    FROM pg_namespace n
    CROSS JOIN scope s
), namespaces AS (
    SELECT n.* FROM names n WHERE n.is_read
), members AS MATERIALIZED ( -- with extensions
    SELECT d.classid, d.objid, d.refobjid AS extension FROM pg_depend d -- with extensions
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' -- with extensions
)
