-- One row for each object that the schema types have no place for: its kind, its name, the table it belongs to.
-- $1: the only schema to read, or null for all (and for what belongs to no schema); $2: the default schema.
WITH namespaces AS (
    SELECT n.oid, n.nspname::text AS full_name, nullif(n.nspname::text, $2) AS schema
    FROM pg_namespace n
    WHERE CASE WHEN $1::text IS NULL
          THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
          ELSE n.nspname = $1 END
), members AS (
    SELECT d.classid, d.objid FROM pg_depend d WHERE d.deptype = 'e'
), relations AS (
    SELECT c.oid, c.relname::text AS name, c.relkind, c.relispartition, n.schema
    FROM pg_class c
    JOIN namespaces n ON n.oid = c.relnamespace
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
)
SELECT 'schema' AS kind, NULL::text AS schema, n.full_name AS name, NULL::text AS table_schema, NULL::text AS table_name
FROM namespaces n
WHERE n.schema IS NOT NULL
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid)
UNION ALL
SELECT 'extension', NULL, e.extname::text, NULL, NULL
FROM pg_extension e
WHERE $1 IS NULL AND e.extname <> 'plpgsql'
UNION ALL
SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window function'
       ELSE 'function' END, NULL, p.oid::regprocedure::text, NULL, NULL
FROM pg_proc p
JOIN namespaces n ON n.oid = p.pronamespace
WHERE NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT CASE t.typtype WHEN 'c' THEN 'composite type' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type'
       ELSE 'base type' END, n.schema, t.typname::text, NULL, NULL
FROM pg_type t
JOIN namespaces n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE (t.typtype IN ('d', 'r', 'b', 'p') OR (t.typtype = 'c' AND c.relkind = 'c'))
  AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
UNION ALL
SELECT 'sequence', r.schema, r.name, NULL, NULL
FROM relations r
WHERE r.relkind = 'S'
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
UNION ALL
SELECT 'foreign table', r.schema, r.name, NULL, NULL FROM relations r WHERE r.relkind = 'f'
UNION ALL
SELECT 'partition', r.schema, r.name, pr.schema, pr.name
FROM relations r
JOIN pg_inherits i ON i.inhrelid = r.oid
LEFT JOIN relations pr ON pr.oid = i.inhparent
WHERE r.relispartition AND r.relkind IN ('r', 'p')
UNION ALL
SELECT CASE WHEN t.tgconstraint = 0 THEN 'trigger' ELSE 'constraint trigger' END, NULL, t.tgname::text, r.schema, r.name
FROM pg_trigger t
JOIN relations r ON r.oid = t.tgrelid
WHERE NOT t.tgisinternal
  AND t.tgparentid = 0 -- since 13
