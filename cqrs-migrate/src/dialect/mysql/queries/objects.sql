-- One row for each table, view, sequence, trigger, routine and event of the database; triggers of one table and moment in
-- the order in which they run. `is_started` is 0 where an event starts when it was made, because no start was written.
-- Only the names of tables are read, so that the server opens none, and `EVENT_OBJECT_SCHEMA` keeps it out of other
-- databases. The times of an event are in its own time zone.
SELECT CAST(TABLE_TYPE AS CHAR) AS kind, CAST(TABLE_NAME AS CHAR) AS name, NULL AS table_name, NULL AS moment,
       0 AS place, 1 AS is_started
FROM information_schema.TABLES
WHERE TABLE_SCHEMA = DATABASE()
UNION ALL
SELECT 'TRIGGER', CAST(TRIGGER_NAME AS CHAR), CAST(EVENT_OBJECT_TABLE AS CHAR),
       CAST(CONCAT(ACTION_TIMING, ' ', EVENT_MANIPULATION) AS CHAR), ACTION_ORDER, 1
FROM information_schema.TRIGGERS
WHERE TRIGGER_SCHEMA = DATABASE() AND EVENT_OBJECT_SCHEMA = DATABASE()
UNION ALL
SELECT CAST(ROUTINE_TYPE AS CHAR), CAST(ROUTINE_NAME AS CHAR), NULL, NULL, 0, 1
FROM information_schema.ROUTINES
WHERE ROUTINE_SCHEMA = DATABASE()
UNION ALL
SELECT 'EVENT', CAST(EVENT_NAME AS CHAR), NULL, NULL, 0,
       COALESCE(LEAST(ABS(TIMESTAMPDIFF(SECOND, CREATED, CONVERT_TZ(STARTS, TIME_ZONE, @@session.time_zone))),
                      ABS(TIMESTAMPDIFF(SECOND, LAST_ALTERED, CONVERT_TZ(STARTS, TIME_ZONE, @@session.time_zone)))) > 2, 1)
FROM information_schema.EVENTS
WHERE EVENT_SCHEMA = DATABASE()
ORDER BY table_name, moment, place, name
