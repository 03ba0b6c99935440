-- Every object of the main database, in the order of making: its kind (`table`, `view`, `index`, `trigger`), its name, the
-- table or view that it belongs to, and the statement that made it. Without SQLite's own objects and the indexes behind
-- constraints, which have no statement. From 3.33 on, for the name of the catalog.
SELECT type, name, tbl_name, sql
FROM main.sqlite_schema
WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND sql IS NOT NULL
ORDER BY rowid
