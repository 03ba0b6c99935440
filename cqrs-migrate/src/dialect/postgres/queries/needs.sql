-- One row for each dependency of `pg_depend` that tells in which order objects can be made: the catalog table and the number
-- of both, which column of the other one, and its name where that is one of the server's own. Foreign keys are left out,
-- because they can be made later. The server's own objects have numbers below 16384, and nothing depends on them here.
-- $1: the default schema, which is there before everything.
SELECT
    d.classid,
    d.objid,
    d.refclassid,
    d.refobjid,
    d.refobjsubid,
    CASE WHEN d.refobjsubid < 0 THEN (
        SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = d.refobjid AND a.attnum = d.refobjsubid) END AS column_name
FROM pg_depend d
WHERE (d.refobjid >= 16384 OR d.refclassid = 'pg_namespace'::regclass)
  -- Of the automatic dependencies, those of a part on its own whole are left out.
  -- https://www.postgresql.org/docs/current/catalog-pg-depend.html
  AND (d.deptype IN ('n', 'x')
       OR d.deptype = 'a' AND d.classid IN (
           'pg_trigger'::regclass, 'pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_statistic_ext'::regclass,
           'pg_opclass'::regclass))
  AND NOT (d.refclassid = 'pg_namespace'::regclass
           AND d.refobjid = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = $1))
  -- Only a foreign key refers to a column of another table; the rest of them is left out by the reader.
  AND NOT (d.classid = 'pg_constraint'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid <> 0)
