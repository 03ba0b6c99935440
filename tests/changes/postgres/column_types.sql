-- Types of columns: lengths, digits, arrays, domains, types of another kind.
-- properties: column, column: type, column: array, column: domain

-- == without ==
CREATE DOMAIN percent AS int CHECK (VALUE <= 100);
CREATE TABLE jars (id int PRIMARY KEY);

-- == with ==
CREATE DOMAIN percent AS int CHECK (VALUE <= 100);
CREATE TABLE jars (id int PRIMARY KEY, name varchar(10), price numeric(6,2), tags text[], full_to int, made timestamp, dim real);

-- == altered ==
CREATE DOMAIN percent AS int CHECK (VALUE <= 100);
CREATE TABLE jars (id bigint PRIMARY KEY, name text, price numeric(8,2), tags varchar(20)[], full_to percent, made timestamptz, dim double precision);

-- == without to with ==
ALTER TABLE "jars"
    ADD COLUMN "name" character varying(10),
    ADD COLUMN "price" numeric(6,2),
    ADD COLUMN "tags" text[],
    ADD COLUMN "full_to" integer,
    ADD COLUMN "made" timestamp without time zone,
    ADD COLUMN "dim" real;

-- == with to altered ==
ALTER TABLE "jars"
    ALTER COLUMN "id" TYPE bigint,
    ALTER COLUMN "name" TYPE text,
    ALTER COLUMN "price" TYPE numeric(8,2),
    ALTER COLUMN "tags" TYPE character varying(20)[] USING "tags"::character varying[],
    ALTER COLUMN "full_to" TYPE percent USING "full_to"::text::percent,
    ALTER COLUMN "made" TYPE timestamp with time zone,
    ALTER COLUMN "dim" TYPE double precision;

-- == altered to with ==
ALTER TABLE "jars"
    ALTER COLUMN "id" TYPE integer,
    ALTER COLUMN "name" TYPE character varying(10),
    ALTER COLUMN "price" TYPE numeric(6,2),
    ALTER COLUMN "tags" TYPE text[] USING "tags"::text[],
    ALTER COLUMN "full_to" TYPE integer USING "full_to"::text::integer,
    ALTER COLUMN "made" TYPE timestamp without time zone,
    ALTER COLUMN "dim" TYPE real;

-- == with to without ==
ALTER TABLE "jars"
    DROP COLUMN "name",
    DROP COLUMN "price",
    DROP COLUMN "tags",
    DROP COLUMN "full_to",
    DROP COLUMN "made",
    DROP COLUMN "dim";
