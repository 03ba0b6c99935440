-- What no statement tells: the tables that virtual tables keep their rows in (`shadow`), and the columns of every view that
-- works, in order (`column`, with the view in front). A view that no longer works has no columns, and asking for them would
-- be an error. And the modules of virtual tables that this build of SQLite has (`module`). From 3.37 on.
SELECT 'shadow', name, name, 0
FROM pragma_table_list
WHERE schema = 'main' AND type = 'shadow'
UNION ALL
SELECT 'module', name, name, 0
FROM pragma_module_list
UNION ALL
SELECT 'column', listed.name, shown.name, shown.cid
FROM pragma_table_list AS listed, pragma_table_info(listed.name, 'main') AS shown
WHERE listed.schema = 'main' AND listed.type = 'view' AND listed.ncol > 0
ORDER BY 1, 2, 4
