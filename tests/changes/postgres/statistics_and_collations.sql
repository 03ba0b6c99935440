-- Extended statistics, collations and text search objects.
-- properties: statistics, statistics: target, collation, text search

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, name text, room int, shelf int);

-- == with ==
CREATE COLLATION bytes (provider = libc, locale = 'C');
CREATE TABLE jars (id int PRIMARY KEY, name text COLLATE bytes, room int, shelf int);
CREATE STATISTICS together (dependencies) ON room, shelf FROM jars;
CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);

-- == altered ==
CREATE COLLATION bytes (provider = libc, locale = 'C');
COMMENT ON COLLATION bytes IS 'by number';
CREATE TABLE jars (id int PRIMARY KEY, name text COLLATE bytes, room bigint, shelf int);
CREATE STATISTICS together (dependencies, mcv) ON room, shelf, id FROM jars;
ALTER STATISTICS together SET STATISTICS 100;
COMMENT ON STATISTICS together IS 'they go together';
CREATE TEXT SEARCH CONFIGURATION plain (COPY = english);

-- == without to with ==
CREATE COLLATION bytes (provider = libc, locale = 'C');
CREATE TEXT SEARCH CONFIGURATION plain (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR asciihword WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR asciiword WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR hword WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR hword_asciipart WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR hword_part WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR uint WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION "plain" ADD MAPPING FOR word WITH simple;
ALTER TABLE "jars" ALTER COLUMN "name" TYPE text COLLATE "bytes";
CREATE STATISTICS together (dependencies) ON room, shelf FROM jars;

-- == with to altered ==
-- refused: not supported: another collation `bytes` under the parts of `jars` on PostgreSQL: it cannot be altered in place, and not be dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one

-- == altered to with ==
-- refused: not supported: another collation `bytes` under the parts of `jars` on PostgreSQL: it cannot be altered in place, and not be dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one

-- == with to without ==
DROP STATISTICS IF EXISTS "together";
DROP TEXT SEARCH CONFIGURATION IF EXISTS "plain";
ALTER TABLE "jars" ALTER COLUMN "name" TYPE text;
DROP COLLATION IF EXISTS "bytes";
