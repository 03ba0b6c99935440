-- What a plan can make, as statements that drop it; what extensions made stays, and so do schemas and extensions. What
-- belongs to a table goes with it. Also what gives default privileges back.
WITH members AS MATERIALIZED (
    -- A column of a partition key depends on its own table in this way.
    SELECT d.classid, d.objid FROM pg_depend d WHERE d.deptype IN ('e', 'i') AND d.objsubid = 0
), namespaces AS (
    SELECT n.oid, n.nspname FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), drops AS (
    SELECT CASE c.relkind WHEN 'S' THEN 4 ELSE 1 END AS step, 'pg_class'::regclass AS class, c.oid AS id,
           CASE c.relkind
               WHEN 'v' THEN 'VIEW'
               WHEN 'm' THEN 'MATERIALIZED VIEW'
               WHEN 'S' THEN 'SEQUENCE'
               ELSE 'TABLE'
           END AS word,
           format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class c
    JOIN namespaces n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT 2, 'pg_proc'::regclass, p.oid, CASE p.prokind WHEN 'a' THEN 'AGGREGATE' ELSE 'ROUTINE' END,
           format('%I.%I(%s)', n.nspname, p.proname,
                  CASE WHEN p.prokind = 'a' AND p.pronargs = 0 THEN '*' ELSE oidvectortypes(p.proargtypes) END)
    FROM pg_proc p
    JOIN namespaces n ON n.oid = p.pronamespace
    UNION ALL
    SELECT 3, 'pg_type'::regclass, t.oid, 'TYPE', format('%I.%I', n.nspname, t.typname)
    FROM pg_type t
    JOIN namespaces n ON n.oid = t.typnamespace
    LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c'
    UNION ALL
    SELECT 5, 'pg_operator'::regclass, o.oid, 'OPERATOR',
           format('%I.%s (%s, %s)', n.nspname, o.oprname,
                  CASE o.oprleft WHEN 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END,
                  CASE o.oprright WHEN 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END)
    FROM pg_operator o
    JOIN namespaces n ON n.oid = o.oprnamespace
    UNION ALL
    SELECT 5, 'pg_opfamily'::regclass, f.oid, 'OPERATOR FAMILY', format('%I.%I USING %I', n.nspname, f.opfname, a.amname)
    FROM pg_opfamily f
    JOIN namespaces n ON n.oid = f.opfnamespace
    JOIN pg_am a ON a.oid = f.opfmethod
    UNION ALL
    SELECT 5, 'pg_cast'::regclass, c.oid, 'CAST',
           format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL))
    FROM pg_cast c
    WHERE c.oid >= 16384
    UNION ALL
    SELECT 6, 'pg_collation'::regclass, c.oid, 'COLLATION', format('%I.%I', n.nspname, c.collname)
    FROM pg_collation c
    JOIN namespaces n ON n.oid = c.collnamespace
    UNION ALL
    SELECT 6, 'pg_ts_config'::regclass, c.oid, 'TEXT SEARCH CONFIGURATION', format('%I.%I', n.nspname, c.cfgname)
    FROM pg_ts_config c
    JOIN namespaces n ON n.oid = c.cfgnamespace
    UNION ALL
    SELECT 7, 'pg_ts_dict'::regclass, d.oid, 'TEXT SEARCH DICTIONARY', format('%I.%I', n.nspname, d.dictname)
    FROM pg_ts_dict d
    JOIN namespaces n ON n.oid = d.dictnamespace
), defaults AS (
    SELECT d.*, format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s ', pg_get_userbyid(d.defaclrole),
                       ' IN SCHEMA ' || quote_ident(n.nspname)) AS start, k.word
    FROM pg_default_acl d
    LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
    JOIN (VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'FUNCTIONS'), ('T', 'TYPES'), ('n', 'SCHEMAS')) k (type, word)
        ON k.type::"char" = d.defaclobjtype
), statements AS (
    SELECT d.step, d.word, d.name, format('DROP %s IF EXISTS %s CASCADE;', d.word, d.name) AS statement
    FROM drops d
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = d.class AND m.objid = d.id)
    UNION ALL
    SELECT DISTINCT -2, d.word, d.start, format('%sREVOKE ALL ON %s FROM %s;', d.start, d.word,
                                                CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
    FROM defaults d
    CROSS JOIN LATERAL aclexplode(d.defaclacl) a
    UNION ALL
    -- Those of the whole database stand in the place of the usual ones.
    SELECT -1, d.word, d.start, format('%sGRANT %s ON %s TO %s;', d.start, u.privilege_type, d.word,
                                       CASE u.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(u.grantee)) END)
    FROM defaults d
    CROSS JOIN LATERAL aclexplode(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) u
    WHERE d.defaclnamespace = 0
)
SELECT s.statement
FROM statements s
ORDER BY s.step, s.word, s.name, s.statement
