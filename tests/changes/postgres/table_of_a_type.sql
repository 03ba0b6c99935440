-- A table of a composite type: what it says of the type's columns changes, and it ceases to be of the type.
-- properties: table: of a type

-- == without ==
CREATE TYPE place AS (x int, y int, label text);
CREATE TABLE pins (x int, y int, label text);

-- == with ==
CREATE TYPE place AS (x int, y int, label text);
CREATE TABLE pins OF place (PRIMARY KEY (x));

-- == altered ==
CREATE TYPE place AS (x int, y int, label text);
CREATE TYPE spot AS (x int, y int, label text);
CREATE TABLE pins OF spot (PRIMARY KEY (x), y WITH OPTIONS DEFAULT 5 NOT NULL, CHECK (label <> ''));

-- == without to with ==
ALTER TABLE "pins"
    ADD CONSTRAINT "pins_x_cqrs_not_null" CHECK ("x" IS NOT NULL) NOT VALID,
    OF place;
ALTER TABLE "pins" VALIDATE CONSTRAINT "pins_x_cqrs_not_null";
ALTER TABLE "pins" ALTER COLUMN "x" SET NOT NULL;
ALTER TABLE "pins" DROP CONSTRAINT "pins_x_cqrs_not_null";
CREATE UNIQUE INDEX CONCURRENTLY "pins_pkey" ON "pins" ("x");
ALTER TABLE "pins" ADD CONSTRAINT "pins_pkey" PRIMARY KEY USING INDEX "pins_pkey";

-- == with to altered ==
CREATE TYPE spot AS (
    x integer,
    y integer,
    label text);
ALTER TABLE "pins"
    ALTER COLUMN "y" SET DEFAULT 5,
    ADD CONSTRAINT "pins_y_cqrs_not_null" CHECK ("y" IS NOT NULL) NOT VALID,
    ADD CONSTRAINT "pins_label_check" CHECK (label <> ''::text) NOT VALID,
    OF spot;
ALTER TABLE "pins" VALIDATE CONSTRAINT "pins_y_cqrs_not_null";
ALTER TABLE "pins" ALTER COLUMN "y" SET NOT NULL;
ALTER TABLE "pins" DROP CONSTRAINT "pins_y_cqrs_not_null";
ALTER TABLE "pins" VALIDATE CONSTRAINT "pins_label_check";

-- == altered to with ==
ALTER TABLE "pins"
    DROP CONSTRAINT "pins_label_check",
    ALTER COLUMN "y" DROP DEFAULT,
    ALTER COLUMN "y" DROP NOT NULL,
    OF place;
DROP TYPE IF EXISTS "spot";

-- == with to without ==
ALTER TABLE "pins"
    DROP CONSTRAINT "pins_pkey",
    ALTER COLUMN "x" DROP NOT NULL,
    NOT OF;
