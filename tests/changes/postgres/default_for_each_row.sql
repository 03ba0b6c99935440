-- A default that is another for each row: the column is filled in batches, where there is a key for them.
-- properties: column: default

-- == without ==
CREATE SEQUENCE tickets;
CREATE TABLE jars (id int PRIMARY KEY, name text);
CREATE TABLE lids (name text);

-- == with ==
CREATE SEQUENCE tickets;
CREATE TABLE jars (id int PRIMARY KEY, name text,
    token uuid NOT NULL DEFAULT gen_random_uuid(), ticket bigint DEFAULT nextval('tickets'), made timestamptz NOT NULL DEFAULT now());
CREATE TABLE lids (name text, token uuid NOT NULL DEFAULT gen_random_uuid());

-- == altered ==
CREATE SEQUENCE tickets;
CREATE TABLE jars (id int PRIMARY KEY, name text,
    token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE, ticket bigint NOT NULL DEFAULT nextval('tickets'), made timestamptz NOT NULL DEFAULT now());
CREATE TABLE lids (name text, token uuid);

-- == without to with ==
ALTER TABLE "jars"
    ADD COLUMN "token" uuid,
    ADD COLUMN "ticket" bigint,
    ADD COLUMN "made" timestamp with time zone DEFAULT now() NOT NULL;
ALTER TABLE "jars"
    ALTER COLUMN "token" SET DEFAULT gen_random_uuid(),
    ALTER COLUMN "ticket" SET DEFAULT nextval('tickets'::regclass);
ALTER TABLE "lids" ADD COLUMN "token" uuid DEFAULT gen_random_uuid() NOT NULL;
UPDATE "jars" SET "token" = (gen_random_uuid()) WHERE "token" IS NULL;
ALTER TABLE "jars" ADD CONSTRAINT "jars_token_cqrs_not_null" CHECK ("token" IS NOT NULL) NOT VALID;
UPDATE "jars" SET "token" = (gen_random_uuid()) WHERE "token" IS NULL;
UPDATE "jars" SET "ticket" = (nextval('tickets'::regclass)) WHERE "ticket" IS NULL;
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_token_cqrs_not_null";
ALTER TABLE "jars" ALTER COLUMN "token" SET NOT NULL;
ALTER TABLE "jars" DROP CONSTRAINT "jars_token_cqrs_not_null";

-- == with to altered ==
ALTER TABLE "jars" ADD CONSTRAINT "jars_ticket_cqrs_not_null" CHECK ("ticket" IS NOT NULL) NOT VALID;
ALTER TABLE "lids"
    ALTER COLUMN "token" DROP DEFAULT,
    ALTER COLUMN "token" DROP NOT NULL;
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_ticket_cqrs_not_null";
ALTER TABLE "jars" ALTER COLUMN "ticket" SET NOT NULL;
ALTER TABLE "jars" DROP CONSTRAINT "jars_ticket_cqrs_not_null";
CREATE UNIQUE INDEX CONCURRENTLY "jars_token_key" ON "jars" ("token");
ALTER TABLE "jars" ADD CONSTRAINT "jars_token_key" UNIQUE USING INDEX "jars_token_key";

-- == altered to with ==
ALTER TABLE "jars"
    DROP CONSTRAINT "jars_token_key",
    ALTER COLUMN "ticket" DROP NOT NULL;
ALTER TABLE "lids"
    ALTER COLUMN "token" SET DEFAULT gen_random_uuid(),
    ADD CONSTRAINT "lids_token_cqrs_not_null" CHECK ("token" IS NOT NULL) NOT VALID;
ALTER TABLE "lids" VALIDATE CONSTRAINT "lids_token_cqrs_not_null";
ALTER TABLE "lids" ALTER COLUMN "token" SET NOT NULL;
ALTER TABLE "lids" DROP CONSTRAINT "lids_token_cqrs_not_null";

-- == with to without ==
ALTER TABLE "jars"
    DROP COLUMN "token",
    DROP COLUMN "ticket",
    DROP COLUMN "made";
ALTER TABLE "lids" DROP COLUMN "token";
