-- What was computed stays where the columns go from which it was.
-- properties: column

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, height int, litres int AS (height * 2) STORED, weight int AS (height + 1) VIRTUAL);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, litres int, weight int);

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INT,
    "litres" INT,
    "weight" INT,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("rowid", "id", "litres", "weight") SELECT "rowid", "id", "litres", "weight" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_cqrs_scratch_jars" (a);
ALTER TABLE "_cqrs_scratch_jars" RENAME COLUMN a TO b;
DROP TABLE "_cqrs_scratch_jars";

-- == with to without ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INT,
    "height" INT,
    "litres" INT GENERATED ALWAYS AS ("height" * 2) STORED,
    "weight" INT GENERATED ALWAYS AS ("height" + 1) VIRTUAL,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("rowid", "id") SELECT "rowid", "id" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
