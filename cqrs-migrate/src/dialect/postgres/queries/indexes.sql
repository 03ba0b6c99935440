-- One row for each index, those of constraints too. Where all its parts are columns, their numbers say it all; where one is
-- an expression, there is also what the server prints of each part, and its type. Collations are named where one is neither
-- the database's own nor none (100 and 0).
-- $1: the schemas to read, or the tables.
SELECT
    i.indrelid,
    i.indexrelid,
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
    CASE WHEN c.relispartition THEN (
        SELECT p.relname::text FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent
        WHERE h.inhrelid = i.indexrelid) END AS part_of,
    i.indisclustered AS is_clustered,
    i.indisreplident AS is_replica_identity,
    i.indnkeyatts AS key_parts,
    i.indkey::text AS columns,
    i.indclass::text AS operator_classes,
    i.indoption::text AS orders,
    i.indcollation::text AS collations,
    CASE WHEN NOT i.indcollation::oid[] <@ '{0,100}' THEN ARRAY(
        SELECT CASE WHEN NOT pg_collation_is_visible(l.oid) THEN n.nspname::text END
        FROM unnest(i.indcollation::oid[]) WITH ORDINALITY AS p (collation_id, position)
        LEFT JOIN pg_collation l ON l.oid = p.collation_id
        LEFT JOIN pg_namespace n ON n.oid = l.collnamespace
        ORDER BY p.position) END AS collation_schemas,
    CASE WHEN NOT i.indcollation::oid[] <@ '{0,100}' THEN ARRAY(
        SELECT l.collname::text
        FROM unnest(i.indcollation::oid[]) WITH ORDINALITY AS p (collation_id, position)
        LEFT JOIN pg_collation l ON l.oid = p.collation_id
        ORDER BY p.position) END AS collation_names,
    CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
        SELECT pg_get_indexdef(i.indexrelid, n, false) FROM generate_series(1, i.indnkeyatts::int4) n ORDER BY n) END AS expressions,
    CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
        SELECT p.atttypid FROM pg_attribute p WHERE p.attrelid = i.indexrelid ORDER BY p.attnum) END AS types
FROM pg_class r
JOIN pg_index i ON i.indrelid = r.oid
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
WHERE r.relkind IN ('r', 'p', 'm')
  AND r.relnamespace = ANY ($1) -- all
  AND r.oid = ANY ($1) -- chosen
