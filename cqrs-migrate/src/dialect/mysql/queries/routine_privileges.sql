-- One row for each routine and role that may do something with it; the privileges are in one text, with commas between.
-- https://mariadb.com/kb/en/mysqlprocs_priv-table/
SELECT CAST(Routine_name AS CHAR) AS name, CAST(Routine_type AS CHAR) AS kind, CAST(User AS CHAR) AS user,
       CAST(Host AS CHAR) AS host, CAST(Proc_priv AS CHAR) AS privileges
FROM mysql.procs_priv
WHERE Db = DATABASE()
ORDER BY Routine_name, Routine_type, User, Host
