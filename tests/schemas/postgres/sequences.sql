-- Sequences that stand by themselves.
CREATE SCHEMA "Num bers";
CREATE SEQUENCE plain;
CREATE SEQUENCE "Num bers"."Down; ""1""" AS smallint INCREMENT BY -3 MINVALUE -30000 MAXVALUE -5 START WITH -7 CACHE 20 CYCLE;
CREATE SEQUENCE in_ints AS integer MINVALUE 0 START 0;
CREATE SEQUENCE backwards INCREMENT -1;
CREATE SEQUENCE widened AS bigint MAXVALUE 2147483647;
CREATE UNLOGGED SEQUENCE fast;
COMMENT ON SEQUENCE plain IS 'a ''plain'' one';
CREATE TABLE counted (
    id bigint PRIMARY KEY DEFAULT nextval('plain'),
    other integer DEFAULT nextval('"Num bers"."Down; ""1"""'::regclass),
    late integer DEFAULT nextval('plain'::text),
    sum integer DEFAULT (nextval('in_ints') + nextval('backwards')));
CREATE VIEW last_one AS SELECT last_value FROM plain;
CREATE FUNCTION next_one() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT nextval('in_ints'); END;
