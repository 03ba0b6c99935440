-- One row for the function of one name. As in `objects.sql`.
SELECT CAST(ROUTINE_TYPE AS CHAR) AS kind, CAST(ROUTINE_NAME AS CHAR) AS name, NULL AS table_name, NULL AS moment,
       0 AS place, 1 AS is_started
FROM information_schema.ROUTINES
WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = 'FUNCTION' AND ROUTINE_NAME = :name
