-- Keys over other columns have the names that keys of another table had: all of them go before one comes. An enum has the name
-- of a table that goes.
-- properties: primary key

-- == without ==
CREATE TABLE jars (id int CONSTRAINT main PRIMARY KEY, code int, CONSTRAINT other UNIQUE (code), mark text);
CREATE TABLE lids (id int CONSTRAINT second PRIMARY KEY, code int, CONSTRAINT third UNIQUE (code), EXCLUDE USING btree (code WITH =));
CREATE TABLE seals (jar int REFERENCES jars);
CREATE TABLE mood (id int);

-- == with ==
CREATE TABLE jars (id int, code int CONSTRAINT second PRIMARY KEY, CONSTRAINT third UNIQUE (id), mark text);
CREATE TABLE lids (id int, code int CONSTRAINT other PRIMARY KEY, CONSTRAINT main UNIQUE (id), CONSTRAINT lids_code_excl UNIQUE (id, code));
CREATE TABLE seals (jar int REFERENCES jars);
CREATE TYPE mood AS ENUM ('glad');

-- == without to with ==
ALTER TABLE "seals" DROP CONSTRAINT "seals_jar_fkey";
DROP TABLE "mood";
ALTER TABLE "jars" DROP CONSTRAINT "main";
ALTER TABLE "jars" DROP CONSTRAINT "other";
ALTER TABLE "lids" DROP CONSTRAINT "second";
ALTER TABLE "lids" DROP CONSTRAINT "third";
CREATE TYPE "mood" AS ENUM ('glad');
ALTER TABLE "jars"
    ALTER COLUMN "id" DROP NOT NULL,
    ADD CONSTRAINT "third" UNIQUE ("id"),
    ADD CONSTRAINT "second" PRIMARY KEY ("code"),
    ADD CONSTRAINT "jars_code_cqrs_not_null" CHECK ("code" IS NOT NULL) NOT VALID;
ALTER TABLE "lids"
    DROP CONSTRAINT "lids_code_excl",
    ALTER COLUMN "id" DROP NOT NULL,
    ADD CONSTRAINT "main" UNIQUE ("id"),
    ADD CONSTRAINT "other" PRIMARY KEY ("code"),
    ADD CONSTRAINT "lids_code_cqrs_not_null" CHECK ("code" IS NOT NULL) NOT VALID;
ALTER TABLE "seals" ADD CONSTRAINT "seals_jar_fkey" FOREIGN KEY ("jar") REFERENCES "jars" ("code") NOT VALID;
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_code_cqrs_not_null";
ALTER TABLE "jars" ALTER COLUMN "code" SET NOT NULL;
ALTER TABLE "jars" DROP CONSTRAINT "jars_code_cqrs_not_null";
ALTER TABLE "lids" VALIDATE CONSTRAINT "lids_code_cqrs_not_null";
ALTER TABLE "lids" ALTER COLUMN "code" SET NOT NULL;
ALTER TABLE "lids" DROP CONSTRAINT "lids_code_cqrs_not_null";
CREATE UNIQUE INDEX CONCURRENTLY "lids_code_excl" ON "lids" ("id", "code");
ALTER TABLE "lids" ADD CONSTRAINT "lids_code_excl" UNIQUE USING INDEX "lids_code_excl";
ALTER TABLE "seals" VALIDATE CONSTRAINT "seals_jar_fkey";

-- == with to without ==
ALTER TABLE "seals" DROP CONSTRAINT "seals_jar_fkey";
DROP TYPE "mood";
ALTER TABLE "jars" DROP CONSTRAINT "second";
ALTER TABLE "jars" DROP CONSTRAINT "third";
ALTER TABLE "lids" DROP CONSTRAINT "other";
ALTER TABLE "lids" DROP CONSTRAINT "main";
ALTER TABLE "jars"
    ALTER COLUMN "code" DROP NOT NULL,
    ADD CONSTRAINT "other" UNIQUE ("code"),
    ADD CONSTRAINT "main" PRIMARY KEY ("id"),
    ADD CONSTRAINT "jars_id_cqrs_not_null" CHECK ("id" IS NOT NULL) NOT VALID;
ALTER TABLE "lids"
    DROP CONSTRAINT "lids_code_excl",
    ALTER COLUMN "code" DROP NOT NULL,
    ADD CONSTRAINT "third" UNIQUE ("code"),
    ADD CONSTRAINT "second" PRIMARY KEY ("id"),
    ADD CONSTRAINT "lids_id_cqrs_not_null" CHECK ("id" IS NOT NULL) NOT VALID,
    ADD CONSTRAINT "lids_code_excl" EXCLUDE USING btree (code WITH =);
CREATE TABLE "mood" (
    "id" integer
);
ALTER TABLE "seals" ADD CONSTRAINT "seals_jar_fkey" FOREIGN KEY ("jar") REFERENCES "jars" ("id") NOT VALID;
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_id_cqrs_not_null";
ALTER TABLE "jars" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "jars" DROP CONSTRAINT "jars_id_cqrs_not_null";
ALTER TABLE "lids" VALIDATE CONSTRAINT "lids_id_cqrs_not_null";
ALTER TABLE "lids" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "lids" DROP CONSTRAINT "lids_id_cqrs_not_null";
ALTER TABLE "seals" VALIDATE CONSTRAINT "seals_jar_fkey";
