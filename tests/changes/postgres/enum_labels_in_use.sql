-- A label goes from a type under views, a trigger on the column, a policy and a function: they make way and come back.
-- properties: enum: labels

-- == before ==
CREATE TYPE mood AS ENUM ('calm', 'cross', 'angry');
CREATE TABLE people (id int PRIMARY KEY, feels mood NOT NULL DEFAULT 'calm', name text);
CREATE FUNCTION is_calm(mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 = 'calm' $$;
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER people_feel BEFORE UPDATE OF feels ON people FOR EACH ROW EXECUTE FUNCTION keep();
CREATE TRIGGER people_named BEFORE UPDATE OF name ON people FOR EACH ROW EXECUTE FUNCTION keep();
CREATE POLICY calm_ones ON people FOR SELECT USING (feels = 'calm');
CREATE VIEW calm_people AS SELECT id FROM people WHERE is_calm(feels);
CREATE VIEW names AS SELECT name FROM people;
CREATE MATERIALIZED VIEW moods AS SELECT feels, count(*) AS many FROM people GROUP BY feels;
CREATE UNIQUE INDEX moods_feels ON moods (feels);

-- == after ==
CREATE TYPE mood AS ENUM ('calm', 'angry');
CREATE TABLE people (id int PRIMARY KEY, feels mood NOT NULL DEFAULT 'calm', name text);
CREATE FUNCTION is_calm(mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 = 'calm' $$;
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER people_feel BEFORE UPDATE OF feels ON people FOR EACH ROW EXECUTE FUNCTION keep();
CREATE TRIGGER people_named BEFORE UPDATE OF name ON people FOR EACH ROW EXECUTE FUNCTION keep();
CREATE POLICY calm_ones ON people FOR SELECT USING (feels = 'calm');
CREATE VIEW calm_people AS SELECT id FROM people WHERE is_calm(feels);
CREATE VIEW names AS SELECT name FROM people;
CREATE MATERIALIZED VIEW moods AS SELECT feels, count(*) AS many FROM people GROUP BY feels;
CREATE UNIQUE INDEX moods_feels ON moods (feels);

-- == before to after ==
DROP POLICY IF EXISTS "calm_ones" ON "people";
DROP TRIGGER IF EXISTS "people_feel" ON "people";
DROP VIEW "calm_people";
DROP FUNCTION IF EXISTS "is_calm"(mood);
DROP MATERIALIZED VIEW "moods";
CREATE TYPE "mood_cqrs_new" AS ENUM ('calm', 'angry');
ALTER TABLE "people" ALTER COLUMN "feels" DROP DEFAULT, ALTER COLUMN "feels" TYPE "mood_cqrs_new" USING "feels"::text::"mood_cqrs_new";
DROP TYPE "mood";
ALTER TYPE "mood_cqrs_new" RENAME TO "mood";
ALTER TABLE "people" ALTER COLUMN "feels" SET DEFAULT 'calm'::mood;
CREATE MATERIALIZED VIEW "moods" AS
SELECT people.feels,
    count(*) AS many
   FROM people
  GROUP BY people.feels;
CREATE UNIQUE INDEX "moods_feels" ON "moods" ("feels");
CREATE OR REPLACE FUNCTION is_calm(mood)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$ SELECT $1 = 'calm' $function$;
CREATE VIEW "calm_people" AS
SELECT people.id
   FROM people
  WHERE is_calm(people.feels);
CREATE TRIGGER people_feel BEFORE UPDATE OF feels ON people FOR EACH ROW EXECUTE FUNCTION keep();
CREATE POLICY calm_ones ON people FOR SELECT TO PUBLIC USING ((feels = 'calm'::mood));

-- == after to before ==
ALTER TYPE "mood" ADD VALUE 'cross' AFTER 'calm';
