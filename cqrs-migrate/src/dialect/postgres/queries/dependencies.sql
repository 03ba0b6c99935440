-- One row for each object and each other object that it needs, from `pg_depend`: the catalog table and the number of both,
-- the names of tables, views and enums, and which columns of the other one. What is a part of a table (an index, a
-- default, a constraint) or of a view (its query) speaks for the whole; foreign keys are left out, because they can be
-- made later. A member of an extension is the extension. The server's own objects have numbers below 16384, and nothing
-- depends on them here. $1: the only schema to read, or null for all; $2: the default schema; $3: the tables to read, or
-- null for all.
WITH members AS MATERIALIZED (
    SELECT d.classid, d.objid, d.refobjid AS extension
    FROM pg_depend d
    WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
), needs AS MATERIALIZED (
    -- Of the automatic dependencies, those of a part on its own whole are left out.
    -- https://www.postgresql.org/docs/current/catalog-pg-depend.html
    SELECT d.classid, d.objid, d.refclassid, d.refobjid, d.refobjsubid
    FROM pg_depend d
    LEFT JOIN pg_namespace n ON d.refclassid = 'pg_namespace'::regclass AND n.oid = d.refobjid
    WHERE (d.refobjid >= 16384 OR n.nspname = 'public')
      AND n.nspname IS DISTINCT FROM $2
      -- Only a foreign key refers to a column of another table; the rest of them goes below.
      AND NOT (d.classid = 'pg_constraint'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid <> 0)
      AND (d.deptype IN ('n', 'x')
           OR d.deptype = 'a' AND d.classid IN (
               'pg_trigger'::regclass, 'pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_statistic_ext'::regclass,
               'pg_opclass'::regclass))
), types AS (
    -- The type that a type is made with: an array with its element, a multirange with its range, a row type with its table.
    SELECT t.oid,
           CASE WHEN c.relkind IS NULL OR c.relkind = 'c' THEN 'pg_type'::regclass ELSE 'pg_class'::regclass END AS class,
           CASE WHEN c.relkind IS NULL OR c.relkind = 'c' THEN base.oid ELSE c.oid END AS id
    FROM pg_type t
    LEFT JOIN pg_type element ON element.oid = t.typelem AND element.typarray = t.oid
    LEFT JOIN pg_range r ON r.rngmultitypid = coalesce(element.oid, t.oid) -- since 14
    JOIN pg_type base ON base.oid = coalesce(r.rngtypid, element.oid, t.oid) -- since 14
    JOIN pg_type base ON base.oid = coalesce(element.oid, t.oid) -- before 14
    LEFT JOIN pg_class c ON c.oid = base.typrelid
    WHERE t.oid >= 16384
), wholes AS (
    SELECT 'pg_class'::regclass::oid AS part_class, i.indexrelid AS part, 'pg_class'::regclass::oid AS class, i.indrelid AS id
    FROM pg_index i
    WHERE i.indexrelid >= 16384
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, 'pg_type'::regclass, c.reltype FROM pg_class c WHERE c.relkind = 'c'
    UNION ALL
    SELECT 'pg_attrdef'::regclass, a.oid, 'pg_class'::regclass, a.adrelid FROM pg_attrdef a
    UNION ALL
    SELECT 'pg_constraint'::regclass, k.oid,
           CASE k.conrelid WHEN 0 THEN 'pg_type'::regclass ELSE 'pg_class'::regclass END,
           CASE k.conrelid WHEN 0 THEN k.contypid ELSE k.conrelid END
    FROM pg_constraint k
    WHERE k.contype <> 'f' AND k.oid >= 16384
    UNION ALL
    SELECT 'pg_rewrite'::regclass, w.oid, 'pg_class'::regclass, w.ev_class FROM pg_rewrite w WHERE w.rulename = '_RETURN'
    UNION ALL
    SELECT d.classid, d.objid, d.refclassid, d.refobjid
    FROM pg_depend d
    WHERE d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass)
      AND d.refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass) AND d.objid >= 16384
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, t.class, t.id FROM types t
), resolved AS (
    SELECT coalesce(u.class, n.classid) AS user_class, coalesce(u.id, n.objid) AS user_id,
           CASE WHEN m.extension IS NULL THEN coalesce(o.class, n.refclassid) ELSE 'pg_extension'::regclass END AS on_class,
           coalesce(m.extension, o.id, n.refobjid) AS on_id, n.refobjid, n.refobjsubid
    FROM needs n
    LEFT JOIN wholes u ON u.part_class = n.classid AND u.part = n.objid
    LEFT JOIN wholes o ON o.part_class = n.refclassid AND o.part = n.refobjid
    LEFT JOIN members m ON m.classid = coalesce(o.class, n.refclassid) AND m.objid = coalesce(o.id, n.refobjid)
    WHERE (n.classid <> 'pg_constraint'::regclass OR u.id IS NOT NULL)
      AND NOT EXISTS (
        SELECT FROM members um
        WHERE um.classid = coalesce(u.class, n.classid) AND um.objid = coalesce(u.id, n.objid))
), relations AS (
    SELECT 'pg_class'::regclass::oid AS class, c.oid AS id, nullif(n.nspname::text, $2) AS schema, c.relname::text AS name,
           CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.oid >= 16384
      AND ($1::text IS NULL OR n.nspname = $1)
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, nullif(n.nspname::text, $2), t.typname::text, 'enum'
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND t.oid >= 16384
      AND ($1::text IS NULL OR n.nspname = $1)
), distinct_needs AS (
    SELECT r.user_class, r.user_id, r.on_class, r.on_id,
           array_agg(DISTINCT column_name.text ORDER BY column_name.text) FILTER (WHERE column_name.text IS NOT NULL)
               AS columns
    FROM resolved r
    CROSS JOIN LATERAL (
        SELECT CASE WHEN r.refobjsubid <> 0 AND r.on_class = 'pg_class'::regclass THEN (
            SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = r.refobjid AND a.attnum = r.refobjsubid)
        END AS text) column_name
    WHERE (r.user_class, r.user_id) <> (r.on_class, r.on_id)
    GROUP BY 1, 2, 3, 4
)
SELECT d.user_class::int8, d.user_id::int8, u.kind AS user_kind, u.schema AS user_schema, u.name AS user_name,
       d.on_class::int8, d.on_id::int8, o.kind AS on_kind, o.schema AS on_schema, o.name AS on_name,
       coalesce(d.columns, ARRAY[]::text[]) AS columns
FROM distinct_needs d
LEFT JOIN relations u ON u.class = d.user_class AND u.id = d.user_id
LEFT JOIN relations o ON o.class = d.on_class AND o.id = d.on_id
WHERE $3::int8[] IS NULL OR d.user_class <> 'pg_class'::regclass OR d.user_id::int8 = ANY ($3)
