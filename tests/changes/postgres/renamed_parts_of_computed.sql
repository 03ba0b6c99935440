-- What gets another name while the column that it stands on is made again goes with the column, and comes again.
-- properties: column: generated, index: name, constraint name

-- == without ==
CREATE TABLE t (id int PRIMARY KEY, o text NOT NULL, a text NOT NULL, CONSTRAINT k1 CHECK (a <> 'b'), CONSTRAINT u1 UNIQUE (a));
CREATE INDEX i1 ON t (o, a);

-- == with ==
CREATE TABLE t (id int PRIMARY KEY, o text NOT NULL, b text, a text NOT NULL GENERATED ALWAYS AS (coalesce(b, 'x')) STORED, CONSTRAINT k2 CHECK (a <> 'b'), CONSTRAINT u2 UNIQUE (a));
CREATE INDEX i2 ON t (o, a);

-- == without to with ==
ALTER TABLE "t" RENAME CONSTRAINT "u1" TO "u2";
ALTER INDEX "i1" RENAME TO "i2";
ALTER TABLE "t" RENAME CONSTRAINT "k1" TO "k2";
DROP INDEX "i2";
ALTER TABLE "t"
    DROP CONSTRAINT "k2",
    DROP CONSTRAINT "u2",
    DROP COLUMN "a";
ALTER TABLE "t"
    ADD COLUMN "b" text,
    ADD COLUMN "a" text GENERATED ALWAYS AS (COALESCE(b, 'x'::text)) STORED NOT NULL,
    ADD CONSTRAINT "u2" UNIQUE ("a"),
    ADD CONSTRAINT "k2" CHECK (a <> 'b'::text);
CREATE INDEX "i2" ON "t" ("o", "a");

-- == with to without ==
ALTER TABLE "t" RENAME CONSTRAINT "u2" TO "u1";
ALTER INDEX "i2" RENAME TO "i1";
ALTER TABLE "t" RENAME CONSTRAINT "k2" TO "k1";
ALTER TABLE "t" ALTER COLUMN "a" DROP EXPRESSION;
ALTER TABLE "t" DROP COLUMN "b";
