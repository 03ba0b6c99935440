-- A table begins to be strict or to go without row ids, and ceases to.
-- properties: table, table: STRICT, table: WITHOUT ROWID

-- == without ==
CREATE TABLE jars (id integer PRIMARY KEY, name text);

-- == with ==
CREATE TABLE jars (id integer PRIMARY KEY, name text) STRICT;
CREATE TABLE lids (code text PRIMARY KEY, n int) WITHOUT ROWID;

-- == altered ==
CREATE TABLE jars (id integer PRIMARY KEY, name text) STRICT, WITHOUT ROWID;
CREATE TABLE lids (code text PRIMARY KEY, n int);

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "name" TEXT,
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "_cqrs_scratch_jars" ("id", "name") SELECT "id", "name" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "lids" (
    "code" TEXT NOT NULL,
    "n" INT,
    PRIMARY KEY ("code")
) WITHOUT ROWID;

-- == with to altered ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER NOT NULL,
    "name" TEXT,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
INSERT INTO "_cqrs_scratch_jars" ("id", "name") SELECT "id", "name" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'lids' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_lids" (
    "code" TEXT,
    "n" INT,
    PRIMARY KEY ("code")
);
INSERT INTO "_cqrs_scratch_lids" ("code", "n") SELECT "code", "n" FROM "lids";
DROP TABLE "lids";
ALTER TABLE "_cqrs_scratch_lids" RENAME TO "lids";
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
    "name" TEXT,
    PRIMARY KEY ("id")
) STRICT;
INSERT INTO "_cqrs_scratch_jars" ("id", "name") SELECT "id", "name" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'lids' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_lids" (
    "code" TEXT NOT NULL,
    "n" INT,
    PRIMARY KEY ("code")
) WITHOUT ROWID;
INSERT INTO "_cqrs_scratch_lids" ("code", "n") SELECT "code", "n" FROM "lids";
DROP TABLE "lids";
ALTER TABLE "_cqrs_scratch_lids" RENAME TO "lids";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to without ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "name" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "name") SELECT "id", "name" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
DROP TABLE "lids";
