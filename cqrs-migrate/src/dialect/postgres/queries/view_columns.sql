-- One row for each column of a view, in order. Whether it may be null, the server does not tell.
SELECT nullif(n.nspname::text, current_schema()), c.relname::text, a.attname::text,
       format_type(a.atttypid, a.atttypmod), NULL::bigint
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY a.attrelid, a.attnum
