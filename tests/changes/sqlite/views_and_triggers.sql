-- Views and triggers over a table that is made again, and over each other.
-- properties: view, view: columns, trigger, trigger: condition, trigger: on a view

-- == without ==
CREATE TABLE people (id integer PRIMARY KEY, name text, born text);

-- == with ==
CREATE TABLE people (id integer PRIMARY KEY, name text, born text);
CREATE VIEW adults AS SELECT id, name FROM people WHERE born < '2000';
CREATE VIEW names AS SELECT name FROM adults;
CREATE TRIGGER told AFTER INSERT ON people BEGIN UPDATE people SET name = name WHERE id = NEW.id; END;
CREATE TRIGGER through INSTEAD OF INSERT ON adults BEGIN INSERT INTO people (name) VALUES (NEW.name); END;

-- == altered ==
CREATE TABLE people (id integer PRIMARY KEY, name varchar(50) NOT NULL DEFAULT '', born text);
CREATE VIEW adults (name, nr) AS SELECT name, id FROM people WHERE born < '2001';
CREATE VIEW names AS SELECT name FROM adults;
CREATE TRIGGER told BEFORE UPDATE OF name ON people WHEN NEW.id > 1 BEGIN SELECT 1; END;
CREATE TRIGGER through INSTEAD OF INSERT ON adults BEGIN INSERT INTO people (name, id) VALUES (NEW.name, NEW.nr); END;

-- == without to with ==
CREATE VIEW "adults" AS SELECT id, name FROM people WHERE born < '2000';
CREATE VIEW "names" AS SELECT name FROM adults;
CREATE TRIGGER through INSTEAD OF INSERT ON adults BEGIN INSERT INTO people (name) VALUES (NEW.name); END;
CREATE TRIGGER told AFTER INSERT ON people BEGIN UPDATE people SET name = name WHERE id = NEW.id; END;

-- == with to altered ==
DROP TRIGGER IF EXISTS "told";
DROP TRIGGER IF EXISTS "through";
DROP VIEW "names";
DROP VIEW "adults";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'people' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_people" (
    "id" INTEGER,
    "name" VARCHAR(50) NOT NULL DEFAULT '',
    "born" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_people" ("id", "name", "born") SELECT "id", "name", "born" FROM "people";
DROP TABLE "people";
ALTER TABLE "_cqrs_scratch_people" RENAME TO "people";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE VIEW "adults" ("name", "nr") AS SELECT name, id FROM people WHERE born < '2001';
CREATE VIEW "names" AS SELECT name FROM adults;
CREATE TRIGGER through INSTEAD OF INSERT ON adults BEGIN INSERT INTO people (name, id) VALUES (NEW.name, NEW.nr); END;
CREATE TRIGGER told BEFORE UPDATE OF name ON people WHEN NEW.id > 1 BEGIN SELECT 1; END;

-- == altered to with ==
DROP TRIGGER IF EXISTS "told";
DROP TRIGGER IF EXISTS "through";
DROP VIEW "names";
DROP VIEW "adults";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'people' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_people" (
    "id" INTEGER,
    "name" TEXT,
    "born" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_cqrs_scratch_people" ("id", "name", "born") SELECT "id", "name", "born" FROM "people";
DROP TABLE "people";
ALTER TABLE "_cqrs_scratch_people" RENAME TO "people";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE VIEW "adults" AS SELECT id, name FROM people WHERE born < '2000';
CREATE VIEW "names" AS SELECT name FROM adults;
CREATE TRIGGER through INSTEAD OF INSERT ON adults BEGIN INSERT INTO people (name) VALUES (NEW.name); END;
CREATE TRIGGER told AFTER INSERT ON people BEGIN UPDATE people SET name = name WHERE id = NEW.id; END;

-- == with to without ==
DROP TRIGGER IF EXISTS "told";
DROP TRIGGER IF EXISTS "through";
DROP VIEW "names";
DROP VIEW "adults";
