-- One row for each property of a table, column, constraint, index or view that the schema types have no place for: its
-- kind, what has it, the table it belongs to. The object itself is in the schema, as near as that can say it.
-- $1: the schemas to read, or the tables and views; $2: the default schema.
WITH relations AS (
    SELECT c.oid, c.relname::text AS name, c.relacl, nullif(n.nspname::text, $2) AS schema
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm')
      AND c.relnamespace = ANY ($1) -- all
      AND c.oid = ANY ($1) -- chosen
      AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), constraints AS (
    SELECT k.oid, k.conname::text AS name, k.contype, r.schema, r.name AS table_name
    FROM relations r
    JOIN pg_constraint k ON k.conrelid = r.oid
)
SELECT 'privileges' AS kind, r.name AS name, r.schema AS table_schema, r.name AS table_name
FROM relations r WHERE r.relacl IS NOT NULL
UNION ALL
SELECT 'privileges', a.attname::text, r.schema, r.name
FROM relations r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE a.attacl IS NOT NULL
UNION ALL
SELECT 'disabled trigger of constraint', k.name, k.schema, k.table_name
FROM constraints k
WHERE EXISTS (SELECT FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgisinternal AND t.tgenabled <> 'O')
UNION ALL
SELECT 'comment on constraint', k.name, k.schema, k.table_name
FROM constraints k
JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid
WHERE k.contype = 'n'
UNION ALL
SELECT 'index that some partitions lack', c.relname::text, r.schema, r.name
FROM relations r
JOIN pg_index i ON i.indrelid = r.oid AND NOT i.indisvalid
JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'I'
UNION ALL
SELECT 'security label', l.provider, r.schema, r.name
FROM relations r
JOIN pg_seclabel l ON l.classoid = 'pg_class'::regclass AND l.objoid = r.oid
