-- Foreign keys in a circle come, change with the types under them, and go; the rows stay.
-- properties: foreign key

-- == without ==
CREATE TABLE eggs (id integer PRIMARY KEY);
CREATE TABLE hens (id integer PRIMARY KEY);

-- == with ==
CREATE TABLE eggs (id integer PRIMARY KEY, hen int REFERENCES hens ON DELETE CASCADE);
CREATE TABLE hens (id integer PRIMARY KEY, egg int REFERENCES eggs ON DELETE CASCADE);

-- == altered ==
CREATE TABLE eggs (id integer PRIMARY KEY, hen bigint REFERENCES hens ON DELETE CASCADE);
CREATE TABLE hens (id integer PRIMARY KEY, egg bigint NOT NULL DEFAULT 1 REFERENCES eggs ON DELETE SET DEFAULT);

-- == without to with ==
ALTER TABLE "eggs" ADD COLUMN "hen" INT REFERENCES "hens" ON DELETE CASCADE;
ALTER TABLE "hens" ADD COLUMN "egg" INT REFERENCES "eggs" ON DELETE CASCADE;

-- == with to altered ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'eggs' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_eggs" (
    "id" INTEGER,
    "hen" BIGINT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("hen") REFERENCES "hens" ON DELETE CASCADE
);
INSERT INTO "_cqrs_scratch_eggs" ("id", "hen") SELECT "id", "hen" FROM "eggs";
DROP TABLE "eggs";
ALTER TABLE "_cqrs_scratch_eggs" RENAME TO "eggs";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'hens' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_hens" (
    "id" INTEGER,
    "egg" BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("egg") REFERENCES "eggs" ON DELETE SET DEFAULT
);
INSERT INTO "_cqrs_scratch_hens" ("id", "egg") SELECT "id", "egg" FROM "hens";
DROP TABLE "hens";
ALTER TABLE "_cqrs_scratch_hens" RENAME TO "hens";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == altered to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'eggs' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_eggs" (
    "id" INTEGER,
    "hen" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("hen") REFERENCES "hens" ON DELETE CASCADE
);
INSERT INTO "_cqrs_scratch_eggs" ("id", "hen") SELECT "id", "hen" FROM "eggs";
DROP TABLE "eggs";
ALTER TABLE "_cqrs_scratch_eggs" RENAME TO "eggs";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'hens' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_hens" (
    "id" INTEGER,
    "egg" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("egg") REFERENCES "eggs" ON DELETE CASCADE
);
INSERT INTO "_cqrs_scratch_hens" ("id", "egg") SELECT "id", "egg" FROM "hens";
DROP TABLE "hens";
ALTER TABLE "_cqrs_scratch_hens" RENAME TO "hens";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to without ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'eggs' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_eggs" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_eggs" ("id") SELECT "id" FROM "eggs";
DROP TABLE "eggs";
ALTER TABLE "_cqrs_scratch_eggs" RENAME TO "eggs";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_cqrs_scratch_eggs" (a);
ALTER TABLE "_cqrs_scratch_eggs" RENAME COLUMN a TO b;
DROP TABLE "_cqrs_scratch_eggs";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'hens' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_hens" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_hens" ("id") SELECT "id" FROM "hens";
DROP TABLE "hens";
ALTER TABLE "_cqrs_scratch_hens" RENAME TO "hens";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_cqrs_scratch_hens" (a);
ALTER TABLE "_cqrs_scratch_hens" RENAME COLUMN a TO b;
DROP TABLE "_cqrs_scratch_hens";
