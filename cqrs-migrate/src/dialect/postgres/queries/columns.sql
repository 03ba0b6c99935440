-- One row for each column of each table and view, in the order of its columns. A collation is there only where it is not
-- the type's own, its schema only where it is not found without.
-- $1: the schemas to read, or the tables.
SELECT
    a.attrelid::int8 AS table_id,
    a.attnum,
    a.attname::text,
    format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull AS is_not_null,
    a.attislocal AS is_local,
    a.attidentity::text AS identity,
    a.attgenerated::text AS generated,
    d.oid IS NOT NULL AS has_expression,
    -- A plain default has no columns in it; to make those known takes the square of their number, for each default.
    pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END) AS expression,
    CASE WHEN NOT pg_collation_is_visible(l.oid) THEN ln.nspname::text END AS collation_schema,
    l.collname::text AS collation,
    a.attstorage::text AS storage,
    t.typstorage::text AS storage_of_type,
    nullif(a.attcompression::text, '') AS compression, -- since 14
    NULL::text AS compression, -- before 14
    CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int4 END AS statistics,
    a.attoptions AS parameters,
    k.conname::text AS not_null_name, -- since 18
    coalesce(k.conislocal, true) AS is_not_null_local, -- since 18
    coalesce(k.connoinherit, false) AS is_not_null_no_inherit, -- since 18
    coalesce(k.convalidated, true) AS is_not_null_valid, -- since 18
    NULL::text AS not_null_name, -- before 18
    true AS is_not_null_local, -- before 18
    false AS is_not_null_no_inherit, -- before 18
    true AS is_not_null_valid, -- before 18
    c.description AS comment
FROM pg_class r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_collation l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] -- since 18
LEFT JOIN pg_description c ON c.objoid = a.attrelid AND c.classoid = 'pg_class'::regclass AND c.objsubid = a.attnum
WHERE r.relkind IN ('r', 'p', 'v', 'm')
  AND r.relnamespace = ANY ($1) -- all
  AND r.oid = ANY ($1) -- chosen
ORDER BY a.attrelid, a.attnum
