-- What a function gives that a table's defaults, checks and indexes use cannot change, and that is refused.
-- properties: function: result

-- == before ==
CREATE FUNCTION fine(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select n';
CREATE TABLE jars (id int PRIMARY KEY, n int DEFAULT fine(1));

-- == after ==
CREATE FUNCTION fine(n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'select n';
CREATE TABLE jars (id int PRIMARY KEY, n int DEFAULT fine(1));

-- == before to after ==
-- refused: not supported: another function `fine(integer)` under the parts of `jars` on PostgreSQL: it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one

-- == after to before ==
-- refused: not supported: another function `fine(integer)` under the parts of `jars` on PostgreSQL: it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one
