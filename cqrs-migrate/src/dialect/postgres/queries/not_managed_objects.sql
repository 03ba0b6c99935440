-- One row for each object that the schema types have no place for: its kind, its name, the table it belongs to.
-- $1: the only schema to read, or null for all (and for what belongs to no schema); $2: the default schema.
WITH namespaces AS (
    SELECT n.oid, nullif(n.nspname::text, $2) AS schema
    FROM pg_namespace n
    WHERE CASE WHEN $1::text IS NULL
          THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
          ELSE n.nspname = $1 END
), members AS MATERIALIZED (
    SELECT d.classid, d.objid FROM pg_depend d WHERE d.deptype = 'e'
), found AS (
    SELECT 'pg_type'::regclass AS class, t.oid AS id,
           CASE t.typtype WHEN 'r' THEN 'range type with a canonical function' ELSE 'base type' END AS kind,
           n.schema, t.typname::text AS name, NULL::text AS table_schema, NULL::text AS table_name
    FROM pg_type t
    JOIN namespaces n ON n.oid = t.typnamespace
    WHERE CASE t.typtype
              WHEN 'r' THEN EXISTS (SELECT FROM pg_range r WHERE r.rngtypid = t.oid AND r.rngcanonical <> 0)
              ELSE t.typtype IN ('b', 'p') AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
          END
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, 'foreign table', n.schema, c.relname::text, NULL, NULL
    FROM pg_class c
    JOIN namespaces n ON n.oid = c.relnamespace
    WHERE c.relkind = 'f'
    UNION ALL -- since 13
    -- One that a partition has from its parent, and that does not fire as its parent's does. -- since 13
    SELECT 'pg_class'::regclass, c.oid, 'trigger of a partition', NULL, t.tgname::text, n.schema, c.relname::text -- since 13
    FROM pg_trigger t -- since 13
    JOIN pg_trigger parent ON parent.oid = t.tgparentid -- since 13
    JOIN pg_class c ON c.oid = t.tgrelid -- since 13
    JOIN namespaces n ON n.oid = c.relnamespace -- since 13
    WHERE t.tgenabled <> parent.tgenabled AND NOT parent.tgisinternal -- since 13
    UNION ALL
    -- Foreign tables are not managed, and so is what belongs to them.
    SELECT 'pg_class'::regclass, c.oid, 'trigger', NULL, t.tgname::text, n.schema, c.relname::text
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN namespaces n ON n.oid = c.relnamespace
    WHERE c.relkind = 'f' AND NOT t.tgisinternal
    UNION ALL
    SELECT 'pg_conversion'::regclass, c.oid, 'conversion', n.schema, c.conname::text, NULL, NULL
    FROM pg_conversion c
    JOIN namespaces n ON n.oid = c.connamespace
    UNION ALL
    SELECT 'pg_ts_parser'::regclass, c.oid, 'text search parser', n.schema, c.prsname::text, NULL, NULL
    FROM pg_ts_parser c
    JOIN namespaces n ON n.oid = c.prsnamespace
    UNION ALL
    SELECT 'pg_ts_template'::regclass, c.oid, 'text search template', n.schema, c.tmplname::text, NULL, NULL
    FROM pg_ts_template c
    JOIN namespaces n ON n.oid = c.tmplnamespace
    -- What belongs to no schema. The server's own objects have oids below 16384.
    UNION ALL
    SELECT 'pg_transform'::regclass, t.oid, 'transform', NULL,
           format('%s LANGUAGE %I', t.trftype::regtype, l.lanname), NULL, NULL
    FROM pg_transform t
    JOIN pg_language l ON l.oid = t.trflang
    WHERE $1 IS NULL AND t.oid >= 16384
    UNION ALL
    SELECT 'pg_language'::regclass, l.oid, 'language', NULL, l.lanname::text, NULL, NULL
    FROM pg_language l
    WHERE $1 IS NULL AND l.oid >= 16384
    UNION ALL
    SELECT 'pg_am'::regclass, a.oid, 'access method', NULL, a.amname::text, NULL, NULL
    FROM pg_am a
    WHERE $1 IS NULL AND a.oid >= 16384
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, t.oid, 'event trigger', NULL, t.evtname::text, NULL, NULL
    FROM pg_event_trigger t
    WHERE $1 IS NULL
    UNION ALL
    SELECT 'pg_publication'::regclass, p.oid, 'publication', NULL, p.pubname::text, NULL, NULL
    FROM pg_publication p
    WHERE $1 IS NULL
    UNION ALL
    SELECT 'pg_subscription'::regclass, s.oid, 'subscription', NULL, s.subname::text, NULL, NULL
    FROM pg_subscription s
    JOIN pg_database d ON d.oid = s.subdbid
    WHERE $1 IS NULL AND d.datname = current_database()
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 'foreign data wrapper', NULL, w.fdwname::text, NULL, NULL
    FROM pg_foreign_data_wrapper w
    WHERE $1 IS NULL
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, s.oid, 'foreign server', NULL, s.srvname::text, NULL, NULL
    FROM pg_foreign_server s
    WHERE $1 IS NULL
    UNION ALL
    SELECT 'pg_user_mapping'::regclass, u.umid, 'user mapping', NULL, format('%s SERVER %s', u.usename, u.srvname), NULL, NULL
    FROM pg_user_mappings u
    WHERE $1 IS NULL
    UNION ALL
    SELECT 'pg_default_acl'::regclass, a.oid, 'default privileges', NULL,
           format('%s %s', pg_get_userbyid(a.defaclrole), a.defaclobjtype), NULL, NULL
    FROM pg_default_acl a
    WHERE $1 IS NULL
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, 'privileges', NULL, n.nspname::text, NULL, NULL
    FROM pg_namespace n
    JOIN namespaces own ON own.oid = n.oid
    LEFT JOIN pg_init_privs i ON i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid
    WHERE $1 IS NULL AND n.nspacl IS NOT NULL AND n.nspacl IS DISTINCT FROM i.initprivs
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 'privileges', NULL, p.oid::regprocedure::text, NULL, NULL
    FROM pg_proc p
    JOIN namespaces n ON n.oid = p.pronamespace
    WHERE p.proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 'privileges', n.schema, t.typname::text, NULL, NULL
    FROM pg_type t
    JOIN namespaces n ON n.oid = t.typnamespace
    WHERE t.typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, 'privileges', n.schema, c.relname::text, NULL, NULL
    FROM pg_class c
    JOIN namespaces n ON n.oid = c.relnamespace
    WHERE c.relkind = 'S' AND c.relacl IS NOT NULL
    UNION ALL
    SELECT l.classoid, l.objoid, 'security label', NULL, format('%s of %s %s', l.provider, l.objtype, l.objname), NULL, NULL
    FROM pg_seclabels l
    WHERE $1 IS NULL AND l.objtype NOT IN ('table', 'view', 'materialized view')
      AND l.classoid NOT IN ('pg_authid'::regclass, 'pg_database'::regclass, 'pg_tablespace'::regclass)
)
SELECT f.kind, f.schema, f.name, f.table_schema, f.table_name
FROM found f
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = f.class AND m.objid = f.id)
