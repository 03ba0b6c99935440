-- Every object of the main database: its number in the order of making, its kind (`table`, `view`, `index`, `trigger`), its
-- name, the table or view that it belongs to, and the statement that made it, all as one JSON array, because every row
-- costs the driver a good deal more than its text. Without SQLite's own objects and the indexes behind constraints, which
-- have no statement. From 3.33 on, for the name of the catalog.
SELECT json_group_array(json_array(rowid, type, name, tbl_name, sql))
FROM main.sqlite_schema
WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND sql IS NOT NULL
