-- Indexes have their names beside all others of the schema: one that goes, goes before another table's has its name.
-- properties: index

-- == without ==
CREATE TABLE bowls (id int PRIMARY KEY, glaze text);
CREATE TABLE jars (id int PRIMARY KEY, glaze text, litres int);
CREATE TABLE plates (id int PRIMARY KEY, glaze text);
CREATE INDEX by_glaze ON jars (glaze);
CREATE INDEX by_size ON bowls (glaze);
CREATE INDEX by_use ON plates (glaze);

-- == with ==
CREATE TABLE bowls (id int PRIMARY KEY, glaze text);
CREATE TABLE cups (id int PRIMARY KEY);
CREATE TABLE jars (id int PRIMARY KEY, glaze text, litres int);
CREATE INDEX by_glaze ON bowls (glaze);
CREATE INDEX by_size ON jars (litres);
CREATE INDEX by_use ON cups (id);

-- == without to with ==
DROP TABLE "plates";
DROP INDEX "by_glaze";
ALTER INDEX "by_size" RENAME TO "by_glaze";
CREATE TABLE "cups" (
    "id" integer NOT NULL,
    CONSTRAINT "cups_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "by_use" ON "cups" ("id");
CREATE INDEX CONCURRENTLY "by_size" ON "jars" ("litres");

-- == with to without ==
DROP TABLE "cups";
DROP INDEX "by_size";
ALTER INDEX "by_glaze" RENAME TO "by_size";
CREATE TABLE "plates" (
    "id" integer NOT NULL,
    "glaze" text,
    CONSTRAINT "plates_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "by_use" ON "plates" ("glaze");
CREATE INDEX CONCURRENTLY "by_glaze" ON "jars" ("glaze");
