-- One row for each part of each index that is not a constraint's: key parts in order, then included columns. What is the
-- default (operator class, collation) is null.
-- $1: the only schema to read, or null for all.
SELECT
    i.indrelid::int8 AS table_id,
    i.indexrelid::int8 AS index_id,
    c.relname::text AS name,
    i.indisunique AS is_unique,
    m.amname::text AS method,
    pg_get_expr(i.indpred, i.indrelid) AS predicate,
    i.indnullsnotdistinct AS nulls_not_distinct, -- since 15
    false AS nulls_not_distinct, -- before 15
    p.position > i.indnkeyatts AS is_included,
    a.attname::text AS column_name,
    CASE WHEN a.attname IS NULL THEN pg_get_indexdef(i.indexrelid, p.position, false) END AS expression,
    coalesce(i.indoption[p.position - 1] & 1 = 1, false) AS descending,
    coalesce(i.indoption[p.position - 1] & 2 = 2, false) AS nulls_first,
    CASE WHEN NOT pg_opclass_is_visible(o.oid) THEN opn.nspname::text END AS operator_class_schema,
    o.opcname::text AS operator_class,
    CASE WHEN NOT pg_collation_is_visible(l.oid) THEN ln.nspname::text END AS collation_schema,
    l.collname::text AS collation
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class r ON r.oid = i.indrelid AND r.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = r.relnamespace
JOIN pg_am m ON m.oid = c.relam
CROSS JOIN LATERAL generate_series(1, i.indnatts::int4) AS p (position)
JOIN pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = p.position
LEFT JOIN pg_attribute a
    ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.position - 1] AND a.attnum <> 0
LEFT JOIN pg_opclass o
    ON o.oid = i.indclass[p.position - 1]
    AND p.position <= i.indnkeyatts
    AND (NOT o.opcdefault OR EXISTS (
        SELECT FROM pg_opclass other
        WHERE other.opcmethod = o.opcmethod
          AND other.opcdefault
          AND other.opcintype = coalesce(a.atttypid, ia.atttypid)
          AND other.oid <> o.oid
          AND o.opcintype <> other.opcintype))
LEFT JOIN pg_namespace opn ON opn.oid = o.opcnamespace
LEFT JOIN pg_collation l
    ON l.oid = i.indcollation[p.position - 1]
    AND p.position <= i.indnkeyatts
    AND l.oid <> coalesce(a.attcollation, 'pg_catalog."default"'::regcollation) -- since 13
    AND l.oid <> coalesce(a.attcollation, 100) -- before 13
LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
WHERE CASE WHEN $1::text IS NULL
      THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = $1 END
  AND NOT EXISTS (
      SELECT FROM pg_constraint k
      WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, c.relname, p.position
