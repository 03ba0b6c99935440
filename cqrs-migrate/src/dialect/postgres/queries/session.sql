-- One row: the server's version, the schema that bare names mean, and the one schema that shall be read where this
-- session is a shadow inside a transaction (empty elsewhere).
SELECT
    current_setting('server_version_num')::int4 / 10000 AS version,
    current_schema()::text AS default_schema,
    nullif(current_setting('cqrs.shadow_schema', true), '') AS only_schema
