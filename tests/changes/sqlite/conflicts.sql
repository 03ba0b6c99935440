-- What is done with a row that offends a constraint changes; no row is lost to it on the way.
-- properties: unique: ON CONFLICT, column: ON CONFLICT

-- == without ==
CREATE TABLE jars (id integer PRIMARY KEY, code text NOT NULL, n int NOT NULL DEFAULT 0);
INSERT INTO jars (code) VALUES ('a'), ('A');

-- == with ==
CREATE TABLE jars (id integer PRIMARY KEY ON CONFLICT FAIL, code text NOT NULL ON CONFLICT IGNORE, n int NOT NULL ON CONFLICT REPLACE DEFAULT 0, UNIQUE (n, code) ON CONFLICT ROLLBACK);

-- == altered ==
CREATE TABLE jars (id integer PRIMARY KEY, code text NOT NULL, n int NOT NULL DEFAULT 0, UNIQUE (code COLLATE nocase) ON CONFLICT IGNORE);

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER PRIMARY KEY ON CONFLICT FAIL,
    "code" TEXT NOT NULL ON CONFLICT IGNORE,
    "n" INT NOT NULL ON CONFLICT REPLACE DEFAULT 0,
    UNIQUE ("n", "code") ON CONFLICT ROLLBACK
);
INSERT OR ABORT INTO "_cqrs_scratch_jars" ("id", "code", "n") SELECT "id", "code", "n" FROM "jars";
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
    "code" TEXT NOT NULL,
    "n" INT NOT NULL DEFAULT 0,
    PRIMARY KEY ("id"),
    UNIQUE ("code" COLLATE nocase) ON CONFLICT IGNORE
);
INSERT OR ABORT INTO "_cqrs_scratch_jars" ("id", "code", "n") SELECT "id", "code", "n" FROM "jars";
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
    "id" INTEGER PRIMARY KEY ON CONFLICT FAIL,
    "code" TEXT NOT NULL ON CONFLICT IGNORE,
    "n" INT NOT NULL ON CONFLICT REPLACE DEFAULT 0,
    UNIQUE ("n", "code") ON CONFLICT ROLLBACK
);
INSERT OR ABORT INTO "_cqrs_scratch_jars" ("id", "code", "n") SELECT "id", "code", "n" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
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
    "code" TEXT NOT NULL,
    "n" INT NOT NULL DEFAULT 0,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "code", "n") SELECT "id", "code", "n" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
