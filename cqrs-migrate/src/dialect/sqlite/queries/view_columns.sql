-- The columns of every view, in order: the view's name and the column's.
SELECT made.name, listed.name
FROM main.sqlite_schema AS made, pragma_table_info(made.name, 'main') AS listed
WHERE made.type = 'view'
ORDER BY made.rowid, listed.cid
