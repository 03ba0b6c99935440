-- Primary keys and unique constraints: columns, order, collation, what is done on a conflict, names.
-- properties: primary key, key: order, unique, unique: ON CONFLICT, constraint name

-- == without ==
CREATE TABLE jars (id int NOT NULL, code text, shelf int NOT NULL);

-- == with ==
CREATE TABLE jars (id int NOT NULL, code text, shelf int NOT NULL, PRIMARY KEY (id), CONSTRAINT one_code UNIQUE (code));

-- == altered ==
CREATE TABLE jars (id int NOT NULL, code text, shelf int NOT NULL, CONSTRAINT jar_key PRIMARY KEY (id DESC, shelf), CONSTRAINT only_code UNIQUE (code COLLATE nocase, shelf) ON CONFLICT IGNORE);

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INT NOT NULL,
    "code" TEXT,
    "shelf" INT NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "one_code" UNIQUE ("code")
);
INSERT INTO "_cqrs_scratch_jars" ("rowid", "id", "code", "shelf") SELECT "rowid", "id", "code", "shelf" FROM "jars";
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
    "id" INT NOT NULL,
    "code" TEXT,
    "shelf" INT NOT NULL,
    CONSTRAINT "jar_key" PRIMARY KEY ("id" DESC, "shelf"),
    CONSTRAINT "only_code" UNIQUE ("code" COLLATE nocase, "shelf") ON CONFLICT IGNORE
);
INSERT OR ABORT INTO "_cqrs_scratch_jars" ("rowid", "id", "code", "shelf") SELECT "rowid", "id", "code", "shelf" FROM "jars";
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
    "id" INT NOT NULL,
    "code" TEXT,
    "shelf" INT NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "one_code" UNIQUE ("code")
);
INSERT INTO "_cqrs_scratch_jars" ("rowid", "id", "code", "shelf") SELECT "rowid", "id", "code", "shelf" FROM "jars";
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
    "id" INT NOT NULL,
    "code" TEXT,
    "shelf" INT NOT NULL
);
INSERT INTO "_cqrs_scratch_jars" ("rowid", "id", "code", "shelf") SELECT "rowid", "id", "code", "shelf" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
