-- One row for each column of a view. The type is that of the column of a table that it stands for, and empty of anything
-- else; whether it may be null, SQLite does not tell.
SELECT NULL, v.name, c.name, c.type, NULL
FROM sqlite_schema v
JOIN pragma_table_info(v.name) c
WHERE v.type = 'view'
