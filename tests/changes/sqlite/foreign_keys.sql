-- Foreign keys: target, actions, when they are checked, names.
-- properties: foreign key, foreign key: actions, foreign key: deferrable

-- == without ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id integer PRIMARY KEY, room int, nr int, under int);

-- == with ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id integer PRIMARY KEY, room int, nr int, under int REFERENCES jars,
    CONSTRAINT on_it FOREIGN KEY (room, nr) REFERENCES shelves (room, nr) ON DELETE CASCADE ON UPDATE SET NULL);

-- == altered ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id integer PRIMARY KEY, room int, nr int, under int REFERENCES jars (id) ON DELETE SET NULL,
    CONSTRAINT on_it FOREIGN KEY (room, nr) REFERENCES racks (room, nr) MATCH FULL DEFERRABLE INITIALLY DEFERRED);

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "room" INT,
    "nr" INT,
    "under" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("under") REFERENCES "jars",
    CONSTRAINT "on_it" FOREIGN KEY ("room", "nr") REFERENCES "shelves" ("room", "nr") ON DELETE CASCADE ON UPDATE SET NULL
);
INSERT INTO "_cqrs_scratch_jars" ("id", "room", "nr", "under") SELECT "id", "room", "nr", "under" FROM "jars";
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
    "room" INT,
    "nr" INT,
    "under" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("under") REFERENCES "jars" ("id") ON DELETE SET NULL,
    CONSTRAINT "on_it" FOREIGN KEY ("room", "nr") REFERENCES "racks" ("room", "nr") MATCH FULL DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "_cqrs_scratch_jars" ("id", "room", "nr", "under") SELECT "id", "room", "nr", "under" FROM "jars";
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
    "room" INT,
    "nr" INT,
    "under" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("under") REFERENCES "jars",
    CONSTRAINT "on_it" FOREIGN KEY ("room", "nr") REFERENCES "shelves" ("room", "nr") ON DELETE CASCADE ON UPDATE SET NULL
);
INSERT INTO "_cqrs_scratch_jars" ("id", "room", "nr", "under") SELECT "id", "room", "nr", "under" FROM "jars";
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
    "room" INT,
    "nr" INT,
    "under" INT,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_jars" ("id", "room", "nr", "under") SELECT "id", "room", "nr", "under" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
