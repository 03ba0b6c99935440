-- One row for the table, view or sequence of one name, and for each of its triggers: looked up by name, without a look at
-- any other table. As in `objects.sql`.
SELECT CAST(TABLE_TYPE AS CHAR) AS kind, CAST(TABLE_NAME AS CHAR) AS name, NULL AS table_name, NULL AS moment,
       0 AS place, 1 AS is_started
FROM information_schema.TABLES
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :name
UNION ALL
SELECT 'TRIGGER', CAST(TRIGGER_NAME AS CHAR), CAST(EVENT_OBJECT_TABLE AS CHAR),
       CAST(CONCAT(ACTION_TIMING, ' ', EVENT_MANIPULATION) AS CHAR), ACTION_ORDER, 1
FROM information_schema.TRIGGERS
WHERE TRIGGER_SCHEMA = DATABASE() AND EVENT_OBJECT_SCHEMA = DATABASE() AND EVENT_OBJECT_TABLE = :name
