-- A collation that a column has cannot become another one, and that is refused.
-- properties: collation: locale

-- == before ==
CREATE COLLATION bytes (provider = libc, locale = 'C');
CREATE TABLE jars (id int PRIMARY KEY, name text COLLATE bytes);

-- == after ==
CREATE COLLATION bytes (provider = libc, locale = 'POSIX');
CREATE TABLE jars (id int PRIMARY KEY, name text COLLATE bytes);

-- == before to after ==
-- refused: not supported: another collation `bytes` under the parts of `jars` on PostgreSQL: it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one

-- == after to before ==
-- refused: not supported: another collation `bytes` under the parts of `jars` on PostgreSQL: it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one
