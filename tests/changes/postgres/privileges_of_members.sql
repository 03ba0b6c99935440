-- What roles may do with what an extension brought, which is not what it came with.
-- properties: privileges

-- == without ==
CREATE EXTENSION hstore;

-- == with ==
CREATE EXTENSION hstore;
REVOKE EXECUTE ON FUNCTION akeys(hstore) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION akeys(hstore) TO pg_monitor;
CREATE EXTENSION pg_stat_statements;
GRANT SELECT (calls) ON pg_stat_statements TO pg_monitor;
GRANT EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint) TO pg_monitor;

-- == altered ==
CREATE EXTENSION hstore;
GRANT EXECUTE ON FUNCTION akeys(hstore) TO pg_monitor WITH GRANT OPTION;
CREATE EXTENSION pg_stat_statements;
REVOKE SELECT ON pg_stat_statements FROM PUBLIC;

-- == without to with ==
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
REVOKE EXECUTE ON FUNCTION akeys(hstore) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION akeys(hstore) TO pg_monitor;
GRANT SELECT (calls) ON TABLE pg_stat_statements TO pg_monitor;
GRANT EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint) TO pg_monitor;

-- == with to altered ==
REVOKE EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint) FROM pg_monitor;
REVOKE SELECT (calls) ON TABLE pg_stat_statements FROM pg_monitor;
REVOKE EXECUTE ON FUNCTION akeys(hstore) FROM pg_monitor;
GRANT EXECUTE ON FUNCTION akeys(hstore) TO PUBLIC;
GRANT EXECUTE ON FUNCTION akeys(hstore) TO pg_monitor WITH GRANT OPTION;
REVOKE SELECT ON TABLE pg_stat_statements FROM PUBLIC;

-- == altered to with ==
GRANT SELECT ON TABLE pg_stat_statements TO PUBLIC;
REVOKE EXECUTE ON FUNCTION akeys(hstore) FROM pg_monitor;
REVOKE EXECUTE ON FUNCTION akeys(hstore) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION akeys(hstore) TO pg_monitor;
GRANT SELECT (calls) ON TABLE pg_stat_statements TO pg_monitor;
GRANT EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint) TO pg_monitor;

-- == with to without ==
REVOKE EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint) FROM pg_monitor;
REVOKE SELECT (calls) ON TABLE pg_stat_statements FROM pg_monitor;
REVOKE EXECUTE ON FUNCTION akeys(hstore) FROM pg_monitor;
GRANT EXECUTE ON FUNCTION akeys(hstore) TO PUBLIC;
DROP EXTENSION IF EXISTS "pg_stat_statements";
