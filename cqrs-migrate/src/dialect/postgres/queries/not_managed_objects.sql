-- One row for each object that the schema types have no place for: its catalog table and number, its kind, its name, the
-- table it belongs to. The server's own objects have numbers below 16384.
-- $1: the only schema to read, or null for all (and for what belongs to no schema); $2: the default schema.
WITH namespaces AS (
    SELECT n.oid, nullif(n.nspname::text, $2) AS schema
    FROM pg_namespace n
    WHERE CASE WHEN $1::text IS NULL
          THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
          ELSE n.nspname = $1 END
)
-- where base types
SELECT 'pg_type'::regclass::oid, t.oid, 'base type', n.schema, t.typname::text, NULL, NULL
FROM pg_type t
JOIN namespaces n ON n.oid = t.typnamespace
WHERE t.typtype IN ('b', 'p') AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
-- where range types
SELECT 'pg_type'::regclass::oid, t.oid, 'range type with a canonical function', n.schema, t.typname::text, NULL, NULL
FROM pg_range r
JOIN pg_type t ON t.oid = r.rngtypid
JOIN namespaces n ON n.oid = t.typnamespace
WHERE r.rngcanonical <> 0
-- where foreign tables
SELECT 'pg_class'::regclass::oid, c.oid, 'foreign table', n.schema, c.relname::text, NULL, NULL
FROM pg_class c
JOIN namespaces n ON n.oid = c.relnamespace
WHERE c.relkind = 'f'
-- where triggers
-- One that a partition has from its parent, and that does not fire as its parent's does. -- since 13
SELECT 'pg_class'::regclass::oid, c.oid, 'trigger of a partition', NULL, t.tgname::text, n.schema, c.relname::text -- since 13
FROM pg_trigger t -- since 13
JOIN pg_trigger parent ON parent.oid = t.tgparentid -- since 13
JOIN pg_class c ON c.oid = t.tgrelid -- since 13
JOIN namespaces n ON n.oid = c.relnamespace -- since 13
WHERE t.tgenabled <> parent.tgenabled AND NOT parent.tgisinternal -- since 13
-- where foreign tables
-- Foreign tables are not managed, and so is what belongs to them.
SELECT 'pg_class'::regclass::oid, c.oid, 'trigger', NULL, t.tgname::text, n.schema, c.relname::text
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN namespaces n ON n.oid = c.relnamespace
WHERE c.relkind = 'f' AND NOT t.tgisinternal
-- where conversions
SELECT 'pg_conversion'::regclass::oid, c.oid, 'conversion', n.schema, c.conname::text, NULL, NULL
FROM pg_conversion c
JOIN namespaces n ON n.oid = c.connamespace
-- where text search parsers
SELECT 'pg_ts_parser'::regclass::oid, c.oid, 'text search parser', n.schema, c.prsname::text, NULL, NULL
FROM pg_ts_parser c
JOIN namespaces n ON n.oid = c.prsnamespace
-- where text search templates
SELECT 'pg_ts_template'::regclass::oid, c.oid, 'text search template', n.schema, c.tmplname::text, NULL, NULL
FROM pg_ts_template c
JOIN namespaces n ON n.oid = c.tmplnamespace
-- where transforms
SELECT 'pg_transform'::regclass::oid, t.oid, 'transform', NULL,
       format('%s LANGUAGE %I', t.trftype::regtype, l.lanname), NULL, NULL
FROM pg_transform t
JOIN pg_language l ON l.oid = t.trflang
WHERE $1 IS NULL AND t.oid >= 16384
-- where languages
SELECT 'pg_language'::regclass::oid, l.oid, 'language', NULL, l.lanname::text, NULL, NULL
FROM pg_language l
WHERE $1 IS NULL AND l.oid >= 16384
-- where access methods
SELECT 'pg_am'::regclass::oid, a.oid, 'access method', NULL, a.amname::text, NULL, NULL
FROM pg_am a
WHERE $1 IS NULL AND a.oid >= 16384
-- where event triggers
SELECT 'pg_event_trigger'::regclass::oid, t.oid, 'event trigger', NULL, t.evtname::text, NULL, NULL
FROM pg_event_trigger t
WHERE $1 IS NULL
-- where publications
SELECT 'pg_publication'::regclass::oid, p.oid, 'publication', NULL, p.pubname::text, NULL, NULL
FROM pg_publication p
WHERE $1 IS NULL
-- where subscriptions
SELECT 'pg_subscription'::regclass::oid, s.oid, 'subscription', NULL, s.subname::text, NULL, NULL
FROM pg_subscription s
JOIN pg_database d ON d.oid = s.subdbid
WHERE $1 IS NULL AND d.datname = current_database()
-- where foreign data wrappers
SELECT 'pg_foreign_data_wrapper'::regclass::oid, w.oid, 'foreign data wrapper', NULL, w.fdwname::text, NULL, NULL
FROM pg_foreign_data_wrapper w
WHERE $1 IS NULL
-- where foreign data wrappers
SELECT 'pg_foreign_server'::regclass::oid, s.oid, 'foreign server', NULL, s.srvname::text, NULL, NULL
FROM pg_foreign_server s
WHERE $1 IS NULL
-- where foreign data wrappers
SELECT 'pg_user_mapping'::regclass::oid, u.umid, 'user mapping', NULL, format('%s SERVER %s', u.usename, u.srvname), NULL, NULL
FROM pg_user_mappings u
WHERE $1 IS NULL
-- where default privileges
SELECT 'pg_default_acl'::regclass::oid, a.oid, 'default privileges', NULL,
       format('%s %s', pg_get_userbyid(a.defaclrole), a.defaclobjtype), NULL, NULL
FROM pg_default_acl a
WHERE $1 IS NULL
-- where schemas with privileges
SELECT 'pg_namespace'::regclass::oid, n.oid, 'privileges', NULL, n.nspname::text, NULL, NULL
FROM pg_namespace n
JOIN namespaces own ON own.oid = n.oid
LEFT JOIN pg_init_privs i ON i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid
WHERE $1 IS NULL AND n.nspacl IS NOT NULL AND n.nspacl IS DISTINCT FROM i.initprivs
-- where routines
SELECT 'pg_proc'::regclass::oid, p.oid, 'privileges', NULL, p.oid::regprocedure::text, NULL, NULL
FROM pg_proc p
JOIN namespaces n ON n.oid = p.pronamespace
WHERE p.proacl IS NOT NULL
-- where types with privileges
SELECT 'pg_type'::regclass::oid, t.oid, 'privileges', n.schema, t.typname::text, NULL, NULL
FROM pg_type t
JOIN namespaces n ON n.oid = t.typnamespace
WHERE t.typacl IS NOT NULL
-- where security labels
SELECT l.classoid, l.objoid, 'security label', NULL, format('%s of %s %s', l.provider, l.objtype, l.objname), NULL, NULL
FROM pg_seclabels l
WHERE $1 IS NULL AND l.objtype NOT IN ('table', 'view', 'materialized view')
  AND l.classoid NOT IN ('pg_authid'::regclass, 'pg_database'::regclass, 'pg_tablespace'::regclass)
