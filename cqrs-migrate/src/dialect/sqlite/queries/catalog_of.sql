-- What belongs to some tables, whose names are given as a JSON array, and to those that they refer to, directly or not:
-- as `catalog.sql`, without reading the statements of anything else.
WITH RECURSIVE wanted(name) AS (
    SELECT value COLLATE NOCASE FROM json_each(?1)
    UNION
    SELECT listed."table" COLLATE NOCASE FROM wanted, pragma_foreign_key_list(wanted.name, 'main') AS listed
)
SELECT
    json_group_array(rowid),
    json_group_array(type),
    json_group_array(name),
    json_group_array(tbl_name),
    json_group_array(length(sql)),
    coalesce(group_concat(sql, ''), '')
FROM main.sqlite_schema
WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND sql IS NOT NULL AND tbl_name COLLATE NOCASE IN (SELECT name FROM wanted)
