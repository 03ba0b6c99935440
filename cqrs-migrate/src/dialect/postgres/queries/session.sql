-- One row: the server's version, the schema that bare names mean, the one schema that shall be read where this session
-- is a shadow inside a transaction (empty elsewhere), and the numbers of the schemas to read: all but the server's own.
-- $1: the only schemas to read, or null for all.
SELECT
    current_setting('server_version_num')::int4 / 10000 AS version,
    current_schema()::text AS default_schema,
    shadow.schema AS only_schema,
    ARRAY(
        SELECT n.oid FROM pg_namespace n
        WHERE CASE WHEN shadow.schema IS NOT NULL THEN n.nspname = shadow.schema
              ELSE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' END
          AND ($1::text[] IS NULL OR n.nspname = ANY ($1))) AS schemas
FROM (SELECT nullif(current_setting('cqrs.shadow_schema', true), '') AS schema) AS shadow