UNION ALL
SELECT 'rule', NULL, w.rulename::text, r.schema, r.name
FROM pg_rewrite w
JOIN relations r ON r.oid = w.ev_class
WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy', NULL, p.polname::text, r.schema, r.name FROM pg_policy p JOIN relations r ON r.oid = p.polrelid
UNION ALL
SELECT 'exclusion constraint', NULL, c.conname::text, r.schema, r.name
FROM pg_constraint c
JOIN relations r ON r.oid = c.conrelid
WHERE c.contype = 'x' AND c.conparentid = 0
UNION ALL
SELECT 'extended statistics', n.schema, s.stxname::text, r.schema, r.name
FROM pg_statistic_ext s
JOIN namespaces n ON n.oid = s.stxnamespace
LEFT JOIN relations r ON r.oid = s.stxrelid
UNION ALL
SELECT 'index', NULL, ic.relname::text, r.schema, r.name
FROM pg_index i
JOIN pg_class ic ON ic.oid = i.indexrelid
JOIN relations r ON r.oid = i.indrelid AND r.relkind = 'm'
UNION ALL
SELECT 'collation', n.schema, c.collname::text, NULL, NULL
FROM pg_collation c
JOIN namespaces n ON n.oid = c.collnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_collation'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'conversion', n.schema, c.conname::text, NULL, NULL
FROM pg_conversion c
JOIN namespaces n ON n.oid = c.connamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_conversion'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'operator', NULL, o.oid::regoperator::text, NULL, NULL
FROM pg_operator o
JOIN namespaces n ON n.oid = o.oprnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_operator'::regclass AND m.objid = o.oid)
UNION ALL
SELECT 'operator class', n.schema, o.opcname || ' USING ' || a.amname, NULL, NULL
FROM pg_opclass o
JOIN namespaces n ON n.oid = o.opcnamespace
JOIN pg_am a ON a.oid = o.opcmethod
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_opclass'::regclass AND m.objid = o.oid)
UNION ALL
SELECT 'operator family', n.schema, o.opfname || ' USING ' || a.amname, NULL, NULL
FROM pg_opfamily o
JOIN namespaces n ON n.oid = o.opfnamespace
JOIN pg_am a ON a.oid = o.opfmethod
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_opfamily'::regclass AND m.objid = o.oid)
UNION ALL
SELECT 'text search configuration', n.schema, c.cfgname::text, NULL, NULL
FROM pg_ts_config c
JOIN namespaces n ON n.oid = c.cfgnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_ts_config'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'text search dictionary', n.schema, c.dictname::text, NULL, NULL
FROM pg_ts_dict c
JOIN namespaces n ON n.oid = c.dictnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_ts_dict'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'text search parser', n.schema, c.prsname::text, NULL, NULL
FROM pg_ts_parser c
JOIN namespaces n ON n.oid = c.prsnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_ts_parser'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'text search template', n.schema, c.tmplname::text, NULL, NULL
FROM pg_ts_template c
JOIN namespaces n ON n.oid = c.tmplnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_ts_template'::regclass AND m.objid = c.oid)
-- What belongs to no schema. The server's own objects have oids below 16384.
UNION ALL
SELECT 'cast', NULL, format('%s AS %s', c.castsource::regtype, c.casttarget::regtype), NULL, NULL
FROM pg_cast c
WHERE $1 IS NULL AND c.oid >= 16384
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_cast'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'transform', NULL, format('%s LANGUAGE %I', t.trftype::regtype, l.lanname), NULL, NULL
FROM pg_transform t
JOIN pg_language l ON l.oid = t.trflang
WHERE $1 IS NULL AND t.oid >= 16384
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_transform'::regclass AND m.objid = t.oid)
UNION ALL
SELECT 'language', NULL, l.lanname::text, NULL, NULL
FROM pg_language l
WHERE $1 IS NULL AND l.oid >= 16384
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_language'::regclass AND m.objid = l.oid)
UNION ALL
SELECT 'access method', NULL, a.amname::text, NULL, NULL
FROM pg_am a
WHERE $1 IS NULL AND a.oid >= 16384
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_am'::regclass AND m.objid = a.oid)
UNION ALL
SELECT 'event trigger', NULL, t.evtname::text, NULL, NULL
FROM pg_event_trigger t
WHERE $1 IS NULL
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = t.oid)
UNION ALL
SELECT 'publication', NULL, p.pubname::text, NULL, NULL FROM pg_publication p WHERE $1 IS NULL
UNION ALL
SELECT 'subscription', NULL, s.subname::text, NULL, NULL
FROM pg_subscription s
JOIN pg_database d ON d.oid = s.subdbid
WHERE $1 IS NULL AND d.datname = current_database()
UNION ALL
SELECT 'foreign data wrapper', NULL, w.fdwname::text, NULL, NULL
FROM pg_foreign_data_wrapper w
WHERE $1 IS NULL
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid)
UNION ALL
SELECT 'foreign server', NULL, s.srvname::text, NULL, NULL
FROM pg_foreign_server s
WHERE $1 IS NULL
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_foreign_server'::regclass AND m.objid = s.oid)
UNION ALL
SELECT 'user mapping', NULL, format('%s SERVER %s', u.usename, u.srvname), NULL, NULL
FROM pg_user_mappings u
WHERE $1 IS NULL
UNION ALL
SELECT 'default privileges', NULL, format('%s %s', pg_get_userbyid(a.defaclrole), a.defaclobjtype), NULL, NULL
FROM pg_default_acl a
WHERE $1 IS NULL
