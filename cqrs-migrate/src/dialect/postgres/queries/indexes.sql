-- One row for each part of each index that is not a constraint's: key parts in order, then included columns. What is the
-- default (operator class, collation) is null.
-- $1: the schemas to read, or the tables.
SELECT
    i.indrelid::int8 AS table_id,
    i.indexrelid::int8 AS index_id,
    c.relname::text,
    i.indisunique AS is_unique,
    m.amname::text AS method,
    pg_get_expr(i.indpred, i.indrelid) AS predicate,
    i.indnullsnotdistinct AS nulls_not_distinct, -- since 15
    false AS nulls_not_distinct, -- before 15
    c.reloptions AS parameters,
    s.spcname::text AS tablespace,
    i.indisvalid AND i.indisready AS is_valid,
    c.relkind = 'I' AS is_partitioned,
    i.indisclustered AS is_clustered,
    i.indisreplident AS is_replica_identity,
    d.description AS comment,
    p.attnum,
    p.attnum > i.indnkeyatts AS is_included,
    a.attname::text AS column_name,
    CASE WHEN a.attname IS NULL THEN pg_get_indexdef(i.indexrelid, p.attnum, false) END AS expression,
    coalesce(i.indoption[p.attnum - 1] & 1 = 1, false) AS is_descending,
    coalesce(i.indoption[p.attnum - 1] & 2 = 2, false) AS is_nulls_first,
    CASE WHEN NOT pg_opclass_is_visible(o.oid) THEN opn.nspname::text END AS operator_class_schema,
    o.opcname::text AS operator_class,
    p.attoptions AS operator_class_parameters,
    CASE WHEN NOT pg_collation_is_visible(l.oid) THEN ln.nspname::text END AS collation_schema,
    l.collname::text AS collation,
    CASE WHEN p.attstattarget >= 0 THEN p.attstattarget::int4 END AS statistics
FROM pg_class r
JOIN pg_index i ON i.indrelid = r.oid
LEFT JOIN pg_constraint k ON k.conrelid = r.oid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am m ON m.oid = c.relam
JOIN pg_attribute p ON p.attrelid = i.indexrelid AND p.attnum > 0
LEFT JOIN pg_attribute a
    ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.attnum - 1] AND a.attnum <> 0
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
LEFT JOIN pg_opclass standard
    ON standard.opcmethod = c.relam
    AND standard.opcdefault
    AND standard.opcintype = coalesce(a.atttypid, p.atttypid)
LEFT JOIN pg_opclass o
    ON o.oid = i.indclass[p.attnum - 1]
    AND p.attnum <= i.indnkeyatts
    AND (p.attoptions IS NOT NULL OR NOT o.opcdefault OR standard.oid <> o.oid)
LEFT JOIN pg_namespace opn ON opn.oid = o.opcnamespace
LEFT JOIN pg_collation l
    ON l.oid = i.indcollation[p.attnum - 1]
    AND p.attnum <= i.indnkeyatts
    AND l.oid <> coalesce(a.attcollation, 'pg_catalog."default"'::regcollation) -- since 13
    AND l.oid <> coalesce(a.attcollation, 100) -- before 13
LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
WHERE r.relkind IN ('r', 'p', 'm')
  AND r.relnamespace = ANY ($1) -- all
  AND r.oid = ANY ($1) -- chosen
  AND k.oid IS NULL
ORDER BY i.indrelid, c.relname, p.attnum
