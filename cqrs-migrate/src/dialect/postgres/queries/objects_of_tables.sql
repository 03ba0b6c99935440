-- Triggers, rules, policies and extended statistics. The server prints the schema of a trigger's or rule's table, and of
-- statistics, even where it is the default one. A partition's copies of its parent's triggers are left out.
, relations AS (
    SELECT c.oid, c.relname, n.schema, n.prefix || quote_ident(c.relname) AS sql
    FROM pg_class c
    JOIN namespaces n ON n.oid = c.relnamespace
    CROSS JOIN scope s
    WHERE c.relkind IN ('r', 'p', 'v', 'm')
      AND (s.tables IS NULL OR c.oid = ANY (s.tables))
)
-- where triggers
SELECT 'pg_trigger'::regclass::oid AS class, t.oid AS id, 'trigger' AS kind, r.schema, t.tgname::text AS name,
       r.relname::text AS table_name, NULL::text AS signature,
       pg_get_triggerdef(t.oid) AS definition,
       ARRAY(
           SELECT CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END
           WHERE t.tgenabled <> 'O'
           UNION ALL
           SELECT format('DEPENDS ON EXTENSION %I', e.extname)
           FROM pg_depend d
           JOIN pg_extension e ON e.oid = d.refobjid
           WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid
             AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x') AS options
FROM pg_trigger t
JOIN relations r ON r.oid = t.tgrelid
WHERE NOT t.tgisinternal
  AND t.tgparentid = 0 -- since 13
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass AND m.objid = t.tgrelid) -- with extensions
-- where rules
SELECT 'pg_rewrite'::regclass::oid, w.oid, 'rule', r.schema, w.rulename::text, r.relname::text, NULL,
       pg_get_ruledef(w.oid),
       ARRAY(
           SELECT CASE w.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END
           WHERE w.ev_enabled <> 'O')
FROM pg_rewrite w
JOIN relations r ON r.oid = w.ev_class
WHERE w.rulename <> '_RETURN'
  AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass AND m.objid = w.ev_class) -- with extensions
-- where policies
SELECT 'pg_policy'::regclass::oid, p.oid, 'policy', r.schema, p.polname::text, r.relname::text, NULL,
       format('CREATE POLICY %I ON %s%s%s TO %s%s%s', p.polname, r.sql,
              CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END,
              CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE'
                            WHEN 'd' THEN ' FOR DELETE' ELSE '' END,
              CASE WHEN p.polroles = '{0}' THEN 'PUBLIC'
                   ELSE (SELECT string_agg(quote_ident(g.rolname), ', ' ORDER BY g.rolname)
                         FROM pg_roles g WHERE g.oid = ANY (p.polroles)) END,
              ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
              ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
       ARRAY[]::text[]
FROM pg_policy p
JOIN relations r ON r.oid = p.polrelid
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass AND m.objid = p.polrelid) -- with extensions
-- where statistics
SELECT 'pg_statistic_ext'::regclass::oid, s.oid, 'statistics', n.schema, s.stxname::text, NULL, NULL,
       pg_get_statisticsobjdef(s.oid),
       ARRAY(SELECT format('SET STATISTICS %s', s.stxstattarget) WHERE s.stxstattarget >= 0) -- since 13
       ARRAY[]::text[] -- before 13
FROM pg_statistic_ext s
JOIN namespaces n ON n.oid = s.stxnamespace
JOIN relations r ON r.oid = s.stxrelid
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass AND m.objid = s.stxrelid) -- with extensions
