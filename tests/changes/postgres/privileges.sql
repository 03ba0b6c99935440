-- What roles may do is compared between databases.
-- properties: privileges

-- == before ==
CREATE TABLE maps (id int, secret text);
CREATE SEQUENCE numbers;
GRANT SELECT ON maps TO pg_monitor;

-- == after ==
CREATE TABLE maps (id int, secret text);
CREATE SEQUENCE numbers;
GRANT SELECT (id), INSERT ON maps TO pg_monitor;
GRANT USAGE ON SEQUENCE numbers TO PUBLIC;

-- == before to after ==
REVOKE SELECT ON TABLE maps FROM pg_monitor;
GRANT INSERT ON TABLE maps TO pg_monitor;
GRANT SELECT (id) ON TABLE maps TO pg_monitor;
GRANT USAGE ON SEQUENCE numbers TO PUBLIC;

-- == after to before ==
REVOKE USAGE ON SEQUENCE numbers FROM PUBLIC;
REVOKE SELECT (id) ON TABLE maps FROM pg_monitor;
REVOKE INSERT ON TABLE maps FROM pg_monitor;
GRANT SELECT ON TABLE maps TO pg_monitor;
