-- One row for each operator class: its schema only where it is not found without.
SELECT
    o.oid,
    o.opcmethod,
    o.opcintype,
    o.opcdefault,
    CASE WHEN NOT pg_opclass_is_visible(o.oid) THEN n.nspname::text END AS schema,
    o.opcname::text
FROM pg_opclass o
JOIN pg_namespace n ON n.oid = o.opcnamespace
