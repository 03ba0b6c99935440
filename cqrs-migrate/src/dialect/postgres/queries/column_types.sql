-- What the server calls types and collations: one row for each of a list, in its order. A collation is there only where it
-- is not the type's own, its schema only where it is not found without.
-- $1: the types; $2: their modifiers; $3: the collations.
SELECT
    format_type(w.type, w.modifier) AS name,
    t.typstorage AS storage,
    CASE WHEN NOT pg_collation_is_visible(l.oid) THEN n.nspname::text END AS collation_schema,
    l.collname::text AS collation
FROM unnest($1::oid[], $2::int4[], $3::oid[]) WITH ORDINALITY AS w (type, modifier, collation_id, position)
LEFT JOIN pg_type t ON t.oid = w.type
LEFT JOIN pg_collation l ON l.oid = w.collation_id AND w.collation_id <> t.typcollation
LEFT JOIN pg_namespace n ON n.oid = l.collnamespace
ORDER BY w.position
