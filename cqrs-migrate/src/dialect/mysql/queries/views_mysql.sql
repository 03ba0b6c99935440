-- One row for each view. MySQL 8, which does not tell the algorithm (from the manual, not run).
SELECT CAST(TABLE_NAME AS CHAR) AS name,
       CAST(VIEW_DEFINITION AS CHAR) AS query,
       CAST(CHECK_OPTION AS CHAR) AS check_option,
       CAST(SECURITY_TYPE AS CHAR) AS security,
       'UNDEFINED' AS algorithm
FROM information_schema.VIEWS
WHERE TABLE_SCHEMA = DATABASE()
