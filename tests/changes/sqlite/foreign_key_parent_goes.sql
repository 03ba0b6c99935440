-- The table that a foreign key refers to goes, while the key comes, or its table is made again.
-- properties: foreign key

-- == before ==
CREATE TABLE users (id integer PRIMARY KEY);
CREATE TABLE pens (id integer PRIMARY KEY, owner int REFERENCES users (id));

-- == after ==
CREATE TABLE pens (id integer PRIMARY KEY, owner text REFERENCES users (id));
CREATE TABLE cups (id integer PRIMARY KEY, owner int REFERENCES users (id));

-- == before to after ==
CREATE TABLE "cups" (
    "id" INTEGER,
    "owner" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("owner") REFERENCES "users" ("id")
);
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'pens' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_pens" (
    "id" INTEGER,
    "owner" TEXT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("owner") REFERENCES "users" ("id")
);
INSERT INTO "_cqrs_scratch_pens" ("id", "owner") SELECT "id", "owner" FROM "pens";
DROP TABLE "pens";
ALTER TABLE "_cqrs_scratch_pens" RENAME TO "pens";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
DROP TABLE "users";

-- == after to before ==
CREATE TABLE "users" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'pens' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_pens" (
    "id" INTEGER,
    "owner" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("owner") REFERENCES "users" ("id")
);
INSERT INTO "_cqrs_scratch_pens" ("id", "owner") SELECT "id", "owner" FROM "pens";
DROP TABLE "pens";
ALTER TABLE "_cqrs_scratch_pens" RENAME TO "pens";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
DROP TABLE "cups";
