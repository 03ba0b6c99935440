-- One row for each sequence. One that belongs to a column has the numbers of its table and column: by identity ('i'), or
-- owned by it ('a') as with `serial`. One of an identity column is that column's own, and has no statement.
-- $1: the only schema to read, or null for all; $2: the default schema.
SELECT
    c.oid,
    d.refobjid AS table_id,
    d.refobjsubid AS column_number,
    coalesce(d.deptype = 'i', false) AS is_identity,
    nullif(n.nspname::text, $2) AS schema,
    c.relname::text AS name,
    CASE d.deptype WHEN 'a'
        THEN 'nextval(''' || replace(c.oid::regclass::text, '''', '''''') || '''::regclass)' END AS default_expression,
    CASE WHEN d.deptype IS DISTINCT FROM 'i'
        THEN format('CREATE %sSEQUENCE %s%I AS %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s',
                    CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END,
                    CASE WHEN n.nspname <> $2 THEN quote_ident(n.nspname) || '.' END, c.relname,
                    format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
                    CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END) END AS definition,
    format_type(s.seqtypid, NULL) AS type,
    s.seqstart,
    s.seqincrement,
    s.seqmin,
    s.seqmax,
    s.seqcache,
    s.seqcycle,
    c.relpersistence = 'u' AS is_unlogged,
    c.relacl IS NOT NULL AS has_privileges
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass
    AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
LEFT JOIN pg_depend e ON e.refclassid = 'pg_extension'::regclass AND e.deptype = 'e' -- with extensions
    AND e.classid = 'pg_class'::regclass AND e.objid = c.oid -- with extensions
WHERE CASE WHEN $1::text IS NULL
      THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = $1 END
  AND e.objid IS NULL -- with extensions
