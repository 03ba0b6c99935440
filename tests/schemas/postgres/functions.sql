-- Functions and procedures: bodies of each kind, arguments of each kind, order of making.
CREATE SCHEMA "My App";
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE public.people (id integer PRIMARY KEY, name text, boss integer);
CREATE FUNCTION plain(a integer, b text DEFAULT 'public.people (x); $$ -- '';') RETURNS integer LANGUAGE sql
    IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 5 AS 'select $1';
CREATE FUNCTION plain(a text) RETURNS text LANGUAGE sql AS 'select $1';
CREATE FUNCTION "Odd ""name"""("Arg; 1" integer[], OUT "b c" text, INOUT d pair) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'My App', public SET work_mem = '4MB' SET "DateStyle" TO 'ISO, MDY'
    AS $_$ begin "b c" := $q$public.people$q$; /* public.plain(1) */ end $_$;
CREATE FUNCTION "My App".rows_of(VARIADIC ids integer[]) RETURNS SETOF public.people LANGUAGE sql STABLE ROWS 7
    AS $$ SELECT * FROM public.people WHERE id = ANY (ids) $$;
CREATE FUNCTION table_of(n integer) RETURNS TABLE (id integer, label text) LANGUAGE sql
    AS $$ select n, 'x' || chr(10) || '\' $$;
CREATE FUNCTION any_of(anyarray, anyelement, VARIADIC "any") RETURNS anyelement LANGUAGE internal AS 'array_append';
CREATE FUNCTION running_total(integer) RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_row_number';
-- A body that is parsed when it is made, and needs what is in it.
CREATE FUNCTION boss_of(who integer) RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT b.name FROM people p JOIN people b ON b.id = p.boss WHERE p.id = who);
CREATE FUNCTION z_first() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 7;
CREATE FUNCTION a_second() RETURNS integer LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT z_first() + 1; END;
-- A body that is text, and names what comes later or never.
SET check_function_bodies = off;
CREATE FUNCTION a_too_early() RETURNS bigint LANGUAGE sql AS 'select count(*) from zzz_later';
CREATE FUNCTION broken() RETURNS integer LANGUAGE plpgsql AS 'this is no program';
CREATE TABLE zzz_later (id integer);
CREATE PROCEDURE tidy(INOUT n integer DEFAULT 3, p text DEFAULT NULL) LANGUAGE plpgsql AS $$ begin commit; end $$;
CREATE PROCEDURE "My App".with_out(a integer, OUT b integer) LANGUAGE sql AS 'select a';
CREATE PROCEDURE parsed(a integer) LANGUAGE sql BEGIN ATOMIC INSERT INTO people (id) VALUES (a); DELETE FROM people; END;
CREATE FUNCTION line_ends() RETURNS text LANGUAGE plpgsql AS E'begin\r\n  return ''a'';\r\n\tend';
CREATE FUNCTION "überprüfe"("größe" integer) RETURNS boolean LANGUAGE sql AS $$ SELECT "größe" > 0 -- 日本 🐘
$$;
CREATE FUNCTION of_row(people) RETURNS text LANGUAGE sql STABLE AS 'select $1.name';
CREATE FUNCTION of_rows(people[]) RETURNS integer LANGUAGE sql STABLE AS 'select 1';
CREATE FUNCTION at_type(people.name%TYPE) RETURNS text LANGUAGE sql AS 'select $1';
COMMENT ON FUNCTION plain(integer, text) IS 'the ''first'' one';
COMMENT ON FUNCTION "My App".rows_of(VARIADIC integer[]) IS 'rows';
COMMENT ON PROCEDURE "My App".with_out(integer, OUT integer) IS 'out';
-- Everything that can need a function.
CREATE TABLE uses (
    id integer PRIMARY KEY DEFAULT a_second(),
    made integer GENERATED ALWAYS AS (plain(id, 'x'::text)) STORED,
    CONSTRAINT positive CHECK (plain(id, 'y'::text) > 0));
CREATE INDEX uses_by ON uses (plain(id, 'z'::text)) WHERE z_first() = 7;
CREATE VIEW bosses AS SELECT id, boss_of(id) AS boss FROM people;
