-- Schemas, extensions, collations, sequences and casts. A sequence that a column owns has that column's table as its
-- `table_name`, and the column as its `signature`. Sequences of identity columns are the columns' own.
, databases AS (
    -- A shadow that is a schema in a transaction stands before the schema that is the default one elsewhere.
    SELECT s.only_schema IS NULL AS is_whole,
           CASE WHEN s.only_schema IS NULL THEN s.default_schema
                ELSE (current_schemas(false))[2]::text END AS default_schema,
           s.only_schema
    FROM scope s
)
SELECT 'pg_namespace'::regclass::int8 AS class, n.oid::int8 AS id, 'schema' AS kind, NULL::text AS schema,
       n.nspname::text AS name, NULL::text AS table_name, NULL::text AS signature,
       CASE WHEN n.nspname = db.default_schema
           THEN format('COMMENT ON SCHEMA %I IS %L', n.nspname, n.told)
           ELSE format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) END AS definition,
       ARRAY[]::text[] AS options,
       CASE WHEN n.nspname <> db.default_schema THEN n.told END AS comment
FROM (
    -- Every database has its `public` from the start, with a comment: where that is gone it is told as an empty one.
    SELECT n.oid, n.nspname,
           CASE WHEN n.nspname <> 'public' THEN c.text
                WHEN c.text IS DISTINCT FROM 'standard public schema' THEN coalesce(c.text, '') END AS told
    FROM pg_namespace n
    CROSS JOIN LATERAL (SELECT obj_description(n.oid, 'pg_namespace') AS text) c
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid)
) n
CROSS JOIN databases db
WHERE (n.nspname <> db.default_schema OR n.told IS NOT NULL)
  AND n.nspname IS DISTINCT FROM db.only_schema
UNION ALL
-- The version and the comment that an extension has by itself are those of its control file.
SELECT 'pg_extension'::regclass::int8, e.oid::int8, 'extension', NULL, e.extname::text, NULL, NULL,
       format('CREATE EXTENSION IF NOT EXISTS %I', e.extname)
           || CASE WHEN n.nspname = db.default_schema THEN '' ELSE format(' WITH SCHEMA %I', n.nspname) END
           || CASE WHEN e.extversion = coalesce(a.default_version, e.extversion) THEN ''
                   ELSE format(' VERSION %L', e.extversion) END,
       ARRAY[]::text[],
       CASE WHEN c.text IS DISTINCT FROM a.comment THEN coalesce(c.text, '') END
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
CROSS JOIN databases db
CROSS JOIN LATERAL (SELECT obj_description(e.oid, 'pg_extension') AS text) c
LEFT JOIN pg_available_extensions() a ON a.name = e.extname
WHERE e.extname <> 'plpgsql'
UNION ALL
SELECT 'pg_collation'::regclass::int8, c.oid::int8, 'collation', n.schema, c.collname::text, NULL, NULL,
       format('CREATE COLLATION %s%I (%s)', n.prefix, c.collname, concat_ws(', ',
           'provider = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'c' THEN 'libc' WHEN 'b' THEN 'builtin'
                            ELSE 'default' END,
           CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END,
           -- The column has another name before 17, and is not there before 15: then the locale is where libc's are.
           'locale = ' || quote_literal(coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale')),
           CASE WHEN c.collcollate = c.collctype
               THEN 'locale = ' || quote_literal(c.collcollate)
               ELSE 'lc_collate = ' || quote_literal(c.collcollate)
                   || ', lc_ctype = ' || quote_literal(c.collctype) END,
           'rules = ' || quote_literal(c.collicurules), -- since 16
           NULL)),
       ARRAY[]::text[],
       obj_description(c.oid, 'pg_collation')
FROM pg_collation c
JOIN namespaces n ON n.oid = c.collnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_collation'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'pg_class'::regclass::int8, c.oid::int8, 'sequence', n.schema, c.relname::text, o.relname::text, a.attname::text,
       format('CREATE %sSEQUENCE %s%I AS %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s',
              CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END,
              n.prefix, c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
              s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END),
       ARRAY[]::text[],
       obj_description(c.oid, 'pg_class')
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN namespaces n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
    AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
LEFT JOIN pg_class o ON o.oid = d.refobjid
LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE d.deptype IS DISTINCT FROM 'i'
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
UNION ALL
-- The server's own casts have numbers below 16384, and one from a range to its multirange comes with them.
SELECT 'pg_cast'::regclass::int8, c.oid::int8, 'cast', NULL,
       format('%s AS %s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)), NULL, NULL,
       format('CREATE CAST (%s AS %s) %s%s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
              CASE c.castmethod WHEN 'f' THEN format('WITH FUNCTION %s', c.castfunc::regprocedure)
                                WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
              CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END),
       ARRAY[]::text[],
       obj_description(c.oid, 'pg_cast')
FROM pg_cast c
CROSS JOIN scope s
WHERE s.only_schema IS NULL AND c.oid >= 16384
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i'))
