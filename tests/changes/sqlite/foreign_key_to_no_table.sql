-- A foreign key may refer to a table that is not there: the rename of a table that is then dropped leaves such ones behind.
-- properties: foreign key

-- == without ==
CREATE TABLE files (id integer PRIMARY KEY, message int REFERENCES messages (id));
CREATE TABLE messages (id integer PRIMARY KEY);

-- == with ==
CREATE TABLE files (id integer PRIMARY KEY, message int REFERENCES "old messages" (id));
CREATE TABLE messages (id integer PRIMARY KEY, body text);
CREATE TABLE pages (id integer PRIMARY KEY, book int CONSTRAINT of_book REFERENCES books ON DELETE CASCADE);

-- == altered ==
CREATE TABLE files (id integer PRIMARY KEY, message int REFERENCES "old messages" (id), size int CHECK (size > 0));
CREATE TABLE messages (id integer PRIMARY KEY);
CREATE TABLE pages (id integer PRIMARY KEY, book int CONSTRAINT of_book REFERENCES books ON DELETE SET NULL);

-- == without to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'files' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_files" (
    "id" INTEGER,
    "message" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("message") REFERENCES "old messages" ("id")
);
INSERT INTO "_cqrs_scratch_files" ("id", "message") SELECT "id", "message" FROM "files";
DROP TABLE "files";
ALTER TABLE "_cqrs_scratch_files" RENAME TO "files";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "messages" ADD COLUMN "body" TEXT;
CREATE TABLE "pages" (
    "id" INTEGER,
    "book" INT,
    PRIMARY KEY ("id"),
    CONSTRAINT "of_book" FOREIGN KEY ("book") REFERENCES "books" ON DELETE CASCADE
);

-- == with to altered ==
ALTER TABLE "files" ADD COLUMN "size" INT CHECK ("size" > 0);
ALTER TABLE "messages" DROP COLUMN "body";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'pages' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_pages" (
    "id" INTEGER,
    "book" INT,
    PRIMARY KEY ("id"),
    CONSTRAINT "of_book" FOREIGN KEY ("book") REFERENCES "books" ON DELETE SET NULL
);
INSERT INTO "_cqrs_scratch_pages" ("id", "book") SELECT "id", "book" FROM "pages";
DROP TABLE "pages";
ALTER TABLE "_cqrs_scratch_pages" RENAME TO "pages";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == altered to with ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'files' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_files" (
    "id" INTEGER,
    "message" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("message") REFERENCES "old messages" ("id")
);
INSERT INTO "_cqrs_scratch_files" ("id", "message") SELECT "id", "message" FROM "files";
DROP TABLE "files";
ALTER TABLE "_cqrs_scratch_files" RENAME TO "files";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_cqrs_scratch_files" (a);
ALTER TABLE "_cqrs_scratch_files" RENAME COLUMN a TO b;
DROP TABLE "_cqrs_scratch_files";
ALTER TABLE "messages" ADD COLUMN "body" TEXT;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'pages' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_pages" (
    "id" INTEGER,
    "book" INT,
    PRIMARY KEY ("id"),
    CONSTRAINT "of_book" FOREIGN KEY ("book") REFERENCES "books" ON DELETE CASCADE
);
INSERT INTO "_cqrs_scratch_pages" ("id", "book") SELECT "id", "book" FROM "pages";
DROP TABLE "pages";
ALTER TABLE "_cqrs_scratch_pages" RENAME TO "pages";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == with to without ==
ALTER TABLE "messages" DROP COLUMN "body";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'files' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_files" (
    "id" INTEGER,
    "message" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("message") REFERENCES "messages" ("id")
);
INSERT INTO "_cqrs_scratch_files" ("id", "message") SELECT "id", "message" FROM "files";
DROP TABLE "files";
ALTER TABLE "_cqrs_scratch_files" RENAME TO "files";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
DROP TABLE "pages";
