-- One row for each table that a table inherits from or is a partition of, in their order.
-- $1: the schemas to read, or the tables; $2: the default schema.
SELECT
    i.inhrelid AS table_id,
    i.inhparent AS parent_id,
    nullif(n.nspname::text, $2) AS parent_schema,
    p.relname::text AS parent
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
JOIN pg_class p ON p.oid = i.inhparent
JOIN pg_namespace n ON n.oid = p.relnamespace
WHERE c.relnamespace = ANY ($1) -- all
WHERE i.inhrelid = ANY ($1) -- chosen
ORDER BY i.inhrelid, i.inhseqno
