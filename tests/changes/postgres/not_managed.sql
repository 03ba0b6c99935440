-- Event triggers and publications stay as they are while what they are about changes.
-- properties: event trigger left alone, publication left alone

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, n int);
CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS 'begin null; end';
CREATE EVENT TRIGGER tell ON ddl_command_start EXECUTE FUNCTION told();
CREATE PUBLICATION news FOR TABLE jars;

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, n bigint, m int);
CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS 'begin null; end';
CREATE EVENT TRIGGER tell ON ddl_command_start EXECUTE FUNCTION told();
CREATE PUBLICATION news FOR TABLE jars;

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, n text, m int);
CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS 'begin perform 1; end';
CREATE EVENT TRIGGER tell ON ddl_command_start EXECUTE FUNCTION told();
CREATE PUBLICATION news FOR TABLE jars;

-- == without to with ==
ALTER TABLE "jars"
    ALTER COLUMN "n" TYPE bigint,
    ADD COLUMN "m" integer;

-- == with to altered ==
ALTER TABLE "jars" ALTER COLUMN "n" TYPE text USING "n"::text;
CREATE OR REPLACE FUNCTION told()
 RETURNS event_trigger
 LANGUAGE plpgsql
AS $function$begin perform 1; end$function$;

-- == altered to with ==
ALTER TABLE "jars" ALTER COLUMN "n" TYPE bigint USING "n"::bigint;
CREATE OR REPLACE FUNCTION told()
 RETURNS event_trigger
 LANGUAGE plpgsql
AS $function$begin null; end$function$;

-- == with to without ==
ALTER TABLE "jars"
    DROP COLUMN "m",
    ALTER COLUMN "n" TYPE integer;
