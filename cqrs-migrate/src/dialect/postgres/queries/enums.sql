-- One row for each enum type, its labels in order.
-- $1: the only schema to read, or null for all; $2: the default schema.
SELECT
    t.oid,
    nullif(n.nspname::text, $2) AS schema,
    t.typname::text AS name,
    ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e'
  AND CASE WHEN $1::text IS NULL
      THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = $1 END
  AND NOT EXISTS ( -- with extensions
      SELECT FROM pg_depend d -- with extensions
      WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e') -- with extensions
