-- A domain that a column, another domain and a function use: its type, collation, rules and default.
-- properties: domain, domain: default, domain: not null, domain: check, domain: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, full_to int);

-- == with ==
CREATE DOMAIN percent AS int DEFAULT 0 CONSTRAINT low CHECK (VALUE <= 100);
CREATE DOMAIN share AS percent CHECK (VALUE > 0);
COMMENT ON DOMAIN percent IS 'of a hundred';
CREATE TABLE jars (id int PRIMARY KEY, full_to percent, mine share);

-- == altered ==
CREATE DOMAIN percent AS int DEFAULT 1 NOT NULL CONSTRAINT low CHECK (VALUE <= 200);
CREATE DOMAIN share AS percent CHECK (VALUE > 1);
COMMENT ON DOMAIN percent IS 'of "100"';
CREATE TABLE jars (id int PRIMARY KEY, full_to percent, mine share);

-- == without to with ==
CREATE DOMAIN percent AS integer;
ALTER DOMAIN "percent" ADD CONSTRAINT low CHECK ((VALUE <= 100));
ALTER DOMAIN "percent" SET DEFAULT 0;
COMMENT ON DOMAIN "percent" IS 'of a hundred';
CREATE DOMAIN share AS percent;
ALTER DOMAIN "share" ADD CONSTRAINT share_check CHECK (((VALUE)::integer > 0));
ALTER DOMAIN "share" SET DEFAULT 0;
ALTER TABLE "jars"
    ALTER COLUMN "full_to" TYPE percent USING "full_to"::text::percent,
    ADD COLUMN "mine" share;

-- == with to altered ==
ALTER DOMAIN "percent" DROP CONSTRAINT low;
ALTER DOMAIN "percent" DROP DEFAULT;
ALTER DOMAIN "percent" ADD CONSTRAINT low CHECK ((VALUE <= 200));
ALTER DOMAIN "percent" SET DEFAULT 1;
ALTER DOMAIN "percent" SET NOT NULL;
COMMENT ON DOMAIN "percent" IS 'of "100"';
ALTER DOMAIN "share" DROP CONSTRAINT share_check;
ALTER DOMAIN "share" DROP DEFAULT;
ALTER DOMAIN "share" ADD CONSTRAINT share_check CHECK (((VALUE)::integer > 1));
ALTER DOMAIN "share" SET DEFAULT 1;

-- == altered to with ==
ALTER DOMAIN "percent" DROP CONSTRAINT low;
ALTER DOMAIN "percent" DROP DEFAULT;
ALTER DOMAIN "percent" DROP NOT NULL;
ALTER DOMAIN "percent" ADD CONSTRAINT low CHECK ((VALUE <= 100));
ALTER DOMAIN "percent" SET DEFAULT 0;
COMMENT ON DOMAIN "percent" IS 'of a hundred';
ALTER DOMAIN "share" DROP CONSTRAINT share_check;
ALTER DOMAIN "share" DROP DEFAULT;
ALTER DOMAIN "share" ADD CONSTRAINT share_check CHECK (((VALUE)::integer > 0));
ALTER DOMAIN "share" SET DEFAULT 0;

-- == with to without ==
ALTER TABLE "jars"
    DROP COLUMN "mine",
    ALTER COLUMN "full_to" TYPE integer USING "full_to"::text::integer;
DROP DOMAIN IF EXISTS "share";
DROP DOMAIN IF EXISTS "percent";
