-- A table that is made again keeps its indexes, triggers, generated columns and those that refer to it.
-- properties: table

-- == without ==
CREATE TABLE jars (id integer PRIMARY KEY AUTOINCREMENT, n int, twice int AS (n * 2));
CREATE INDEX by_n ON jars (n) WHERE n > 0;
CREATE TABLE lids (id integer PRIMARY KEY, jar int REFERENCES jars ON DELETE CASCADE);
CREATE TRIGGER gone AFTER DELETE ON jars BEGIN DELETE FROM lids WHERE jar = OLD.id; END;
CREATE TRIGGER from_lids AFTER INSERT ON lids BEGIN UPDATE jars SET n = n WHERE id = NEW.jar; END;
CREATE VIEW counted AS SELECT jar, count(*) AS c FROM lids JOIN jars ON jars.id = lids.jar GROUP BY jar;

-- == with ==
CREATE TABLE jars (id integer PRIMARY KEY AUTOINCREMENT, n int NOT NULL DEFAULT 0 CHECK (n < 100), twice int AS (n * 2));
CREATE INDEX by_n ON jars (n) WHERE n > 0;
CREATE TABLE lids (id integer PRIMARY KEY, jar bigint REFERENCES jars ON DELETE CASCADE);
CREATE TRIGGER gone AFTER DELETE ON jars BEGIN DELETE FROM lids WHERE jar = OLD.id; END;
CREATE TRIGGER from_lids AFTER INSERT ON lids BEGIN UPDATE jars SET n = n WHERE id = NEW.jar; END;
CREATE VIEW counted AS SELECT jar, count(*) AS c FROM lids JOIN jars ON jars.id = lids.jar GROUP BY jar;

-- == without to with ==
DROP VIEW "counted";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "n" INT NOT NULL DEFAULT 0,
    "twice" INT GENERATED ALWAYS AS ("n" * 2) VIRTUAL,
    CHECK ("n" < 100)
);
INSERT INTO "_cqrs_scratch_jars" ("id", "n") SELECT "id", "n" FROM "jars";
DELETE FROM sqlite_sequence WHERE name = '_cqrs_scratch_jars';
INSERT INTO sqlite_sequence (name, seq) SELECT '_cqrs_scratch_jars', seq FROM sqlite_sequence WHERE name = 'jars';
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_n" ON "jars" ("n") WHERE "n" > 0;
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'lids' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_lids" (
    "id" INTEGER,
    "jar" BIGINT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("jar") REFERENCES "jars" ON DELETE CASCADE
);
INSERT INTO "_cqrs_scratch_lids" ("id", "jar") SELECT "id", "jar" FROM "lids";
DROP TABLE "lids";
ALTER TABLE "_cqrs_scratch_lids" RENAME TO "lids";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE VIEW "counted" AS SELECT jar, count(*) AS c FROM lids JOIN jars ON jars.id = lids.jar GROUP BY jar;

-- == with to without ==
DROP VIEW "counted";
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "n" INT,
    "twice" INT GENERATED ALWAYS AS ("n" * 2) VIRTUAL
);
INSERT INTO "_cqrs_scratch_jars" ("id", "n") SELECT "id", "n" FROM "jars";
DELETE FROM sqlite_sequence WHERE name = '_cqrs_scratch_jars';
INSERT INTO sqlite_sequence (name, seq) SELECT '_cqrs_scratch_jars', seq FROM sqlite_sequence WHERE name = 'jars';
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "by_n" ON "jars" ("n") WHERE "n" > 0;
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'lids' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_lids" (
    "id" INTEGER,
    "jar" INT,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("jar") REFERENCES "jars" ON DELETE CASCADE
);
INSERT INTO "_cqrs_scratch_lids" ("id", "jar") SELECT "id", "jar" FROM "lids";
DROP TABLE "lids";
ALTER TABLE "_cqrs_scratch_lids" RENAME TO "lids";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
CREATE VIEW "counted" AS SELECT jar, count(*) AS c FROM lids JOIN jars ON jars.id = lids.jar GROUP BY jar;
