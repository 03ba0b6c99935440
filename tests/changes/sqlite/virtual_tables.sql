-- Virtual tables come, change and go with the tables that they keep their rows in.
-- properties: virtual table

-- == without ==
CREATE TABLE songs (id integer PRIMARY KEY, title text);

-- == with ==
CREATE TABLE songs (id integer PRIMARY KEY, title text);
CREATE VIRTUAL TABLE words USING fts5(title, content='songs', content_rowid='id');
CREATE VIRTUAL TABLE areas USING rtree(id, x1, x2);

-- == altered ==
CREATE TABLE songs (id integer PRIMARY KEY, title text NOT NULL DEFAULT '');
CREATE VIRTUAL TABLE words USING fts5(title, tokenize='porter');
CREATE VIRTUAL TABLE areas USING rtree(id, x1, x2, y1, y2);

-- == without to with ==
CREATE VIRTUAL TABLE areas USING rtree(id, x1, x2);
CREATE VIRTUAL TABLE words USING fts5(title, content='songs', content_rowid='id');

-- == with to altered ==
DROP TABLE IF EXISTS "words";
DROP TABLE IF EXISTS "areas";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'songs' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_songs" (
    "id" INTEGER,
    "title" TEXT NOT NULL DEFAULT '',
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_songs" ("id", "title") SELECT "id", "title" FROM "songs";
DROP TABLE "songs";
ALTER TABLE "_cqrs_scratch_songs" RENAME TO "songs";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE VIRTUAL TABLE areas USING rtree(id, x1, x2, y1, y2);
CREATE VIRTUAL TABLE words USING fts5(title, tokenize='porter');

-- == altered to with ==
DROP TABLE IF EXISTS "words";
DROP TABLE IF EXISTS "areas";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'songs' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_songs" (
    "id" INTEGER,
    "title" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_songs" ("id", "title") SELECT "id", "title" FROM "songs";
DROP TABLE "songs";
ALTER TABLE "_cqrs_scratch_songs" RENAME TO "songs";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE VIRTUAL TABLE areas USING rtree(id, x1, x2);
CREATE VIRTUAL TABLE words USING fts5(title, content='songs', content_rowid='id');

-- == with to without ==
DROP TABLE IF EXISTS "words";
DROP TABLE IF EXISTS "areas";
