-- Functions, window functions, procedures and aggregates. The server prints all but aggregates itself, with the schema
-- before the name even where it is the default one. Functions that came with another object (the constructors of a range
-- type) are left out.
, routines AS (
    SELECT p.oid, p.prokind, p.proname, p.pronargs, n.schema, n.full_name, n.prefix,
           format('(%s)', oidvectortypes(p.proargtypes)) AS signature,
           ARRAY(
               SELECT format('DEPENDS ON EXTENSION %I', e.extname)
               FROM pg_depend d
               JOIN pg_extension e ON e.oid = d.refobjid
               WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                 AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x') AS options
    FROM pg_proc p
    JOIN namespaces n ON n.oid = p.pronamespace
    WHERE NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
), functions AS (
    SELECT p.oid, n.prefix || quote_ident(p.proname) AS sql
    FROM pg_proc p
    JOIN names n ON n.oid = p.pronamespace
), printed AS (
    SELECT r.*, pg_get_functiondef(r.oid) AS definition,
           format('CREATE OR REPLACE %s ', CASE r.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END) AS head,
           format('%I.', r.full_name) AS qualifier
    FROM routines r
    WHERE r.prokind <> 'a'
)
-- where routines
SELECT 'pg_proc'::regclass::oid AS class, p.oid AS id,
       CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
       p.schema, p.proname::text AS name, NULL::text AS table_name, p.signature,
       CASE WHEN p.schema IS NULL AND starts_with(p.definition, p.head || p.qualifier)
           THEN p.head || substr(p.definition, length(p.head || p.qualifier) + 1)
           ELSE p.definition END AS definition,
       p.options
FROM printed p
-- where routines
SELECT 'pg_proc'::regclass::oid, r.oid, 'aggregate', r.schema, r.proname::text, NULL,
       CASE r.pronargs WHEN 0 THEN '(*)' ELSE r.signature END,
       format('CREATE AGGREGATE %s%I(%s) (%s)', r.prefix, r.proname,
              CASE r.pronargs WHEN 0 THEN '*' ELSE pg_get_function_arguments(r.oid) END, concat_ws(',',
           (SELECT E'\n    SFUNC = ' || f.sql FROM functions f WHERE f.oid = a.aggtransfn),
           E'\n    STYPE = ' || format_type(a.aggtranstype, NULL),
           E'\n    SSPACE = ' || nullif(a.aggtransspace, 0),
           (SELECT E'\n    FINALFUNC = ' || f.sql FROM functions f WHERE f.oid = a.aggfinalfn),
           CASE WHEN a.aggfinalextra THEN E'\n    FINALFUNC_EXTRA' END,
           CASE WHEN a.aggfinalmodify <> usual.modify
               THEN E'\n    FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify
                   WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
           (SELECT E'\n    COMBINEFUNC = ' || f.sql FROM functions f WHERE f.oid = a.aggcombinefn),
           (SELECT E'\n    SERIALFUNC = ' || f.sql FROM functions f WHERE f.oid = a.aggserialfn),
           (SELECT E'\n    DESERIALFUNC = ' || f.sql FROM functions f WHERE f.oid = a.aggdeserialfn),
           E'\n    INITCOND = ' || quote_literal(a.agginitval),
           (SELECT E'\n    MSFUNC = ' || f.sql FROM functions f WHERE f.oid = a.aggmtransfn),
           (SELECT E'\n    MINVFUNC = ' || f.sql FROM functions f WHERE f.oid = a.aggminvtransfn),
           CASE WHEN a.aggmtranstype <> 0 THEN E'\n    MSTYPE = ' || format_type(a.aggmtranstype, NULL) END,
           E'\n    MSSPACE = ' || nullif(a.aggmtransspace, 0),
           (SELECT E'\n    MFINALFUNC = ' || f.sql FROM functions f WHERE f.oid = a.aggmfinalfn),
           CASE WHEN a.aggmfinalextra THEN E'\n    MFINALFUNC_EXTRA' END,
           CASE WHEN a.aggmtransfn <> 0 AND a.aggmfinalmodify <> usual.modify
               THEN E'\n    MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify
                   WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
           E'\n    MINITCOND = ' || quote_literal(a.aggminitval),
           (
               SELECT format(E'\n    SORTOP = OPERATOR(%I.%s)', n.nspname, o.oprname)
               FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
               WHERE o.oid = a.aggsortop),
           CASE p.proparallel WHEN 's' THEN E'\n    PARALLEL = SAFE' WHEN 'r' THEN E'\n    PARALLEL = RESTRICTED' END,
           CASE a.aggkind WHEN 'h' THEN E'\n    HYPOTHETICAL' END)),
       r.options
FROM routines r
JOIN pg_aggregate a ON a.aggfnoid = r.oid
JOIN pg_proc p ON p.oid = r.oid
CROSS JOIN LATERAL (SELECT CASE a.aggkind WHEN 'n' THEN 'r'::"char" ELSE 'w'::"char" END AS modify) usual
