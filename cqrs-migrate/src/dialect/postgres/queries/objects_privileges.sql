-- What roles may do beyond what they may by themselves, and what they may not though they could: one row for each object
-- and role, each `GRANT` or `REVOKE` a statement, the first of them as the definition. The owner is not told, and may
-- have another name elsewhere. What `on_class` and the like yield is the object, or the extension that it belongs to. Also
-- the default privileges that roles gave.
-- https://www.postgresql.org/docs/current/ddl-priv.html
, found AS (
    SELECT 'pg_class'::regclass AS class, c.oid AS id,
           CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS word, n.schema, c.relname::text AS name,
           n.prefix || quote_ident(c.relname) AS sql, NULL::text AS columns, NULL::text AS arguments,
           CASE WHEN c.relkind IN ('v', 'm') THEN 'view' WHEN c.relkind = 'S' THEN NULL ELSE 'table' END AS on_kind,
           c.relacl AS acl, acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner) AS usual,
           0 AS part
    FROM pg_class c
    JOIN namespaces n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relacl IS NOT NULL
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, 'TABLE', n.schema, c.relname::text, n.prefix || quote_ident(c.relname),
           format(' (%I)', a.attname), NULL, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
           a.attacl, NULL, a.attnum
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN namespaces n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, n.schema,
           p.proname::text, format('%s%I(%s)', n.prefix, p.proname, oidvectortypes(p.proargtypes)), NULL,
           format('(%s)', oidvectortypes(p.proargtypes)), NULL,
           p.proacl, acldefault('f', p.proowner), 0
    FROM pg_proc p
    JOIN namespaces n ON n.oid = p.pronamespace
    WHERE p.proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, n.schema, t.typname::text,
           n.prefix || quote_ident(t.typname), NULL, NULL, CASE t.typtype WHEN 'e' THEN 'enum' END,
           t.typacl, acldefault('T', t.typowner), 0
    FROM pg_type t
    JOIN namespaces n ON n.oid = t.typnamespace
    WHERE t.typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, 'SCHEMA', NULL, n.nspname::text, quote_ident(n.nspname), NULL, NULL, NULL,
           n.nspacl, acldefault('n', n.nspowner), 0
    FROM pg_namespace n
    CROSS JOIN scope s
    WHERE s.only_schema IS NULL AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspacl IS NOT NULL
), objects AS (
    -- The server's own schemas and the members of an extension have others from the start.
    -- https://www.postgresql.org/docs/current/catalog-pg-init-privs.html
    SELECT f.class, f.id, f.word, f.schema, f.name, f.sql, f.columns, f.arguments, f.on_kind, f.acl,
           coalesce(i.initprivs, f.usual) AS usual
    FROM found f
    LEFT JOIN pg_init_privs i ON i.classoid = f.class AND i.objoid = f.id AND i.objsubid = f.part
), compared AS (
    SELECT o.*, a.grantee, a.privilege_type, a.is_grantable, 'GRANT' AS verb
    FROM objects o
    CROSS JOIN LATERAL aclexplode(o.acl) a
    WHERE NOT EXISTS (
        SELECT FROM aclexplode(o.usual) u
        WHERE (u.grantee, u.privilege_type, u.is_grantable) = (a.grantee, a.privilege_type, a.is_grantable))
    UNION ALL
    SELECT o.*, u.grantee, u.privilege_type, false, 'REVOKE'
    FROM objects o
    CROSS JOIN LATERAL aclexplode(o.usual) u
    WHERE NOT EXISTS (
        SELECT FROM aclexplode(o.acl) a WHERE (a.grantee, a.privilege_type) = (u.grantee, u.privilege_type))
), spoken AS (
    SELECT c.class, c.id, c.word, c.schema, c.name, c.arguments, c.on_kind,
           CASE c.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(c.grantee)) END AS role,
           format('%s %s ON %s %s %s %s%s', c.verb,
                  string_agg(c.privilege_type || coalesce(c.columns, ''), ', ' ORDER BY c.privilege_type), c.word, c.sql,
                  CASE c.verb WHEN 'GRANT' THEN 'TO' ELSE 'FROM' END,
                  CASE c.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(c.grantee)) END,
                  CASE WHEN c.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS statement
    FROM compared c
    GROUP BY c.class, c.id, c.word, c.schema, c.name, c.sql, c.columns, c.arguments, c.on_kind, c.grantee, c.verb, c.is_grantable
    UNION ALL
    SELECT NULL, NULL, 'DEFAULT', nullif(n.nspname::text, s.default_schema), coalesce(n.nspname::text, ''),
           CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                                WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' END || ' OF ' || quote_ident(pg_get_userbyid(d.defaclrole)),
           NULL, CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
           format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s %s %s ON %s %s %s%s', pg_get_userbyid(d.defaclrole),
                  ' IN SCHEMA ' || quote_ident(n.nspname), x.verb,
                  string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type),
                  CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                                       WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' END,
                  CASE x.verb WHEN 'GRANT' THEN 'TO' ELSE 'FROM' END,
                  CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                  CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM pg_default_acl d
    CROSS JOIN scope s
    LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
    CROSS JOIN LATERAL (
        -- Those of one schema are added to the usual ones; the others stand in their place.
        SELECT CASE d.defaclnamespace
                   WHEN 0 THEN acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's'::"char" ELSE d.defaclobjtype END,
                                          d.defaclrole)
                   END AS acl) usual
    CROSS JOIN LATERAL (
        SELECT a.grantee, a.privilege_type, a.is_grantable, 'GRANT' AS verb
        FROM aclexplode(d.defaclacl) a
        WHERE NOT EXISTS (
            SELECT FROM aclexplode(usual.acl) u
            WHERE (u.grantee, u.privilege_type, u.is_grantable) = (a.grantee, a.privilege_type, a.is_grantable))
        UNION ALL
        SELECT u.grantee, u.privilege_type, false, 'REVOKE'
        FROM aclexplode(usual.acl) u
        WHERE NOT EXISTS (
            SELECT FROM aclexplode(d.defaclacl) a WHERE (a.grantee, a.privilege_type) = (u.grantee, u.privilege_type))
    ) x
    WHERE s.only_schema IS NULL
    GROUP BY n.nspname, s.default_schema, d.defaclobjtype, d.defaclrole, x.grantee, x.verb, x.is_grantable
)
SELECT 0::oid AS class, 0::oid AS id, 'privileges' AS kind, p.schema, p.name, NULL::text AS table_name,
       concat_ws(' ', p.word, p.arguments, 'TO', p.role) AS signature,
       (array_agg(p.statement ORDER BY p.statement))[1] AS definition,
       (array_agg(p.statement ORDER BY p.statement))[2:] AS options,
       p.class::oid AS on_class, -- without extensions
       CASE WHEN m.extension IS NULL THEN p.class ELSE 'pg_extension'::regclass END::oid AS on_class, -- with extensions
       coalesce(o.id, -- without extensions
       coalesce(m.extension, o.id, -- with extensions
                p.id) AS on_id
FROM spoken p
LEFT JOIN members m ON m.classid = p.class AND m.objid = p.id -- with extensions
LEFT JOIN LATERAL (
    -- A sequence that belongs to a column comes with the table.
    SELECT d.refobjid AS id
    FROM pg_depend d
    WHERE p.word = 'SEQUENCE' AND d.classid = 'pg_class'::regclass AND d.objid = p.id
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
) o ON true
GROUP BY p.class, p.id, p.word, p.schema, p.name, p.arguments, p.on_kind, p.role,
         m.extension, -- with extensions
         o.id
