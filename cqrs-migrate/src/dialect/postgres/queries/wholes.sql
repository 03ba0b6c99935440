-- One row for each part of an object that `pg_depend` tells of instead of the object: the catalog table and the number of
-- both. The parts of tables and views are where those are read.
-- where types that are needed
-- The type that a type is made with: an array with its element, a multirange with its range, a row type with its table.
SELECT 'pg_type'::regclass::oid AS part_class, t.oid AS part,
       CASE WHEN c.relkind IS NULL OR c.relkind = 'c' THEN 'pg_type'::regclass::oid ELSE 'pg_class'::regclass::oid END AS class,
       CASE WHEN c.relkind IS NULL OR c.relkind = 'c' THEN base.oid ELSE c.oid END AS id
FROM pg_type t
LEFT JOIN pg_type element ON element.oid = t.typelem AND element.typarray = t.oid
LEFT JOIN pg_range r ON r.rngmultitypid = coalesce(element.oid, t.oid) -- since 14
JOIN pg_type base ON base.oid = coalesce(r.rngtypid, element.oid, t.oid) -- since 14
JOIN pg_type base ON base.oid = coalesce(element.oid, t.oid) -- before 14
LEFT JOIN pg_class c ON c.oid = base.typrelid
WHERE t.oid IN (
    SELECT d.refobjid FROM pg_depend d
    WHERE d.refclassid = 'pg_type'::regclass AND d.refobjid >= 16384 AND d.deptype <> 'i')
-- where composite types
SELECT 'pg_class'::regclass::oid, c.oid, 'pg_type'::regclass::oid, c.reltype FROM pg_class c WHERE c.relkind = 'c'
-- where domains
SELECT 'pg_constraint'::regclass::oid, k.oid, 'pg_type'::regclass::oid, k.contypid
FROM pg_constraint k
WHERE k.contypid <> 0 AND k.oid >= 16384
-- where operator classes
SELECT d.classid, d.objid, d.refclassid, d.refobjid
FROM pg_depend d
WHERE d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass)
  AND d.refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass) AND d.objid >= 16384
