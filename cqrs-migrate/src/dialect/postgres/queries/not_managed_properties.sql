-- One row for each property of a table, constraint or view that the schema types have no place for and that is not read with
-- them: its kind, what has it, the table it belongs to. The object itself is in the schema, as near as that can say it.
-- $1: the schemas to read, or the tables and views; $2: the default schema.
-- where disabled triggers
SELECT DISTINCT 'disabled trigger of constraint' AS kind, k.conname::text AS name, nullif(n.nspname::text, $2) AS table_schema,
       c.relname::text AS table_name
FROM pg_trigger t
JOIN pg_constraint k ON k.oid = t.tgconstraint
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE t.tgisinternal AND t.tgenabled <> 'O'
  AND c.relkind IN ('r', 'p', 'v', 'm')
  AND c.relnamespace = ANY ($1) -- all
  AND c.oid = ANY ($1) -- chosen
  AND NOT EXISTS ( -- with extensions
      SELECT FROM pg_depend d -- with extensions
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') -- with extensions
-- where security labels
SELECT 'security label', l.provider, nullif(n.nspname::text, $2), c.relname::text
FROM pg_seclabel l
JOIN pg_class c ON c.oid = l.objoid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE l.classoid = 'pg_class'::regclass
  AND c.relkind IN ('r', 'p', 'v', 'm')
  AND c.relnamespace = ANY ($1) -- all
  AND c.oid = ANY ($1) -- chosen
  AND NOT EXISTS ( -- with extensions
      SELECT FROM pg_depend d -- with extensions
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') -- with extensions
