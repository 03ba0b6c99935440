-- One row for each character set: the collation that it has where none is named. Servers before MariaDB 10.6.11, and
-- MySQL, print a collation only where it is another one.
SELECT CAST(CHARACTER_SET_NAME AS CHAR) AS name, CAST(DEFAULT_COLLATE_NAME AS CHAR) AS collation
FROM information_schema.CHARACTER_SETS
