-- One row for each privilege on the database itself (`*`), a table or view, or a column of one. A role sees its own, and
-- those of others where it may read `mysql.*`.
SELECT '*' AS name, NULL AS column_name, CAST(GRANTEE AS CHAR) AS grantee, CAST(PRIVILEGE_TYPE AS CHAR) AS privilege,
       CAST(IS_GRANTABLE AS CHAR) AS grantable
FROM information_schema.SCHEMA_PRIVILEGES
WHERE TABLE_SCHEMA = DATABASE()
UNION ALL
SELECT CAST(TABLE_NAME AS CHAR), NULL, CAST(GRANTEE AS CHAR), CAST(PRIVILEGE_TYPE AS CHAR), CAST(IS_GRANTABLE AS CHAR)
FROM information_schema.TABLE_PRIVILEGES
WHERE TABLE_SCHEMA = DATABASE()
UNION ALL
SELECT CAST(TABLE_NAME AS CHAR), CAST(COLUMN_NAME AS CHAR), CAST(GRANTEE AS CHAR), CAST(PRIVILEGE_TYPE AS CHAR),
       CAST(IS_GRANTABLE AS CHAR)
FROM information_schema.COLUMN_PRIVILEGES
WHERE TABLE_SCHEMA = DATABASE()
ORDER BY name, grantee, privilege, column_name
