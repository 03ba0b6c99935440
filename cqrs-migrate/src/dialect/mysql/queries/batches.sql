-- The columns of a table, its engine, and how many rows the statistics count.
SELECT CONVERT(c.COLUMN_NAME USING utf8mb4) AS column_name,
       CONVERT(c.DATA_TYPE USING utf8mb4) AS data_type,
       CONVERT(t.ENGINE USING utf8mb4) AS engine,
       CAST(t.TABLE_ROWS AS UNSIGNED) AS table_rows
FROM information_schema.TABLES t
JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
WHERE t.TABLE_SCHEMA = COALESCE(?, DATABASE()) AND t.TABLE_NAME = ?
