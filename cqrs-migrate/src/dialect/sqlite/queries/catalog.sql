-- Every object of the main database, in the order of making: its kind (`table`, `virtual`, `shadow`, `view`, `index`,
-- `trigger`), its name, the table that it belongs to, and the statement that made it. Without SQLite's own objects and
-- the indexes behind constraints.
SELECT coalesce(listed.type, made.type), made.name, made.tbl_name, made.sql
FROM main.sqlite_schema AS made
LEFT JOIN pragma_table_list AS listed
    ON listed.schema = 'main' AND listed.name = made.name AND made.type = 'table'
WHERE made.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND made.sql IS NOT NULL
ORDER BY made.rowid
