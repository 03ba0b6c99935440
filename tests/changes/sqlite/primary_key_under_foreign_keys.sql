-- A primary key changes its columns and type while foreign keys point at its table, whose rows stay.
-- properties: primary key

-- == without ==
CREATE TABLE shelves (id integer NOT NULL, room int NOT NULL, UNIQUE (id));
CREATE TABLE jars (id integer PRIMARY KEY, shelf int REFERENCES shelves (id) ON DELETE CASCADE);

-- == with ==
CREATE TABLE shelves (id integer NOT NULL, room int NOT NULL, PRIMARY KEY (id));
CREATE TABLE jars (id integer PRIMARY KEY, shelf int REFERENCES shelves (id) ON DELETE CASCADE);

-- == altered ==
CREATE TABLE shelves (id text NOT NULL, room int NOT NULL, PRIMARY KEY (room, id), UNIQUE (id));
CREATE TABLE jars (id integer PRIMARY KEY, shelf text REFERENCES shelves (id) ON DELETE CASCADE);

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'shelves' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_shelves" (
    "id" INTEGER NOT NULL,
    "room" INT NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_shelves" ("id", "room") SELECT "id", "room" FROM "shelves";
DROP TABLE "shelves";
ALTER TABLE "_cqrs_scratch_shelves" RENAME TO "shelves";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to altered ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'shelves' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_shelves" (
    "id" TEXT NOT NULL,
    "room" INT NOT NULL,
    PRIMARY KEY ("room", "id"),
    UNIQUE ("id")
);
INSERT INTO "_cqrs_scratch_shelves" ("rowid", "id", "room") SELECT "rowid", "id", "room" FROM "shelves";
DROP TABLE "shelves";
ALTER TABLE "_cqrs_scratch_shelves" RENAME TO "shelves";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "shelf" TEXT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("shelf") REFERENCES "shelves" ("id") ON DELETE CASCADE
);
INSERT INTO "_cqrs_scratch_jars" ("id", "shelf") SELECT "id", "shelf" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == altered to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'shelves' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_shelves" (
    "id" INTEGER NOT NULL,
    "room" INT NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_shelves" ("id", "room") SELECT "id", "room" FROM "shelves";
DROP TABLE "shelves";
ALTER TABLE "_cqrs_scratch_shelves" RENAME TO "shelves";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "shelf" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("shelf") REFERENCES "shelves" ("id") ON DELETE CASCADE
);
INSERT INTO "_cqrs_scratch_jars" ("id", "shelf") SELECT "id", "shelf" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to without ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'shelves' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_shelves" (
    "id" INTEGER NOT NULL,
    "room" INT NOT NULL,
    UNIQUE ("id")
);
INSERT INTO "_cqrs_scratch_shelves" ("rowid", "id", "room") SELECT "rowid", "id", "room" FROM "shelves";
DROP TABLE "shelves";
ALTER TABLE "_cqrs_scratch_shelves" RENAME TO "shelves";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
