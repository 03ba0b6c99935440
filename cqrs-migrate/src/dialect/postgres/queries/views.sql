-- One row for each view, with the number of the rule that is its query.
-- $1: the schemas to read, or the views; $2: the default schema.
SELECT
    c.oid,
    nullif(n.nspname::text, $2),
    c.relname::text,
    c.relkind = 'm' AS is_materialized,
    b.is_broken,
    CASE WHEN NOT b.is_broken THEN pg_get_viewdef(c.oid) END AS query,
    CASE WHEN m.amname <> current_setting('default_table_access_method') THEN m.amname::text END AS access_method,
    s.spcname::text AS tablespace,
    c.reloptions AS parameters,
    t.reloptions AS toast_parameters, -- with toast parameters
    NULL::text[] AS toast_parameters, -- without toast parameters
    c.relispopulated AS is_populated,
    c.relacl IS NOT NULL AS has_privileges,
    w.oid AS rule_id
FROM pg_class c
-- What `broken_views.sql` found, where that was run.
CROSS JOIN LATERAL (
    SELECT coalesce(
        c.oid = ANY (string_to_array(current_setting('cqrs.broken_views', true), ',')::oid[]), false) AS is_broken) b
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_rewrite w ON w.ev_class = c.oid AND w.rulename = '_RETURN'
LEFT JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_class t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL -- with toast parameters
LEFT JOIN pg_depend e ON e.refclassid = 'pg_extension'::regclass AND e.deptype = 'e' -- with extensions
    AND e.classid = 'pg_class'::regclass AND e.objid = c.oid -- with extensions
WHERE c.relkind IN ('v', 'm')
  AND e.objid IS NULL -- with extensions
  AND c.relnamespace = ANY ($1) -- all
  AND c.oid = ANY ($1) -- chosen
