-- Labels come in at their places while a column, its default and an index use the type.
-- properties: enum: labels

-- == before ==
CREATE TYPE mood AS ENUM ('calm', 'angry');
CREATE TABLE people (id int, feels mood DEFAULT 'calm');
CREATE INDEX people_by_mood ON people (feels);

-- == after ==
CREATE TYPE mood AS ENUM ('asleep', 'calm', 'cross', 'angry');
CREATE TABLE people (id int, feels mood DEFAULT 'calm');
CREATE INDEX people_by_mood ON people (feels);
COMMENT ON TYPE mood IS 'of people';

-- == before to after ==
ALTER TYPE "mood" ADD VALUE 'asleep' BEFORE 'calm';
ALTER TYPE "mood" ADD VALUE 'cross' AFTER 'calm';
COMMENT ON TYPE "mood" IS 'of people';

-- == after to before ==
CREATE TYPE "mood_cqrs_new" AS ENUM ('calm', 'angry');
ALTER TABLE "people" ALTER COLUMN "feels" DROP DEFAULT, ALTER COLUMN "feels" TYPE "mood_cqrs_new" USING "feels"::text::"mood_cqrs_new";
DROP TYPE "mood";
ALTER TYPE "mood_cqrs_new" RENAME TO "mood";
ALTER TABLE "people" ALTER COLUMN "feels" SET DEFAULT 'calm'::mood;
COMMENT ON TYPE "mood" IS NULL;
