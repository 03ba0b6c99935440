-- Composite types, range types, and types of types.
CREATE SCHEMA app;
CREATE COLLATION app.german (provider = icu, locale = 'de-DE');
CREATE TYPE zz_inner AS (a integer, "B b" text COLLATE "C", c varchar(5)[], d numeric(10, 2));
CREATE TYPE aa_outer AS (i zz_inner, l zz_inner[], n text COLLATE app.german);
CREATE TYPE empty AS ();
CREATE TYPE app."Type; of ""mine""" AS (x aa_outer);
COMMENT ON TYPE aa_outer IS 'it has one of the other';
COMMENT ON COLUMN aa_outer.l IS 'many ''of'' them';
COMMENT ON COLUMN app."Type; of ""mine""".x IS 'x is in it';
CREATE FUNCTION app.float_distance(double precision, double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE AS 'select $1 - $2';
CREATE TYPE floats AS RANGE (subtype = float8, subtype_diff = app.float_distance);
CREATE TYPE app.texts AS RANGE (subtype = text, collation = "C", multirange_type_name = app.many_texts,
    subtype_opclass = text_pattern_ops);
CREATE TYPE plain_texts AS RANGE (subtype = text);
COMMENT ON TYPE floats IS 'a range';
-- A type that has lost an attribute, and got one.
CREATE TYPE changed AS (gone integer, kept integer);
ALTER TYPE changed DROP ATTRIBUTE gone;
ALTER TYPE changed ADD ATTRIBUTE added text COLLATE "POSIX";
CREATE TYPE app.mood AS ENUM ('a', 'b''c', '');
CREATE TYPE feels AS (m app.mood[], n app.mood);
CREATE TABLE has_types (
    id integer PRIMARY KEY,
    a aa_outer,
    b app."Type; of ""mine"""[],
    c floats,
    d app.texts[],
    e app.many_texts,
    f empty,
    g feels);
-- A table's own type, in another table and in a type.
CREATE TABLE a_user (id integer PRIMARY KEY, t has_types, l has_types[]);
CREATE TYPE of_tables AS (h has_types);
