-- Domains, composite types and range types. Enum types are in `enums.sql`. The rules of a domain are clauses that
-- `ALTER DOMAIN` takes, so that each can be changed while columns are of the domain.
-- where domains
SELECT 'pg_type'::regclass::oid AS class, t.oid AS id, 'domain' AS kind, n.schema, t.typname::text AS name,
       NULL::text AS table_name, NULL::text AS signature,
       format('CREATE DOMAIN %s%I AS %s%s', n.prefix, t.typname, format_type(t.typbasetype, t.typtypmod), (
           SELECT format(' COLLATE %s%I', cn.prefix, c.collname)
           FROM pg_collation c JOIN names cn ON cn.oid = c.collnamespace
           WHERE c.oid = t.typcollation AND t.typcollation <> base.typcollation)) AS definition,
       ARRAY(
           SELECT format('SET DEFAULT %s', pg_get_expr(t.typdefaultbin, 0)) WHERE t.typdefaultbin IS NOT NULL
           UNION ALL
           SELECT 'SET NOT NULL' WHERE t.typnotnull
             AND NOT EXISTS ( -- since 17
                 SELECT FROM pg_constraint k -- since 17
                 WHERE k.contypid = t.oid AND k.contype = 'n' AND k.conname <> t.typname || '_not_null') -- since 17
           UNION ALL
           SELECT format('ADD CONSTRAINT %I %s', k.conname,
                         CASE k.contype WHEN 'n' THEN 'NOT NULL' ELSE pg_get_constraintdef(k.oid) END)
           FROM pg_constraint k
           WHERE k.contypid = t.oid AND (k.contype = 'c' OR k.conname <> t.typname || '_not_null')
           UNION ALL
           SELECT format('COMMENT ON CONSTRAINT %I ON DOMAIN %s%I IS %L', k.conname, n.prefix, t.typname, d.description)
           FROM pg_constraint k
           JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid
           WHERE k.contypid = t.oid) AS options
FROM pg_type t
JOIN namespaces n ON n.oid = t.typnamespace
JOIN pg_type base ON base.oid = t.typbasetype
WHERE t.typtype = 'd'
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid) -- with extensions
-- where composite types
SELECT 'pg_type'::regclass::oid, t.oid, 'composite type', n.schema, t.typname::text, NULL, NULL,
       format('CREATE TYPE %s%I AS (%s)', n.prefix, t.typname, (
           SELECT string_agg(
               format('%s%I %s%s', E'\n    ', a.attname, format_type(a.atttypid, a.atttypmod), (
                   SELECT format(' COLLATE %s%I', cn.prefix, c.collname)
                   FROM pg_collation c JOIN names cn ON cn.oid = c.collnamespace
                   WHERE c.oid = a.attcollation AND a.attcollation <> at.typcollation)),
               ',' ORDER BY a.attnum)
           FROM pg_attribute a
           JOIN pg_type at ON at.oid = a.atttypid
           WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)),
       ARRAY(
           SELECT format('COMMENT ON COLUMN %s%I.%I IS %L', n.prefix, t.typname, a.attname, d.description)
           FROM pg_attribute a
           JOIN pg_description d
               ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
           WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
FROM pg_class c
JOIN namespaces n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = c.reltype
WHERE c.relkind = 'c'
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid) -- with extensions
-- where range types
-- One with a canonical function cannot be made by one statement: `not_managed_objects.sql` tells of it.
SELECT 'pg_type'::regclass::oid, t.oid, 'range type', n.schema, t.typname::text, NULL, NULL,
       format('CREATE TYPE %s%I AS RANGE (%s)', n.prefix, t.typname, concat_ws(', ',
           'subtype = ' || format_type(r.rngsubtype, NULL),
           ( -- since 14
               SELECT format('multirange_type_name = %s%I', mn.prefix, mt.typname) -- since 14
               FROM pg_type mt JOIN names mn ON mn.oid = mt.typnamespace -- since 14
               WHERE mt.oid = r.rngmultitypid), -- since 14
           (
               SELECT format('subtype_opclass = %s%I', cn.prefix, c.opcname)
               FROM pg_opclass c JOIN names cn ON cn.oid = c.opcnamespace
               WHERE c.oid = r.rngsubopc AND NOT c.opcdefault),
           (
               SELECT format('collation = %s%I', cn.prefix, c.collname)
               FROM pg_collation c JOIN names cn ON cn.oid = c.collnamespace
               WHERE c.oid = r.rngcollation AND r.rngcollation <> st.typcollation),
           (
               SELECT format('subtype_diff = %s%I', pn.prefix, p.proname)
               FROM pg_proc p JOIN names pn ON pn.oid = p.pronamespace
               WHERE p.oid = r.rngsubdiff))),
       ARRAY[]::text[]
FROM pg_range r
JOIN pg_type t ON t.oid = r.rngtypid
JOIN pg_type st ON st.oid = r.rngsubtype
JOIN namespaces n ON n.oid = t.typnamespace
WHERE r.rngcanonical = 0
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid) -- with extensions
