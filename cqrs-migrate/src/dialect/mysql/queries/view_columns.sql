-- One row for each column of a view, in order.
SELECT NULL, CONVERT(c.table_name USING utf8mb4), CONVERT(c.column_name USING utf8mb4),
       CONVERT(c.column_type USING utf8mb4), CAST(c.is_nullable = 'YES' AS SIGNED)
FROM information_schema.columns c
JOIN information_schema.views v ON v.table_schema = c.table_schema AND v.table_name = c.table_name
WHERE c.table_schema = DATABASE()
ORDER BY c.table_name, c.ordinal_position
