-- One row for each column of each view, in order; none for a view that no longer works. MySQL 8 (from the manual, not run).
SELECT CAST(v.TABLE_NAME AS CHAR) AS view_name, CAST(c.COLUMN_NAME AS CHAR) AS column_name
FROM information_schema.VIEWS v
JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = v.TABLE_SCHEMA AND c.TABLE_NAME = v.TABLE_NAME
WHERE v.TABLE_SCHEMA = DATABASE()
ORDER BY v.TABLE_NAME, c.ORDINAL_POSITION
