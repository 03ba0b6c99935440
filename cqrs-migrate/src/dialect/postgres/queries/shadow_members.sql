-- Whether something that belongs to an extension has other privileges than it got with it.
WITH members AS MATERIALIZED (
    SELECT d.classid, d.objid FROM pg_depend d WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
), privileges AS (
    SELECT 'pg_class'::regclass AS class, c.oid AS id, 0 AS part, c.relacl AS acl FROM pg_class c
    UNION ALL
    SELECT 'pg_class'::regclass, a.attrelid, a.attnum, a.attacl FROM pg_attribute a WHERE a.attacl IS NOT NULL
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 0, p.proacl FROM pg_proc p
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 0, t.typacl FROM pg_type t
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, 0, n.nspacl FROM pg_namespace n
)
SELECT EXISTS (
    SELECT FROM privileges p
    JOIN members m ON m.classid = p.class AND m.objid = p.id
    LEFT JOIN pg_init_privs i ON i.classoid = p.class AND i.objoid = p.id AND i.objsubid = p.part
    WHERE p.acl IS DISTINCT FROM i.initprivs)
