-- An enum type: labels at both ends, a comment, other labels, while a default, a check and a view use it.
-- properties: enum, enum: labels, enum: comment

-- == without ==
CREATE TABLE jobs (id int PRIMARY KEY, state text DEFAULT 'new');

-- == with ==
CREATE TYPE state AS ENUM ('new', 'done');
COMMENT ON TYPE state IS 'how far';
CREATE TABLE jobs (id int PRIMARY KEY, state state DEFAULT 'new', CONSTRAINT open CHECK (state <> 'done' OR id > 0));
CREATE VIEW fresh AS SELECT id FROM jobs WHERE state = 'new';

-- == altered ==
CREATE TYPE state AS ENUM ('old', 'new', 'running', 'done');
COMMENT ON TYPE state IS 'how "far"';
CREATE TABLE jobs (id int PRIMARY KEY, state state DEFAULT 'running', CONSTRAINT open CHECK (state <> 'done' OR id > 0));
CREATE VIEW fresh AS SELECT id FROM jobs WHERE state = 'new';

-- == without to with ==
CREATE TYPE "state" AS ENUM ('new', 'done');
COMMENT ON TYPE "state" IS 'how far';
ALTER TABLE "jobs"
    ALTER COLUMN "state" DROP DEFAULT,
    ALTER COLUMN "state" TYPE state USING "state"::state,
    ALTER COLUMN "state" SET DEFAULT 'new'::state,
    ADD CONSTRAINT "open" CHECK ((state <> 'done'::state) OR (id > 0)) NOT VALID;
CREATE VIEW "fresh" AS
SELECT jobs.id
   FROM jobs
  WHERE (jobs.state = 'new'::state);
ALTER TABLE "jobs" VALIDATE CONSTRAINT "open";

-- == with to altered ==
DROP VIEW "fresh";
ALTER TYPE "state" ADD VALUE 'old' BEFORE 'new';
ALTER TYPE "state" ADD VALUE 'running' AFTER 'new';
COMMENT ON TYPE "state" IS 'how "far"';
ALTER TABLE "jobs" ALTER COLUMN "state" SET DEFAULT 'running'::state;
CREATE VIEW "fresh" AS
SELECT jobs.id
   FROM jobs
  WHERE (jobs.state = 'new'::state);

-- == altered to with ==
DROP VIEW "fresh";
CREATE TYPE "state_cqrs_new" AS ENUM ('new', 'done');
ALTER TABLE "jobs" DROP CONSTRAINT "open", ALTER COLUMN "state" DROP DEFAULT, ALTER COLUMN "state" TYPE "state_cqrs_new" USING "state"::text::"state_cqrs_new";
DROP TYPE "state";
ALTER TYPE "state_cqrs_new" RENAME TO "state";
ALTER TABLE "jobs" ADD CONSTRAINT "open" CHECK ((state <> 'done'::state) OR (id > 0));
COMMENT ON TYPE "state" IS 'how far';
ALTER TABLE "jobs" ALTER COLUMN "state" SET DEFAULT 'new'::state;
CREATE VIEW "fresh" AS
SELECT jobs.id
   FROM jobs
  WHERE (jobs.state = 'new'::state);

-- == with to without ==
DROP VIEW "fresh";
ALTER TABLE "jobs"
    DROP CONSTRAINT "open",
    ALTER COLUMN "state" DROP DEFAULT,
    ALTER COLUMN "state" TYPE text USING "state"::text,
    ALTER COLUMN "state" SET DEFAULT 'new'::text;
DROP TYPE "state";
