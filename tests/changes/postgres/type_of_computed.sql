-- A computed column gets another type, with and without a cast that the server makes by itself.
-- properties: column: generated, column: type

-- == without ==
CREATE TABLE t (c int, g int GENERATED ALWAYS AS (c * 2) STORED);

-- == with ==
CREATE TABLE t (c int, g text GENERATED ALWAYS AS (c * 2) STORED);

-- == altered ==
CREATE TABLE t (c int, g bigint GENERATED ALWAYS AS (c * 2) STORED);
CREATE INDEX t_g ON t (g);

-- == without to with ==
ALTER TABLE "t" DROP COLUMN "g";
ALTER TABLE "t" ADD COLUMN "g" text GENERATED ALWAYS AS (c * 2) STORED;

-- == with to altered ==
ALTER TABLE "t" DROP COLUMN "g";
ALTER TABLE "t" ADD COLUMN "g" bigint GENERATED ALWAYS AS (c * 2) STORED;
CREATE INDEX CONCURRENTLY "t_g" ON "t" ("g");

-- == altered to with ==
DROP INDEX "t_g";
ALTER TABLE "t" DROP COLUMN "g";
ALTER TABLE "t" ADD COLUMN "g" text GENERATED ALWAYS AS (c * 2) STORED;

-- == with to without ==
ALTER TABLE "t" DROP COLUMN "g";
ALTER TABLE "t" ADD COLUMN "g" integer GENERATED ALWAYS AS (c * 2) STORED;
