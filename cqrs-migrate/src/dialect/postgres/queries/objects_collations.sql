-- Collations and casts.
-- where collations
SELECT 'pg_collation'::regclass::oid, c.oid, 'collation', n.schema, c.collname::text, NULL, NULL,
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
       ARRAY[]::text[]
FROM pg_collation c
JOIN namespaces n ON n.oid = c.collnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_collation'::regclass AND m.objid = c.oid) -- with extensions
-- where casts
-- The server's own casts have numbers below 16384, and one from a range to its multirange comes with them.
SELECT 'pg_cast'::regclass::oid, c.oid, 'cast', NULL,
       format('%s AS %s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)), NULL, NULL,
       format('CREATE CAST (%s AS %s) %s%s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
              CASE c.castmethod WHEN 'f' THEN format('WITH FUNCTION %s', c.castfunc::regprocedure)
                                WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
              CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END),
       ARRAY[]::text[]
FROM pg_cast c
CROSS JOIN scope s
WHERE s.only_schema IS NULL AND c.oid >= 16384
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i'))
