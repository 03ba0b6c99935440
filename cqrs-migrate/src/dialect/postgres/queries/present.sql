-- One row for each kind of object that there is some of, under the name that the marks in the other queries have for it.
-- What a database does not have is not asked for: the server takes much longer to plan such a query than to find nothing.
-- The server's own objects have numbers below 16384. $1: the schemas to read.
SELECT DISTINCT CASE
    WHEN c.relkind IN ('r', 'p') THEN 'tables'
    WHEN c.relkind IN ('v', 'm') THEN 'views'
    WHEN c.relkind = 'c' THEN 'composite types'
    WHEN c.relkind = 'f' THEN 'foreign tables'
    ELSE 'toast parameters' END
FROM pg_class c
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'c', 'f') AND c.relnamespace = ANY ($1)
   OR c.relkind = 't' AND c.reloptions IS NOT NULL AND c.oid >= 16384
UNION ALL
-- Every table has a type, and every type has one for its arrays: these are of no kind.
SELECT DISTINCT CASE t.typtype WHEN 'e' THEN 'enums' WHEN 'd' THEN 'domains' WHEN 'r' THEN 'range types' ELSE 'base types' END
FROM pg_type t
WHERE t.oid >= 16384 AND t.typtype IN ('e', 'd', 'r', 'b', 'p') AND t.typinput <> 'array_in'::regproc
UNION ALL
-- What is in a schema or belongs to a table has a dependency on it. In order of the index, so that one look into it does.
SELECT k.kind
FROM (VALUES
    ('pg_proc'::regclass, 'routines'),
    ('pg_policy'::regclass, 'policies'),
    ('pg_statistic_ext'::regclass, 'statistics'),
    ('pg_collation'::regclass, 'collations'),
    ('pg_operator'::regclass, 'operators'),
    ('pg_opfamily'::regclass, 'operator classes'),
    ('pg_opclass'::regclass, 'operator classes'),
    ('pg_ts_dict'::regclass, 'text search dictionaries'),
    ('pg_ts_config'::regclass, 'text search configurations'),
    ('pg_ts_parser'::regclass, 'text search parsers'),
    ('pg_ts_template'::regclass, 'text search templates'),
    ('pg_conversion'::regclass, 'conversions')
) AS k (class, kind)
WHERE (
    SELECT d.objid FROM pg_depend d WHERE d.classid = k.class AND d.objid >= 16384 ORDER BY d.objid LIMIT 1) IS NOT NULL
UNION ALL
SELECT 'types that are needed' WHERE (
    SELECT d.refobjid FROM pg_depend d
    WHERE d.refclassid = 'pg_type'::regclass AND d.refobjid >= 16384 AND d.deptype <> 'i'
    ORDER BY d.refobjid LIMIT 1) IS NOT NULL
UNION ALL
SELECT 'schemas' WHERE EXISTS (
    SELECT FROM pg_namespace n
    LEFT JOIN pg_description d ON d.objoid = n.oid AND d.classoid = 'pg_namespace'::regclass
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND (n.nspname <> 'public' OR d.description IS DISTINCT FROM 'standard public schema'))
UNION ALL SELECT 'extensions' WHERE EXISTS (SELECT FROM pg_extension WHERE extname <> 'plpgsql')
UNION ALL SELECT 'sequences' WHERE EXISTS (SELECT FROM pg_sequence)
UNION ALL SELECT 'inheritance' WHERE EXISTS (SELECT FROM pg_inherits)
UNION ALL SELECT 'triggers' WHERE EXISTS (SELECT FROM pg_trigger WHERE NOT tgisinternal)
UNION ALL SELECT 'rules' WHERE EXISTS (SELECT FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN')
UNION ALL SELECT 'casts' WHERE EXISTS (SELECT FROM pg_cast WHERE oid >= 16384)
UNION ALL SELECT 'types with privileges' WHERE EXISTS (SELECT FROM pg_type WHERE typacl IS NOT NULL AND oid >= 16384) -- with reports
UNION ALL -- with reports
SELECT 'schemas with privileges' WHERE EXISTS ( -- with reports
    SELECT FROM pg_namespace n -- with reports
    LEFT JOIN pg_init_privs i ON i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid -- with reports
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' -- with reports
      AND n.nspacl IS NOT NULL AND n.nspacl IS DISTINCT FROM i.initprivs) -- with reports
UNION ALL SELECT 'disabled triggers' WHERE EXISTS (SELECT FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O') -- with reports
UNION ALL SELECT 'transforms' WHERE EXISTS (SELECT FROM pg_transform WHERE oid >= 16384) -- with reports
UNION ALL SELECT 'languages' WHERE EXISTS (SELECT FROM pg_language WHERE oid >= 16384) -- with reports
UNION ALL SELECT 'access methods' WHERE EXISTS (SELECT FROM pg_am WHERE oid >= 16384) -- with reports
UNION ALL SELECT 'event triggers' WHERE EXISTS (SELECT FROM pg_event_trigger) -- with reports
UNION ALL SELECT 'publications' WHERE EXISTS (SELECT FROM pg_publication) -- with reports
UNION ALL SELECT 'subscriptions' WHERE EXISTS (SELECT FROM pg_subscription) -- with reports
UNION ALL SELECT 'foreign data wrappers' WHERE EXISTS (SELECT FROM pg_foreign_data_wrapper) -- with reports
UNION ALL SELECT 'default privileges' WHERE EXISTS (SELECT FROM pg_default_acl) -- with reports
UNION ALL SELECT 'security labels' WHERE EXISTS (SELECT FROM pg_seclabel) -- with reports
