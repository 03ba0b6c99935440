-- One row for each column of each table, in the order of the table's columns. A collation is there only where it is not
-- the type's own; its schema only where it is not found without.
-- $1: the only schema to read, or null for all.
SELECT
    a.attrelid::int8 AS table_id,
    a.attname::text AS name,
    format_type(a.atttypid, a.atttypmod) AS type,
    t.typtype = 'd' AS is_domain,
    a.attnotnull AS not_null,
    a.attidentity::text AS identity,
    a.attgenerated::text AS generated,
    pg_get_expr(d.adbin, d.adrelid) AS expression,
    d.oid IS NOT NULL AS has_expression,
    CASE WHEN NOT pg_collation_is_visible(l.oid) THEN ln.nspname::text END AS collation_schema,
    l.collname::text AS collation,
    col_description(a.attrelid, a.attnum) AS comment
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_collation l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
WHERE c.relkind IN ('r', 'p')
  AND NOT c.relispartition
  AND a.attnum > 0
  AND NOT a.attisdropped
  AND CASE WHEN $1::text IS NULL
      THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = $1 END
ORDER BY a.attrelid, a.attnum
