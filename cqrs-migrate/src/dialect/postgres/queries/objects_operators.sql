-- Operators, operator families and operator classes. An operator that is only named by another one, as its commutator or
-- negator, is none yet.
, operators AS (
    SELECT o.*, format('OPERATOR(%I.%s)', n.full_name, o.oprname) AS sql, n.schema, n.prefix, n.is_read
    FROM pg_operator o
    JOIN names n ON n.oid = o.oprnamespace
), functions AS (
    SELECT p.oid, n.prefix || quote_ident(p.proname) AS sql
    FROM pg_proc p
    JOIN names n ON n.oid = p.pronamespace
), families AS (
    SELECT f.oid, f.opfname, a.amname, n.schema, n.is_read, n.prefix || quote_ident(f.opfname) AS sql
    FROM pg_opfamily f
    JOIN names n ON n.oid = f.opfnamespace
    JOIN pg_am a ON a.oid = f.opfmethod
), items AS (
    -- What belongs to an operator class, or to a family and none of its classes.
    SELECT d.refclassid AS class, d.refobjid AS id, 1 AS step, m.amopstrategy AS number,
           format('OPERATOR %s %s%s', m.amopstrategy, m.amopopr::regoperator, (
               SELECT ' FOR ORDER BY ' || f.sql FROM families f WHERE f.oid = m.amopsortfamily)) AS sql
    FROM pg_amop m
    JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = m.oid
        AND d.refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
    WHERE m.oid >= 16384
    UNION ALL
    SELECT d.refclassid, d.refobjid, 2, m.amprocnum,
           format('FUNCTION %s (%s, %s) %s', m.amprocnum, format_type(m.amproclefttype, NULL),
                  format_type(m.amprocrighttype, NULL), m.amproc::regprocedure)
    FROM pg_amproc m
    JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = m.oid
        AND d.refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
    WHERE m.oid >= 16384
)
-- where operators
SELECT 'pg_operator'::regclass::oid AS class, o.oid AS id, 'operator' AS kind, o.schema, o.oprname::text AS name,
       NULL::text AS table_name,
       format('(%s, %s)', CASE o.oprleft WHEN 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END,
              CASE o.oprright WHEN 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END) AS signature,
       format('CREATE OPERATOR %s%s (%s)', o.prefix, o.oprname, concat_ws(',',
           (SELECT E'\n    FUNCTION = ' || f.sql FROM functions f WHERE f.oid = o.oprcode),
           CASE WHEN o.oprleft <> 0 THEN E'\n    LEFTARG = ' || format_type(o.oprleft, NULL) END,
           CASE WHEN o.oprright <> 0 THEN E'\n    RIGHTARG = ' || format_type(o.oprright, NULL) END,
           (SELECT E'\n    COMMUTATOR = ' || x.sql FROM operators x WHERE x.oid = o.oprcom),
           (SELECT E'\n    NEGATOR = ' || x.sql FROM operators x WHERE x.oid = o.oprnegate),
           CASE WHEN o.oprcanmerge THEN E'\n    MERGES' END,
           CASE WHEN o.oprcanhash THEN E'\n    HASHES' END,
           (SELECT E'\n    RESTRICT = ' || f.sql FROM functions f WHERE f.oid = o.oprrest),
           (SELECT E'\n    JOIN = ' || f.sql FROM functions f WHERE f.oid = o.oprjoin))) AS definition,
       ARRAY[]::text[] AS options
FROM operators o
WHERE o.is_read AND o.oprcode <> 0
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_operator'::regclass AND m.objid = o.oid) -- with extensions
-- where operator classes
SELECT 'pg_opfamily'::regclass::oid, f.oid, 'operator family', f.schema, f.opfname::text, NULL,
       format('USING %I', f.amname),
       format('CREATE OPERATOR FAMILY %s USING %I', f.sql, f.amname),
       ARRAY(SELECT 'ADD ' || i.sql FROM items i WHERE i.class = 'pg_opfamily'::regclass AND i.id = f.oid)
FROM families f
WHERE f.is_read
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_opfamily'::regclass AND m.objid = f.oid) -- with extensions
-- where operator classes
SELECT 'pg_opclass'::regclass::oid, c.oid, 'operator class', n.schema, c.opcname::text, NULL,
       format('USING %I', f.amname),
       format('CREATE OPERATOR CLASS %s%I%s FOR TYPE %s USING %I FAMILY %s AS%s', n.prefix, c.opcname,
              CASE WHEN c.opcdefault THEN ' DEFAULT' ELSE '' END, format_type(c.opcintype, NULL), f.amname, f.sql, (
           -- A class must have something in it: the type itself as what is stored says nothing.
           SELECT string_agg(E'\n    ' || x.sql, ',' ORDER BY x.step, x.number, x.sql)
           FROM (
               SELECT i.step, i.number, i.sql
               FROM items i WHERE i.class = 'pg_opclass'::regclass AND i.id = c.oid
               UNION ALL
               SELECT 3, 0, 'STORAGE ' || format_type(coalesce(nullif(c.opckeytype, 0), c.opcintype), NULL)
               WHERE c.opckeytype <> 0
                  OR NOT EXISTS (SELECT FROM items i WHERE i.class = 'pg_opclass'::regclass AND i.id = c.oid)) x)),
       ARRAY[]::text[]
FROM pg_opclass c
JOIN namespaces n ON n.oid = c.opcnamespace
JOIN families f ON f.oid = c.opcfamily
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_opclass'::regclass AND m.objid = c.oid) -- with extensions
