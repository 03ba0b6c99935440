-- A collation that a column has cannot become another one, and that is refused.
-- properties: collation: locale

-- == before ==
CREATE COLLATION bytes (provider = libc, locale = 'C');
CREATE TABLE jars (id int PRIMARY KEY, name text COLLATE bytes);

-- == after ==
CREATE COLLATION bytes (provider = libc, locale = 'POSIX');
CREATE TABLE jars (id int PRIMARY KEY, name text COLLATE bytes);
