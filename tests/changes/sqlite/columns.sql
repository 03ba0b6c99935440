-- Columns: types, affinities, nullability, defaults of every kind, collations.
-- properties: column, column: type, column: not null, column: default, column: collation

-- == without ==
CREATE TABLE jars (id integer PRIMARY KEY);

-- == with ==
CREATE TABLE jars (id integer PRIMARY KEY, name varchar(20) DEFAULT 'it''s', n int NOT NULL DEFAULT 1, price decimal(6,2) DEFAULT 1.50, made text DEFAULT CURRENT_TIMESTAMP, code text COLLATE nocase, raw blob DEFAULT x'00ff', calc int DEFAULT (1 + 2));

-- == altered ==
CREATE TABLE jars (id integer PRIMARY KEY, name text DEFAULT "dq", n bigint DEFAULT -2, price real NOT NULL DEFAULT 0, made text NOT NULL DEFAULT (datetime('now')), code text COLLATE rtrim, raw blob DEFAULT NULL, calc int DEFAULT (abs(-3)));

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "name" VARCHAR(20) DEFAULT 'it''s',
    "n" INT NOT NULL DEFAULT 1,
    "price" DECIMAL(6,2) DEFAULT 1.50,
    "made" TEXT DEFAULT CURRENT_TIMESTAMP,
    "code" TEXT COLLATE "NOCASE",
    "raw" BLOB DEFAULT x'00ff',
    "calc" INT DEFAULT (1 + 2),
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id") SELECT "id" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
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
    "name" TEXT DEFAULT "dq",
    "n" BIGINT DEFAULT -2,
    "price" REAL NOT NULL DEFAULT 0,
    "made" TEXT NOT NULL DEFAULT (datetime('now')),
    "code" TEXT COLLATE "RTRIM",
    "raw" BLOB DEFAULT NULL,
    "calc" INT DEFAULT (abs(-3)),
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "name", "n", "price", "made", "code", "raw", "calc") SELECT "id", "name", "n", "price", "made", "code", "raw", "calc" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
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
    "name" VARCHAR(20) DEFAULT 'it''s',
    "n" INT NOT NULL DEFAULT 1,
    "price" DECIMAL(6,2) DEFAULT 1.50,
    "made" TEXT DEFAULT CURRENT_TIMESTAMP,
    "code" TEXT COLLATE "NOCASE",
    "raw" BLOB DEFAULT x'00ff',
    "calc" INT DEFAULT (1 + 2),
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "name", "n", "price", "made", "code", "raw", "calc") SELECT "id", "name", "n", "price", "made", "code", "raw", "calc" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to without ==
ALTER TABLE "jars" DROP COLUMN "name";
ALTER TABLE "jars" DROP COLUMN "n";
ALTER TABLE "jars" DROP COLUMN "price";
ALTER TABLE "jars" DROP COLUMN "made";
ALTER TABLE "jars" DROP COLUMN "code";
ALTER TABLE "jars" DROP COLUMN "raw";
ALTER TABLE "jars" DROP COLUMN "calc";
