-- One row for each foreign key: what it does when the row that it refers to goes or changes.
SELECT CAST(TABLE_NAME AS CHAR) AS table_name,
       CAST(CONSTRAINT_NAME AS CHAR) AS name,
       CAST(DELETE_RULE AS CHAR) AS on_delete,
       CAST(UPDATE_RULE AS CHAR) AS on_update
FROM information_schema.REFERENTIAL_CONSTRAINTS
WHERE CONSTRAINT_SCHEMA = DATABASE()
