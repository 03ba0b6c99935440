-- One row for each sequence that belongs to a column: by identity ('i'), or owned by it ('a') as with `serial`.
-- $1: the schemas to read, or the tables; $2: the default schema.
SELECT
    a.attrelid::int8 AS table_id,
    a.attnum,
    d.deptype = 'i' AS is_identity,
    c.relnamespace = r.relnamespace AS is_in_schema_of_table,
    nullif(n.nspname::text, $2) AS schema,
    c.relname::text AS name,
    'nextval(''' || replace(c.oid::regclass::text, '''', '''''') || '''::regclass)' AS default_expression,
    format_type(s.seqtypid, NULL) AS type,
    s.seqtypid = a.atttypid AS is_of_type_of_column,
    s.seqstart,
    s.seqincrement,
    s.seqmin,
    s.seqmax,
    s.seqcache,
    s.seqcycle,
    c.relpersistence = 'u' AS is_unlogged,
    r.relpersistence = 'u' AS is_owner_unlogged, -- since 15
    false AS is_owner_unlogged, -- before 15
    o.description AS comment
FROM pg_class r
JOIN pg_depend d
    ON d.refclassid = 'pg_class'::regclass
    AND d.refobjid = r.oid
    AND d.classid = 'pg_class'::regclass
    AND d.deptype IN ('a', 'i')
JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_sequence s ON s.seqrelid = c.oid
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
LEFT JOIN pg_description o ON o.objoid = c.oid AND o.classoid = 'pg_class'::regclass AND o.objsubid = 0
WHERE r.relkind IN ('r', 'p')
  AND r.relnamespace = ANY ($1) -- all
  AND r.oid = ANY ($1) -- chosen
ORDER BY a.attrelid, a.attnum, n.nspname, c.relname
