-- Extensions come and go, and their objects with them; namespaces too.
-- properties: extension, extension: objects left alone, namespace, namespace: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, name text);

-- == with ==
CREATE SCHEMA attic;
CREATE SCHEMA cellar;
COMMENT ON SCHEMA cellar IS 'below';
CREATE EXTENSION citext WITH SCHEMA attic;
CREATE TABLE jars (id int PRIMARY KEY, name attic.citext);
CREATE TABLE cellar.jars (id int PRIMARY KEY);

-- == altered ==
CREATE SCHEMA attic;
CREATE SCHEMA cellar;
COMMENT ON SCHEMA cellar IS 'down there';
CREATE EXTENSION citext WITH SCHEMA cellar;
CREATE TABLE jars (id int PRIMARY KEY, name cellar.citext);
CREATE TABLE cellar.jars (id bigint PRIMARY KEY);

-- == without to with ==
CREATE SCHEMA IF NOT EXISTS attic;
CREATE SCHEMA IF NOT EXISTS cellar;
COMMENT ON SCHEMA "cellar" IS 'below';
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA attic;
ALTER TABLE "jars" ALTER COLUMN "name" TYPE attic.citext USING "name"::attic.citext;
CREATE TABLE "cellar"."jars" (
    "id" integer NOT NULL,
    CONSTRAINT "jars_pkey" PRIMARY KEY ("id")
);

-- == with to altered ==
COMMENT ON SCHEMA "cellar" IS 'down there';
ALTER EXTENSION "citext" SET SCHEMA cellar;
ALTER TABLE "jars" ALTER COLUMN "name" TYPE cellar.citext USING "name"::text::cellar.citext;
ALTER TABLE "cellar"."jars" ALTER COLUMN "id" TYPE bigint;

-- == altered to with ==
COMMENT ON SCHEMA "cellar" IS 'below';
ALTER EXTENSION "citext" SET SCHEMA attic;
ALTER TABLE "jars" ALTER COLUMN "name" TYPE attic.citext USING "name"::text::attic.citext;
ALTER TABLE "cellar"."jars" ALTER COLUMN "id" TYPE integer;

-- == with to without ==
ALTER TABLE "jars" ALTER COLUMN "name" TYPE text USING "name"::text;
DROP TABLE "cellar"."jars";
DROP EXTENSION IF EXISTS "citext";
DROP SCHEMA IF EXISTS "cellar";
DROP SCHEMA IF EXISTS "attic";
