-- One row for each column of a view that works, in order. The type is that of the column of a table that it stands for, and
-- empty of anything else; whether it may be null, SQLite does not tell. From 3.37 on.
SELECT NULL, v.name, c.name, c.type, NULL
FROM pragma_table_list v
JOIN pragma_table_info(v.name, 'main') c
WHERE v.schema = 'main' AND v.type = 'view' AND v.ncol > 0
ORDER BY v.name, c.cid
