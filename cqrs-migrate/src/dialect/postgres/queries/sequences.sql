-- One row for each sequence that belongs to a column: by identity ('i'), or owned by it ('a') as with `serial`.
-- $1: the only schema to read, or null for all; $2: the default schema.
SELECT
    d.refobjid::int8 AS table_id,
    a.attname::text AS column_name,
    d.deptype::text AS kind,
    nullif(n.nspname::text, $2) AS schema,
    c.relname::text AS name,
    'nextval(''' || replace(c.oid::regclass::text, '''', '''''') || '''::regclass)' AS default_expression,
    c.relnamespace = owner.relnamespace
        AND s.seqtypid = a.atttypid
        AND s.seqincrement = 1
        AND s.seqstart = 1
        AND s.seqmin = 1
        AND s.seqmax = CASE s.seqtypid
            WHEN 'int2'::regtype THEN 32767
            WHEN 'int4'::regtype THEN 2147483647
            ELSE 9223372036854775807 END
        AND s.seqcache = 1
        AND NOT s.seqcycle
        AND c.relpersistence = owner.relpersistence
        AND c.relacl IS NULL AS is_plain
FROM pg_depend d
JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_sequence s ON s.seqrelid = c.oid
JOIN pg_class owner ON owner.oid = d.refobjid
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE d.classid = 'pg_class'::regclass
  AND d.refclassid = 'pg_class'::regclass
  AND d.deptype IN ('a', 'i')
  AND CASE WHEN $1::text IS NULL
      THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = $1 END
ORDER BY n.nspname, c.relname
