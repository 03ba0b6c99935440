-- One row for each column of each table and view, in order.
SELECT CAST(TABLE_NAME AS CHAR) AS table_name,
       CAST(COLUMN_NAME AS CHAR) AS name,
       CAST(COLUMN_TYPE AS CHAR) AS type,
       CAST(IS_NULLABLE AS CHAR) AS nullable,
       CAST(COLUMN_DEFAULT AS CHAR) AS default_text,
       CAST(COLLATION_NAME AS CHAR) AS collation,
       CAST(EXTRA AS CHAR) AS extra,
       CAST(GENERATION_EXPRESSION AS CHAR) AS expression,
       CAST(COLUMN_COMMENT AS CHAR) AS comment
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE()
ORDER BY TABLE_NAME, ORDINAL_POSITION
