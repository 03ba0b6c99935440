-- Collation, default, nullability, storage, compression, statistics, parameters and comment of a column.
-- properties: column: collation, column: default, column: not null, column: storage, column: compression, column: statistics, column: parameters, column: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, name text, note text, litres int);
CREATE INDEX by_name ON jars (name);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, name text COLLATE "C" DEFAULT 'none' NOT NULL, note text, litres int DEFAULT 1 + 2);
CREATE INDEX by_name ON jars (name);
ALTER TABLE jars ALTER COLUMN note SET STORAGE EXTERNAL, ALTER COLUMN note SET COMPRESSION pglz;
ALTER TABLE jars ALTER COLUMN litres SET STATISTICS 50, ALTER COLUMN litres SET (n_distinct = -0.5);
COMMENT ON COLUMN jars.name IS 'what is on it';

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, name text COLLATE "POSIX" DEFAULT 'it''s' NOT NULL, note text, litres int DEFAULT 7);
CREATE INDEX by_name ON jars (name);
ALTER TABLE jars ALTER COLUMN note SET STORAGE MAIN;
ALTER TABLE jars ALTER COLUMN litres SET STATISTICS 60, ALTER COLUMN litres SET (n_distinct = 3, n_distinct_inherited = 4);
COMMENT ON COLUMN jars.name IS 'the "label"';

-- == without to with ==
ALTER TABLE "jars"
    ALTER COLUMN "name" TYPE text COLLATE "C",
    ALTER COLUMN "name" SET DEFAULT 'none'::text,
    ALTER COLUMN "note" SET COMPRESSION pglz,
    ALTER COLUMN "note" SET STORAGE EXTERNAL,
    ALTER COLUMN "litres" SET DEFAULT (1 + 2),
    ALTER COLUMN "litres" SET STATISTICS 50,
    ALTER COLUMN "litres" SET (n_distinct='-0.5'),
    ADD CONSTRAINT "jars_name_cqrs_not_null" CHECK ("name" IS NOT NULL) NOT VALID;
COMMENT ON COLUMN "jars"."name" IS 'what is on it';
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_name_cqrs_not_null";
ALTER TABLE "jars" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "jars" DROP CONSTRAINT "jars_name_cqrs_not_null";

-- == with to altered ==
ALTER TABLE "jars"
    ALTER COLUMN "name" DROP DEFAULT,
    ALTER COLUMN "name" TYPE text COLLATE "POSIX",
    ALTER COLUMN "name" SET DEFAULT 'it''s'::text,
    ALTER COLUMN "note" SET COMPRESSION DEFAULT,
    ALTER COLUMN "note" SET STORAGE MAIN,
    ALTER COLUMN "litres" SET DEFAULT 7,
    ALTER COLUMN "litres" SET STATISTICS 60,
    ALTER COLUMN "litres" SET (n_distinct='3'),
    ALTER COLUMN "litres" SET (n_distinct_inherited='4');
COMMENT ON COLUMN "jars"."name" IS 'the "label"';

-- == altered to with ==
ALTER TABLE "jars"
    ALTER COLUMN "name" DROP DEFAULT,
    ALTER COLUMN "name" TYPE text COLLATE "C",
    ALTER COLUMN "name" SET DEFAULT 'none'::text,
    ALTER COLUMN "note" SET COMPRESSION pglz,
    ALTER COLUMN "note" SET STORAGE EXTERNAL,
    ALTER COLUMN "litres" SET DEFAULT (1 + 2),
    ALTER COLUMN "litres" RESET (n_distinct_inherited),
    ALTER COLUMN "litres" SET STATISTICS 50,
    ALTER COLUMN "litres" SET (n_distinct='-0.5');
COMMENT ON COLUMN "jars"."name" IS 'what is on it';

-- == with to without ==
ALTER TABLE "jars"
    ALTER COLUMN "name" DROP DEFAULT,
    ALTER COLUMN "name" DROP NOT NULL,
    ALTER COLUMN "name" TYPE text,
    ALTER COLUMN "note" SET COMPRESSION DEFAULT;
DO 'BEGIN EXECUTE (SELECT format(''ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s'', a.attrelid::regclass, a.attname, CASE t.typstorage WHEN ''p'' THEN ''PLAIN'' WHEN ''e'' THEN ''EXTERNAL'' WHEN ''m'' THEN ''MAIN'' ELSE ''EXTENDED'' END) FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = ''"jars"''::regclass AND a.attname = ''note''); END';
ALTER TABLE "jars"
    ALTER COLUMN "litres" DROP DEFAULT,
    ALTER COLUMN "litres" SET STATISTICS -1,
    ALTER COLUMN "litres" RESET (n_distinct);
COMMENT ON COLUMN "jars"."name" IS NULL;
