-- Extended statistics.
CREATE SCHEMA app;
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select $1 * 2';
CREATE TABLE places (city text, zip text, "co untry" text, n integer);
CREATE TABLE app.places (city text, zip text);
CREATE STATISTICS all_kinds ON city, zip FROM places;
CREATE STATISTICS app."Some; kinds" (dependencies, ndistinct) ON zip, "co untry" FROM places;
CREATE STATISTICS elsewhere (mcv) ON city, zip FROM app.places;
CREATE STATISTICS expressions (mcv) ON lower(city), twice(n), zip FROM places;
CREATE STATISTICS one_expression ON (n + 1) FROM places;
ALTER STATISTICS elsewhere SET STATISTICS 250;
ALTER STATISTICS one_expression SET STATISTICS 0;
COMMENT ON STATISTICS app."Some; kinds" IS 'two of them';
