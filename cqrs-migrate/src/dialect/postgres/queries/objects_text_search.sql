-- Text search dictionaries and configurations. What a configuration does with each kind of token is a clause.
-- where text search dictionaries
SELECT 'pg_ts_dict'::regclass::oid AS class, d.oid AS id, 'text search dictionary' AS kind, n.schema,
       d.dictname::text AS name, NULL::text AS table_name, NULL::text AS signature,
       format('CREATE TEXT SEARCH DICTIONARY %s%I (%s)', n.prefix, d.dictname, concat_ws(', ',
           format('TEMPLATE = %s%I', tn.prefix, t.tmplname), d.dictinitoption)) AS definition,
       ARRAY[]::text[] AS options
FROM pg_ts_dict d
JOIN namespaces n ON n.oid = d.dictnamespace
JOIN pg_ts_template t ON t.oid = d.dicttemplate
JOIN names tn ON tn.oid = t.tmplnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_ts_dict'::regclass AND m.objid = d.oid) -- with extensions
-- where text search configurations
SELECT 'pg_ts_config'::regclass::oid, c.oid, 'text search configuration', n.schema, c.cfgname::text, NULL, NULL,
       format('CREATE TEXT SEARCH CONFIGURATION %s%I (PARSER = %s%I)', n.prefix, c.cfgname, pn.prefix, p.prsname),
       ARRAY(
           SELECT format('ADD MAPPING FOR %I WITH %s', k.alias,
                         string_agg(dn.prefix || quote_ident(d.dictname), ', ' ORDER BY m.mapseqno))
           FROM pg_ts_config_map m
           JOIN pg_ts_dict d ON d.oid = m.mapdict
           JOIN names dn ON dn.oid = d.dictnamespace
           JOIN ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype
           WHERE m.mapcfg = c.oid
           GROUP BY k.alias)
FROM pg_ts_config c
JOIN namespaces n ON n.oid = c.cfgnamespace
JOIN pg_ts_parser p ON p.oid = c.cfgparser
JOIN names pn ON pn.oid = p.prsnamespace
WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_ts_config'::regclass AND m.objid = c.oid) -- with extensions
