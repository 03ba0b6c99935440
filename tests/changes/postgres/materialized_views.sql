-- A materialized view is made again, with its rows and indexes, when a column under it changes, and when its query does.
-- properties: materialized view, materialized view: indexes, materialized view: options, materialized view: filled

-- == without ==
CREATE TABLE people (id int PRIMARY KEY, name text, boss int);

-- == with ==
CREATE TABLE people (id int PRIMARY KEY, name text, boss int);
CREATE MATERIALIZED VIEW teams AS SELECT boss, count(*) AS size FROM people GROUP BY boss;
CREATE UNIQUE INDEX teams_by_boss ON teams (boss);
CREATE VIEW big_teams AS SELECT boss FROM teams WHERE size > 1;
COMMENT ON MATERIALIZED VIEW teams IS 'who leads whom';

-- == altered ==
CREATE TABLE people (id int PRIMARY KEY, name text, boss bigint);
CREATE MATERIALIZED VIEW teams WITH (fillfactor = 80) AS SELECT boss, count(*) AS size, max(name) AS last FROM people GROUP BY boss WITH NO DATA;
CREATE UNIQUE INDEX teams_by_boss ON teams (boss);
CREATE INDEX teams_by_size ON teams (size) WHERE size > 3;
CREATE VIEW big_teams AS SELECT boss FROM teams WHERE size > 2;
COMMENT ON COLUMN teams.size IS 'how many';

-- == without to with ==
CREATE MATERIALIZED VIEW "teams" AS
SELECT people.boss,
    count(*) AS size
   FROM people
  GROUP BY people.boss;
CREATE UNIQUE INDEX "teams_by_boss" ON "teams" ("boss");
COMMENT ON MATERIALIZED VIEW "teams" IS 'who leads whom';
CREATE VIEW "big_teams" AS
SELECT teams.boss
   FROM teams
  WHERE (teams.size > 1);

-- == with to altered ==
DROP VIEW "big_teams";
DROP MATERIALIZED VIEW "teams";
ALTER TABLE "people" ALTER COLUMN "boss" TYPE bigint;
CREATE MATERIALIZED VIEW "teams" WITH (fillfactor='80') AS
SELECT people.boss,
    count(*) AS size,
    max(people.name) AS last
   FROM people
  GROUP BY people.boss
WITH NO DATA;
CREATE UNIQUE INDEX "teams_by_boss" ON "teams" ("boss");
CREATE INDEX "teams_by_size" ON "teams" ("size") WHERE size > 3;
COMMENT ON COLUMN "teams"."size" IS 'how many';
CREATE VIEW "big_teams" AS
SELECT teams.boss
   FROM teams
  WHERE (teams.size > 2);

-- == altered to with ==
DROP VIEW "big_teams";
DROP MATERIALIZED VIEW "teams";
ALTER TABLE "people" ALTER COLUMN "boss" TYPE integer;
CREATE MATERIALIZED VIEW "teams" AS
SELECT people.boss,
    count(*) AS size
   FROM people
  GROUP BY people.boss;
CREATE UNIQUE INDEX "teams_by_boss" ON "teams" ("boss");
COMMENT ON MATERIALIZED VIEW "teams" IS 'who leads whom';
CREATE VIEW "big_teams" AS
SELECT teams.boss
   FROM teams
  WHERE (teams.size > 1);

-- == with to without ==
DROP VIEW "big_teams";
DROP MATERIALIZED VIEW "teams";
