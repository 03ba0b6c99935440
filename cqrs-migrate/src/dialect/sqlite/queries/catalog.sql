-- Every object of the main database: its number in the order of making, its kind (`table`, `view`, `index`, `trigger`), its
-- name, the table or view that it belongs to, how many characters the statement has that made it, each as a JSON array, and
-- the statements, one behind the other: one row in all, because every row costs the driver a good deal more than its text.
-- Without SQLite's own objects and the indexes behind constraints, which have no statement. From 3.33 on, for the name of
-- the catalog.
SELECT
    json_group_array(rowid),
    json_group_array(type),
    json_group_array(name),
    json_group_array(tbl_name),
    json_group_array(length(sql)),
    coalesce(group_concat(sql, ''), '')
FROM main.sqlite_schema
WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND sql IS NOT NULL
