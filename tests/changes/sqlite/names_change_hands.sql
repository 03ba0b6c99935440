-- Indexes have their names beside all others of the database: one that goes, goes before another table's has its name.
-- properties: index

-- == without ==
CREATE TABLE bowls (id integer PRIMARY KEY, glaze text);
CREATE TABLE jars (id integer PRIMARY KEY, glaze text, litres int);
CREATE TABLE plates (id integer PRIMARY KEY, glaze text);
CREATE INDEX by_glaze ON jars (glaze);
CREATE INDEX by_size ON bowls (glaze);
CREATE INDEX by_use ON plates (glaze);

-- == with ==
CREATE TABLE bowls (id integer PRIMARY KEY, glaze text);
CREATE TABLE cups (id integer PRIMARY KEY);
CREATE TABLE jars (id integer PRIMARY KEY, glaze text, litres int CHECK (litres > 0));
CREATE INDEX by_glaze ON bowls (glaze);
CREATE INDEX by_size ON jars (litres);
CREATE INDEX by_use ON cups (id);

-- == without to with ==
DROP TABLE "plates";
DROP INDEX "by_size";
DROP INDEX "by_glaze";
CREATE INDEX "by_glaze" ON "bowls" ("glaze");
CREATE TABLE "cups" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
CREATE INDEX "by_use" ON "cups" ("id");
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "glaze" TEXT,
    "litres" INT,
    PRIMARY KEY ("id"),
    CHECK ("litres" > 0)
);
INSERT INTO "_cqrs_scratch_jars" ("id", "glaze", "litres") SELECT "id", "glaze", "litres" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_size" ON "jars" ("litres");
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to without ==
DROP TABLE "cups";
DROP INDEX "by_glaze";
DROP INDEX "by_size";
CREATE INDEX "by_size" ON "bowls" ("glaze");
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "glaze" TEXT,
    "litres" INT,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "glaze", "litres") SELECT "id", "glaze", "litres" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_glaze" ON "jars" ("glaze");
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "plates" (
    "id" INTEGER,
    "glaze" TEXT,
    PRIMARY KEY ("id")
);
CREATE INDEX "by_use" ON "plates" ("glaze");
