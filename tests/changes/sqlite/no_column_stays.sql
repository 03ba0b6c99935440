-- Where no column stays and the new table's rowid is a column of it, or it has none, the rows stay all the same.
-- properties: column

-- == without ==
CREATE TABLE jars (id INTEGER PRIMARY KEY, litres int);
CREATE TABLE lids (id TEXT PRIMARY KEY, width int) WITHOUT ROWID;

-- == with ==
CREATE TABLE jars (number INTEGER PRIMARY KEY, glaze text DEFAULT 'blue');
CREATE TABLE lids (code TEXT DEFAULT 'none' PRIMARY KEY, colour text) WITHOUT ROWID;

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "number" INTEGER,
    "glaze" TEXT DEFAULT 'blue',
    PRIMARY KEY ("number")
);
INSERT INTO "_cqrs_scratch_jars" ("number") SELECT NULL FROM "jars";
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
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'lids' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_lids" (
    "code" TEXT NOT NULL DEFAULT 'none',
    "colour" TEXT,
    PRIMARY KEY ("code")
) WITHOUT ROWID;
INSERT INTO "_cqrs_scratch_lids" ("code") SELECT ('none') FROM "lids";
DROP TABLE "lids";
ALTER TABLE "_cqrs_scratch_lids" RENAME TO "lids";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_cqrs_scratch_lids" (a);
ALTER TABLE "_cqrs_scratch_lids" RENAME COLUMN a TO b;
DROP TABLE "_cqrs_scratch_lids";

-- == with to without ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "litres" INT,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id") SELECT NULL FROM "jars";
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
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'lids' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_lids" (
    "id" TEXT NOT NULL,
    "width" INT,
    PRIMARY KEY ("id")
) WITHOUT ROWID;
INSERT INTO "_cqrs_scratch_lids" ("id") SELECT NULL FROM "lids";
DROP TABLE "lids";
ALTER TABLE "_cqrs_scratch_lids" RENAME TO "lids";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_cqrs_scratch_lids" (a);
ALTER TABLE "_cqrs_scratch_lids" RENAME COLUMN a TO b;
DROP TABLE "_cqrs_scratch_lids";
