-- One row for each table, partitions too; nothing of an extension.
-- $1: the schemas to read, or the tables; $2: the default schema.
SELECT
    c.oid,
    nullif(n.nspname::text, $2),
    c.relname::text,
    c.relnatts AS numbered_columns, -- those that were dropped too
    c.relpersistence = 'u' AS is_unlogged,
    CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
    CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, 0) END AS partition_bound,
    CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS of_type,
    CASE WHEN m.amname <> current_setting('default_table_access_method') THEN m.amname::text END AS access_method,
    s.spcname::text AS tablespace,
    c.reloptions AS parameters,
    t.reloptions AS toast_parameters, -- with toast parameters
    NULL::text[] AS toast_parameters, -- without toast parameters
    c.relrowsecurity AS has_row_security,
    c.relforcerowsecurity AS forces_row_security,
    c.relreplident AS replica_identity,
    c.relacl IS NOT NULL AS has_privileges
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_class t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL -- with toast parameters
LEFT JOIN pg_depend e ON e.refclassid = 'pg_extension'::regclass AND e.deptype = 'e' -- with extensions
    AND e.classid = 'pg_class'::regclass AND e.objid = c.oid -- with extensions
WHERE c.relkind IN ('r', 'p')
  AND e.objid IS NULL -- with extensions
  AND c.relnamespace = ANY ($1) -- all
  AND c.oid = ANY ($1) -- chosen
