-- One row for each column of tables that foreign keys refer to and that are not read. $1: the tables; $2: the default schema.
SELECT c.oid, nullif(n.nspname::text, $2) AS schema, c.relname::text AS name, a.attnum, a.attname::text
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.oid = ANY ($1)
