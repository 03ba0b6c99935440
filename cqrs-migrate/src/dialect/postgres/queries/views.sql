-- One row for each view.
-- $1: the schemas to read, or the views; $2: the default schema.
SELECT
    c.oid::int8,
    nullif(n.nspname::text, $2),
    c.relname::text,
    c.relkind = 'm' AS is_materialized,
    b.is_broken,
    CASE WHEN NOT b.is_broken THEN pg_get_viewdef(c.oid) END AS query,
    CASE WHEN m.amname <> current_setting('default_table_access_method') THEN m.amname::text END AS access_method,
    s.spcname::text AS tablespace,
    c.reloptions AS parameters,
    t.reloptions AS toast_parameters,
    c.relispopulated AS is_populated,
    o.description AS comment
FROM pg_class c
-- What `broken_views.sql` found, where that was run.
CROSS JOIN LATERAL (
    SELECT coalesce(
        c.oid = ANY (string_to_array(current_setting('cqrs.broken_views', true), ',')::oid[]), false) AS is_broken) b
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_class t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL
LEFT JOIN pg_description o ON o.objoid = c.oid AND o.classoid = 'pg_class'::regclass AND o.objsubid = 0
WHERE c.relkind IN ('v', 'm')
  AND c.relnamespace = ANY ($1) -- all
  AND c.oid = ANY ($1) -- chosen
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
