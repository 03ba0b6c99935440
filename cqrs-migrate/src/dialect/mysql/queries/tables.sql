-- One row for each table, view and sequence of the database.
SELECT CAST(TABLE_NAME AS CHAR) AS name,
       CAST(TABLE_TYPE AS CHAR) AS kind,
       CAST(ENGINE AS CHAR) AS engine,
       CAST(TABLE_COLLATION AS CHAR) AS collation,
       CAST(CREATE_OPTIONS AS CHAR) AS options,
       CAST(TABLE_COMMENT AS CHAR) AS comment
FROM information_schema.TABLES
WHERE TABLE_SCHEMA = DATABASE()
