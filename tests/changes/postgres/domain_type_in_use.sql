-- A domain over another type, while columns are of it, is refused.
-- properties: domain: type

-- == before ==
CREATE DOMAIN percent AS int;
CREATE TABLE jars (id int PRIMARY KEY, full_to percent);

-- == after ==
CREATE DOMAIN percent AS numeric(5,2);
CREATE TABLE jars (id int PRIMARY KEY, full_to percent);

-- == before to after ==
-- refused: not supported: another domain `percent` under the parts of `jars` on PostgreSQL: it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one

-- == after to before ==
-- refused: not supported: another domain `percent` under the parts of `jars` on PostgreSQL: it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one
