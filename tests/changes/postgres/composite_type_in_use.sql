-- A composite type that a column and a function use gains and loses attributes where it stands.
-- properties: composite type

-- == without ==
CREATE TYPE place AS (x int);
CREATE TABLE pins (id int PRIMARY KEY, at place, all_of place[]);
CREATE FUNCTION x_of(place) RETURNS int LANGUAGE sql IMMUTABLE AS 'select $1.x';

-- == with ==
CREATE TYPE place AS (x int, y int);
CREATE TABLE pins (id int PRIMARY KEY, at place, all_of place[]);
CREATE FUNCTION x_of(place) RETURNS int LANGUAGE sql IMMUTABLE AS 'select $1.x';

-- == altered ==
CREATE TYPE place AS (x int, label text COLLATE "C");
CREATE TABLE pins (id int PRIMARY KEY, at place, all_of place[]);
CREATE FUNCTION x_of(place) RETURNS int LANGUAGE sql IMMUTABLE AS 'select $1.x + 1';

-- == without to with ==
ALTER TYPE "place" ADD ATTRIBUTE y integer;

-- == with to altered ==
ALTER TYPE "place" DROP ATTRIBUTE y, ADD ATTRIBUTE label text COLLATE "C";
CREATE OR REPLACE FUNCTION x_of(place)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select $1.x + 1$function$;

-- == altered to with ==
ALTER TYPE "place" DROP ATTRIBUTE label, ADD ATTRIBUTE y integer;
CREATE OR REPLACE FUNCTION x_of(place)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select $1.x$function$;

-- == with to without ==
ALTER TYPE "place" DROP ATTRIBUTE y;
