-- Where no column stays the table is made anew, and its rows stay.
-- properties: column

-- == without ==
CREATE TABLE jars (litres int);

-- == with ==
CREATE TABLE jars (glaze text, colour text DEFAULT 'blue');

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "glaze" TEXT,
    "colour" TEXT DEFAULT 'blue'
);
INSERT INTO "_cqrs_scratch_jars" ("rowid") SELECT "rowid" FROM "jars";
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
    "litres" INT
);
INSERT INTO "_cqrs_scratch_jars" ("rowid") SELECT "rowid" FROM "jars";
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
