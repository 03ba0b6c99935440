-- Who owns what: the catalog table of an object, its number there, and the role, quoted. Also of objects that are read
-- nowhere else. A sequence that belongs to a column is its table's owner's.
-- https://www.postgresql.org/docs/current/sql-altersequence.html
SELECT 'pg_class'::regclass::oid AS class, c.oid AS id, quote_ident(pg_get_userbyid(c.relowner)) AS owner
FROM pg_class c
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.oid >= 16384
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))
UNION ALL SELECT 'pg_namespace'::regclass, oid, quote_ident(pg_get_userbyid(nspowner)) FROM pg_namespace WHERE oid >= 16384
UNION ALL SELECT 'pg_type'::regclass, oid, quote_ident(pg_get_userbyid(typowner)) FROM pg_type
WHERE oid >= 16384 AND typtype IN ('c', 'd', 'e', 'r')
UNION ALL SELECT 'pg_proc'::regclass, oid, quote_ident(pg_get_userbyid(proowner)) FROM pg_proc WHERE oid >= 16384
UNION ALL SELECT 'pg_collation'::regclass, oid, quote_ident(pg_get_userbyid(collowner)) FROM pg_collation WHERE oid >= 16384
UNION ALL SELECT 'pg_operator'::regclass, oid, quote_ident(pg_get_userbyid(oprowner)) FROM pg_operator WHERE oid >= 16384
UNION ALL SELECT 'pg_opclass'::regclass, oid, quote_ident(pg_get_userbyid(opcowner)) FROM pg_opclass WHERE oid >= 16384
UNION ALL SELECT 'pg_opfamily'::regclass, oid, quote_ident(pg_get_userbyid(opfowner)) FROM pg_opfamily WHERE oid >= 16384
UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, quote_ident(pg_get_userbyid(stxowner)) FROM pg_statistic_ext
UNION ALL SELECT 'pg_ts_dict'::regclass, oid, quote_ident(pg_get_userbyid(dictowner)) FROM pg_ts_dict WHERE oid >= 16384
UNION ALL SELECT 'pg_ts_config'::regclass, oid, quote_ident(pg_get_userbyid(cfgowner)) FROM pg_ts_config WHERE oid >= 16384
