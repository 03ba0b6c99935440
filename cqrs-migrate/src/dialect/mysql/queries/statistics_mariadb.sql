-- One row for each part of each index, in order, the primary keys among them. MariaDB.
SELECT CAST(TABLE_NAME AS CHAR) AS table_name,
       CAST(INDEX_NAME AS CHAR) AS name,
       CAST(NON_UNIQUE AS CHAR) AS non_unique,
       CAST(COLUMN_NAME AS CHAR) AS column_name,
       NULL AS expression,
       CAST(COLLATION AS CHAR) AS sort,
       CAST(SUB_PART AS CHAR) AS prefix,
       CAST(INDEX_TYPE AS CHAR) AS method,
       CAST(INDEX_COMMENT AS CHAR) AS comment,
       CAST(IGNORED AS CHAR) AS hidden
FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = DATABASE()
ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX
