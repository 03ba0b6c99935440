-- What roles may do is compared between databases.

-- == before ==
CREATE TABLE maps (id int, secret text);
CREATE SEQUENCE numbers;
GRANT SELECT ON maps TO pg_monitor;

-- == after ==
CREATE TABLE maps (id int, secret text);
CREATE SEQUENCE numbers;
GRANT SELECT (id), INSERT ON maps TO pg_monitor;
GRANT USAGE ON SEQUENCE numbers TO PUBLIC;

-- == there ==
REVOKE SELECT ON TABLE maps FROM pg_monitor;
GRANT INSERT ON TABLE maps TO pg_monitor;
GRANT SELECT (id) ON TABLE maps TO pg_monitor;
GRANT USAGE ON SEQUENCE numbers TO PUBLIC;

-- == back ==
REVOKE USAGE ON SEQUENCE numbers FROM PUBLIC;
REVOKE SELECT (id) ON TABLE maps FROM pg_monitor;
REVOKE INSERT ON TABLE maps FROM pg_monitor;
GRANT SELECT ON TABLE maps TO pg_monitor;
