-- Generated columns, virtual and stored: they come, with another expression, the other way, and become plain.
-- properties: column: generated virtual, column: generated stored

-- == without ==
CREATE TABLE jars (id integer PRIMARY KEY, width int, height int);

-- == with ==
CREATE TABLE jars (id integer PRIMARY KEY, width int, height int, area int AS (width * height), sum int AS (width + height) STORED);
CREATE INDEX by_area ON jars (area);

-- == altered ==
CREATE TABLE jars (id integer PRIMARY KEY, width real, height int, area int AS (width * height + 1), sum int AS (width + height) VIRTUAL);
CREATE INDEX by_area ON jars (area);

-- == plain ==
CREATE TABLE jars (id integer PRIMARY KEY, width real, height int, area int, sum int AS (width - height) STORED);
CREATE INDEX by_area ON jars (area);

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "width" INT,
    "height" INT,
    "area" INT GENERATED ALWAYS AS ("width" * "height") VIRTUAL,
    "sum" INT GENERATED ALWAYS AS ("width" + "height") STORED,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "width", "height") SELECT "id", "width", "height" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_area" ON "jars" ("area");
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to altered ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "width" REAL,
    "height" INT,
    "area" INT GENERATED ALWAYS AS ("width" * "height" + 1) VIRTUAL,
    "sum" INT GENERATED ALWAYS AS ("width" + "height") VIRTUAL,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "width", "height") SELECT "id", "width", "height" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_area" ON "jars" ("area");
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == altered to plain ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "width" REAL,
    "height" INT,
    "area" INT,
    "sum" INT GENERATED ALWAYS AS ("width" - "height") STORED,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "width", "height", "area") SELECT "id", "width", "height", "area" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_area" ON "jars" ("area");
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == plain to altered ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "width" REAL,
    "height" INT,
    "area" INT GENERATED ALWAYS AS ("width" * "height" + 1) VIRTUAL,
    "sum" INT GENERATED ALWAYS AS ("width" + "height") VIRTUAL,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "width", "height") SELECT "id", "width", "height" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_area" ON "jars" ("area");
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == altered to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "width" INT,
    "height" INT,
    "area" INT GENERATED ALWAYS AS ("width" * "height") VIRTUAL,
    "sum" INT GENERATED ALWAYS AS ("width" + "height") STORED,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "width", "height") SELECT "id", "width", "height" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_area" ON "jars" ("area");
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to without ==
DROP INDEX "by_area";
ALTER TABLE "jars" DROP COLUMN "area";
ALTER TABLE "jars" DROP COLUMN "sum";
