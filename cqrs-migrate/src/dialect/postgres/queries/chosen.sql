-- One row for each table or view out of a list of names, for what these inherit from, for the tables that they refer to
-- by foreign key, and for what those inherit from.
-- $1: the schemas to read; $2: the schemas of the names; $3: the names.
WITH RECURSIVE chosen AS (
    SELECT c.oid
    FROM unnest($2::text[], $3::text[]) AS wanted (schema, name)
    JOIN pg_namespace n ON n.nspname = wanted.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
    WHERE c.relkind IN ('r', 'p', 'v', 'm')
      AND n.oid = ANY ($1::oid[])
), parents AS (
    SELECT oid FROM chosen
    UNION
    SELECT i.inhparent FROM parents p JOIN pg_inherits i ON i.inhrelid = p.oid
), referenced AS (
    SELECT oid FROM parents
    UNION
    SELECT k.confrelid FROM parents p JOIN pg_constraint k ON k.conrelid = p.oid AND k.contype = 'f' AND k.conparentid = 0
), related AS (
    SELECT oid FROM referenced
    UNION
    SELECT i.inhparent FROM related r JOIN pg_inherits i ON i.inhrelid = r.oid
)
SELECT oid FROM related
