-- One row for each check. MySQL 8 (from the manual, not run).
SELECT CAST(t.TABLE_NAME AS CHAR) AS table_name,
       CAST(c.CONSTRAINT_NAME AS CHAR) AS name,
       'Table' AS level,
       CAST(c.CHECK_CLAUSE AS CHAR) AS expression,
       CAST(t.ENFORCED AS CHAR) AS enforced
FROM information_schema.CHECK_CONSTRAINTS c
JOIN information_schema.TABLE_CONSTRAINTS t
  ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME AND t.CONSTRAINT_TYPE = 'CHECK'
WHERE c.CONSTRAINT_SCHEMA = DATABASE()
