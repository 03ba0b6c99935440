-- One row for each column of each table and view, and for each part of an index of which something is set. What the server
-- calls a type and a collation is in `column_types.sql`.
-- $1: the schemas to read, or the tables.
SELECT
    a.attrelid,
    a.attnum,
    a.attname::text,
    a.atttypid,
    a.atttypmod,
    a.attcollation,
    a.attstorage,
    a.attnotnull AS is_not_null,
    a.attislocal AS is_local,
    a.attidentity,
    a.attgenerated,
    d.oid AS expression_id,
    -- A plain default has no columns in it; to make those known takes the square of their number, for each default.
    pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END) AS expression,
    nullif(a.attcompression, '') AS compression, -- since 14
    NULL::"char" AS compression, -- before 14
    CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int4 END AS statistics,
    a.attoptions AS parameters,
    a.attacl IS NOT NULL AS has_privileges,
    k.oid AS not_null_id, -- since 18
    k.conname::text AS not_null_name, -- since 18
    coalesce(k.conislocal, true) AS is_not_null_local, -- since 18
    coalesce(k.connoinherit, false) AS is_not_null_no_inherit, -- since 18
    coalesce(k.convalidated, true) AS is_not_null_valid -- since 18
    NULL::oid AS not_null_id, -- before 18
    NULL::text AS not_null_name, -- before 18
    true AS is_not_null_local, -- before 18
    false AS is_not_null_no_inherit, -- before 18
    true AS is_not_null_valid -- before 18
FROM pg_class r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND (r.relkind IN ('r', 'p', 'v', 'm') OR a.attoptions IS NOT NULL OR a.attstattarget >= 0)
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] -- since 18
WHERE r.relkind IN ('r', 'p', 'v', 'm', 'i', 'I')
  AND r.relnamespace = ANY ($1) -- all
  AND r.oid = ANY ($1 || ARRAY(SELECT i.indexrelid FROM pg_index i WHERE i.indrelid = ANY ($1))) -- chosen
