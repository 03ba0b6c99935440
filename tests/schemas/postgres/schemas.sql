-- Schemas, and the same names in several of them.
CREATE SCHEMA a;
CREATE SCHEMA "B; ""c"".d";
CREATE SCHEMA empty_one;
COMMENT ON SCHEMA a IS 'the ''first''';
COMMENT ON SCHEMA public IS 'where everything is';
CREATE TYPE mood AS ENUM ('public');
CREATE TYPE a.mood AS ENUM ('a');
CREATE TYPE "B; ""c"".d".mood AS ENUM ('b');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
CREATE TABLE a.t (id integer PRIMARY KEY REFERENCES t, m a.mood DEFAULT 'a');
CREATE TABLE "B; ""c"".d".t (id integer PRIMARY KEY REFERENCES a.t, m "B; ""c"".d".mood[], o mood);
CREATE VIEW "B; ""c"".d".v AS SELECT x.id, y.m FROM t x JOIN a.t y USING (id) JOIN "B; ""c"".d".t z USING (id);
CREATE FUNCTION f(mood) RETURNS text LANGUAGE sql AS 'select $1::text';
CREATE FUNCTION a.f(a.mood) RETURNS text LANGUAGE sql AS 'select $1::text';
CREATE FUNCTION a.f(mood) RETURNS text LANGUAGE sql AS 'select $1::text';
CREATE FUNCTION "B; ""c"".d".f(a."mood") RETURNS "B; ""c"".d".t LANGUAGE sql AS 'select null::"B; ""c"".d".t';
