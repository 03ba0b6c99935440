-- Of two checks that are equal and have no name, one goes and comes.
-- properties: check

-- == before ==
CREATE TABLE jars (litres int CHECK (litres > 0) CHECK (litres > 0));

-- == after ==
CREATE TABLE jars (litres int CHECK (litres > 0));

-- == before to after ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "litres" INT,
    CHECK ("litres" > 0)
);
INSERT INTO "_cqrs_scratch_jars" ("rowid", "litres") SELECT "rowid", "litres" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;

-- == after to before ==
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE "_cqrs_triggers" AS SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = 'jars' COLLATE NOCASE ORDER BY rowid;
CREATE TABLE "_cqrs_scratch_jars" (
    "litres" INT,
    CHECK ("litres" > 0),
    CHECK ("litres" > 0)
);
INSERT INTO "_cqrs_scratch_jars" ("rowid", "litres") SELECT "rowid", "litres" FROM "jars";
DROP TABLE "jars";
ALTER TABLE "_cqrs_scratch_jars" RENAME TO "jars";
PRAGMA writable_schema = ON;
INSERT INTO main.sqlite_master (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM temp."_cqrs_triggers" ORDER BY rowid;
PRAGMA writable_schema = RESET;
DROP TABLE temp."_cqrs_triggers";
PRAGMA legacy_alter_table = OFF;
