-- How many seconds the standby is behind that is furthest behind. Who may not see it, sees null.
-- https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW
SELECT max(extract(epoch FROM replay_lag))::double precision
FROM pg_stat_replication
WHERE state = 'streaming'
