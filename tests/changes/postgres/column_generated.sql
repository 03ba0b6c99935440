-- A generated column: it comes, over a column whose type changes, with another expression, and becomes a plain one.
-- properties: column: generated

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, width int, height int);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, width int, height int, area int GENERATED ALWAYS AS (width * height) STORED);
CREATE INDEX by_area ON jars (area);

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, width bigint, height int, area bigint GENERATED ALWAYS AS (width * height + 1) STORED);
CREATE INDEX by_area ON jars (area);

-- == plain ==
CREATE TABLE jars (id int PRIMARY KEY, width bigint, height int, area bigint);
CREATE INDEX by_area ON jars (area);

-- == without to with ==
ALTER TABLE "jars" ADD COLUMN "area" integer GENERATED ALWAYS AS (width * height) STORED;
CREATE INDEX CONCURRENTLY "by_area" ON "jars" ("area");

-- == with to altered ==
DROP INDEX "by_area";
ALTER TABLE "jars" DROP COLUMN "area";
ALTER TABLE "jars"
    ALTER COLUMN "width" TYPE bigint,
    ADD COLUMN "area" bigint GENERATED ALWAYS AS ((width * height) + 1) STORED;
CREATE INDEX "by_area" ON "jars" ("area");

-- == altered to plain ==
ALTER TABLE "jars" ALTER COLUMN "area" DROP EXPRESSION;

-- == plain to altered ==
DROP INDEX "by_area";
ALTER TABLE "jars" DROP COLUMN "area";
ALTER TABLE "jars" ADD COLUMN "area" bigint GENERATED ALWAYS AS ((width * height) + 1) STORED;
CREATE INDEX "by_area" ON "jars" ("area");

-- == altered to with ==
DROP INDEX "by_area";
ALTER TABLE "jars" DROP COLUMN "area";
ALTER TABLE "jars"
    ALTER COLUMN "width" TYPE integer,
    ADD COLUMN "area" integer GENERATED ALWAYS AS (width * height) STORED;
CREATE INDEX "by_area" ON "jars" ("area");

-- == with to without ==
DROP INDEX "by_area";
ALTER TABLE "jars" DROP COLUMN "area";
