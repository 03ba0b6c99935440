-- One row for each primary key, unique constraint, foreign key, check and exclusion constraint of a table, not counting
-- the foreign keys that a partition or a referenced partition adds by itself, and the checks that are only inherited.
-- Numbers of columns are the table's own, those of a foreign key's other columns the other table's.
-- $1: the schemas to read, or the tables.
SELECT
    c.oid,
    c.conrelid,
    c.conname::text,
    c.contype,
    c.conkey,
    c.conindid,
    c.confrelid,
    c.confkey,
    c.confmatchtype,
    c.confdeltype,
    c.confupdtype,
    c.confdelsetcols, -- since 15
    NULL::int2[] AS confdelsetcols, -- before 15
    c.condeferrable,
    c.condeferred,
    c.convalidated,
    c.connoinherit,
    c.conenforced, -- since 18
    c.conperiod, -- since 18
    true AS conenforced, -- before 18
    false AS conperiod, -- before 18
    CASE c.contype
        WHEN 'c' THEN pg_get_expr(c.conbin, c.conrelid)
        WHEN 'x' THEN pg_get_constraintdef(c.oid) END AS expression
FROM pg_class r
JOIN pg_constraint c ON c.conrelid = r.oid
WHERE r.relkind IN ('r', 'p')
  AND c.contype IN ('p', 'u', 'f', 'c', 'x')
  AND (c.contype <> 'f' OR c.conparentid = 0)
  AND (c.contype <> 'c' OR c.conislocal OR r.relispartition)
  AND r.relnamespace = ANY ($1) -- all
  AND r.oid = ANY ($1) -- chosen
