-- A check that changes makes the table anew, and its rows, indexes and triggers stay.
-- properties: check

-- == before ==
CREATE TABLE jars (id integer PRIMARY KEY, litres int CONSTRAINT full CHECK (litres < 10));
CREATE INDEX jars_by_litres ON jars (litres);
CREATE TRIGGER spill AFTER DELETE ON jars BEGIN SELECT 1; END;

-- == after ==
CREATE TABLE jars (id integer PRIMARY KEY, litres int CONSTRAINT full CHECK (litres < 20));
CREATE INDEX jars_by_litres ON jars (litres DESC);
CREATE TRIGGER spill AFTER DELETE ON jars BEGIN SELECT 1; END;

-- == before to after ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "litres" INT,
    PRIMARY KEY ("id"),
    CONSTRAINT "full" CHECK ("litres" < 20)
);
INSERT INTO "_cqrs_scratch_jars" ("id", "litres") SELECT "id", "litres" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "jars_by_litres" ON "jars" ("litres" DESC);
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == after to before ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "id" INTEGER,
    "litres" INT,
    PRIMARY KEY ("id"),
    CONSTRAINT "full" CHECK ("litres" < 10)
);
INSERT INTO "_cqrs_scratch_jars" ("id", "litres") SELECT "id", "litres" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
CREATE INDEX "jars_by_litres" ON "jars" ("litres");
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
