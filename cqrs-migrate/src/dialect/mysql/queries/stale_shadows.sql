-- The names of shadow databases that no session holds the lock of.
SELECT CAST(SCHEMA_NAME AS CHAR)
FROM information_schema.SCHEMATA
WHERE SCHEMA_NAME LIKE 'cqrs\_shadow\_%' AND IS_FREE_LOCK(SCHEMA_NAME) = 1
