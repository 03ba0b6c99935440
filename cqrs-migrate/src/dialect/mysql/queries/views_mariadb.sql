-- One row for each view. MariaDB.
SELECT CAST(TABLE_NAME AS CHAR) AS name,
       CAST(VIEW_DEFINITION AS CHAR) AS query,
       CAST(CHECK_OPTION AS CHAR) AS check_option,
       CAST(SECURITY_TYPE AS CHAR) AS security,
       CAST(ALGORITHM AS CHAR) AS algorithm
FROM information_schema.VIEWS
WHERE TABLE_SCHEMA = DATABASE()
