-- One row for each check; `level` tells those that are part of a column's definition. MariaDB.
SELECT CAST(TABLE_NAME AS CHAR) AS table_name,
       CAST(CONSTRAINT_NAME AS CHAR) AS name,
       CAST(LEVEL AS CHAR) AS level,
       CAST(CHECK_CLAUSE AS CHAR) AS expression,
       'YES' AS enforced
FROM information_schema.CHECK_CONSTRAINTS
WHERE CONSTRAINT_SCHEMA = DATABASE()
