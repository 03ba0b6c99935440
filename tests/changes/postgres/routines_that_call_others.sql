-- Functions whose texts call others, which the server does not know of, are made after those: what is computed by them is
-- computed as soon as it is there.
-- properties: function

-- == without ==
CREATE TABLE parts (size int);
INSERT INTO parts VALUES (1), (2);

-- == with ==
CREATE FUNCTION z_doubled(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 2';
CREATE FUNCTION m_rounded(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN z_doubled($1) / 10; END';
CREATE FUNCTION a_area(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT m_rounded($1) + z_doubled($1)';
CREATE TABLE parts (size int, area int GENERATED ALWAYS AS (a_area(size)) STORED);
CREATE INDEX parts_size ON parts (m_rounded(size));
CREATE MATERIALIZED VIEW areas AS SELECT a_area(size) AS area FROM parts;

-- == altered ==
CREATE FUNCTION y_tripled(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 3';
CREATE FUNCTION a_area(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT y_tripled($1)';
CREATE TABLE parts (size int, CHECK (a_area(size) > 0));
CREATE INDEX parts_size ON parts (a_area(size));
CREATE MATERIALIZED VIEW areas AS SELECT a_area(size) AS area FROM parts;

-- == without to with ==
CREATE OR REPLACE FUNCTION z_doubled(integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT $1 * 2$function$;
CREATE OR REPLACE FUNCTION m_rounded(integer)
 RETURNS integer
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$BEGIN RETURN z_doubled($1) / 10; END$function$;
CREATE OR REPLACE FUNCTION a_area(integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT m_rounded($1) + z_doubled($1)$function$;
ALTER TABLE "parts" ADD COLUMN "area" integer GENERATED ALWAYS AS (a_area(size)) STORED;
CREATE MATERIALIZED VIEW "areas" AS
SELECT a_area(parts.size) AS area
   FROM parts;
CREATE INDEX CONCURRENTLY "parts_size" ON "parts" ((m_rounded(size)));

-- == with to altered ==
DROP FUNCTION IF EXISTS "z_doubled"(integer);
CREATE OR REPLACE FUNCTION y_tripled(integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT $1 * 3$function$;
CREATE OR REPLACE FUNCTION a_area(integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT y_tripled($1)$function$;
DROP INDEX "parts_size";
ALTER TABLE "parts" DROP COLUMN "area";
CREATE INDEX "parts_size" ON "parts" ((a_area(size)));
ALTER TABLE "parts" ADD CONSTRAINT "parts_size_check" CHECK (a_area(size) > 0) NOT VALID;
DROP FUNCTION IF EXISTS "m_rounded"(integer);
ALTER TABLE "parts" VALIDATE CONSTRAINT "parts_size_check";

-- == altered to with ==
DROP FUNCTION IF EXISTS "y_tripled"(integer);
CREATE OR REPLACE FUNCTION z_doubled(integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT $1 * 2$function$;
CREATE OR REPLACE FUNCTION m_rounded(integer)
 RETURNS integer
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$BEGIN RETURN z_doubled($1) / 10; END$function$;
CREATE OR REPLACE FUNCTION a_area(integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT m_rounded($1) + z_doubled($1)$function$;
ALTER TABLE "parts"
    DROP CONSTRAINT "parts_size_check",
    ADD COLUMN "area" integer GENERATED ALWAYS AS (a_area(size)) STORED;
CREATE INDEX CONCURRENTLY "parts_size_cqrs_new" ON "parts" ((m_rounded(size)));
DROP INDEX "parts_size";
ALTER INDEX "parts_size_cqrs_new" RENAME TO "parts_size";

-- == with to without ==
DROP FUNCTION IF EXISTS "z_doubled"(integer);
DROP MATERIALIZED VIEW "areas";
DROP INDEX "parts_size";
ALTER TABLE "parts" DROP COLUMN "area";
DROP FUNCTION IF EXISTS "a_area"(integer);
DROP FUNCTION IF EXISTS "m_rounded"(integer);
