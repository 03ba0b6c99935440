-- A sequence that `serial` made belongs to no column any more, then to that of another table while its own is gone.
-- properties: sequence: owner, column: serial

-- == before ==
CREATE TABLE jars (id serial PRIMARY KEY, lid serial, label text);

-- == middle ==
CREATE SEQUENCE jars_id_seq AS int;
CREATE SEQUENCE jars_lid_seq AS int;
CREATE TABLE jars (id int DEFAULT nextval('jars_id_seq') PRIMARY KEY, label text);

-- == after ==
CREATE TABLE lids (id int PRIMARY KEY);
CREATE SEQUENCE jars_lid_seq AS int OWNED BY lids.id;

-- == before to middle ==
ALTER SEQUENCE "jars_lid_seq" OWNED BY NONE;
ALTER TABLE "jars" DROP COLUMN "lid";
DO 'BEGIN IF to_regclass(pg_get_serial_sequence(''"jars"'', ''id'')) = to_regclass(''"jars_id_seq"'') THEN ALTER SEQUENCE "jars_id_seq" OWNED BY NONE; END IF; END';

-- == middle to after ==
CREATE TABLE "lids" (
    "id" integer NOT NULL,
    CONSTRAINT "lids_pkey" PRIMARY KEY ("id")
);
ALTER SEQUENCE "jars_lid_seq" OWNED BY "lids"."id";
DROP TABLE "jars";
DROP SEQUENCE IF EXISTS "jars_id_seq";

-- == after to middle ==
ALTER SEQUENCE "jars_lid_seq" OWNED BY NONE;
CREATE SEQUENCE jars_id_seq AS integer START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 NO CYCLE;
CREATE TABLE "jars" (
    "id" integer DEFAULT nextval('jars_id_seq'::regclass) NOT NULL,
    "label" text,
    CONSTRAINT "jars_pkey" PRIMARY KEY ("id")
);
DROP TABLE "lids";

-- == middle to before ==
ALTER SEQUENCE "jars_id_seq" OWNED BY "jars"."id";
ALTER TABLE "jars" ADD COLUMN "lid" integer;
ALTER SEQUENCE "jars_lid_seq" OWNED BY "jars"."lid";
ALTER TABLE "jars" ALTER COLUMN "lid" SET DEFAULT nextval('jars_lid_seq'::regclass);
UPDATE "jars" SET "lid" = (nextval('jars_lid_seq'::regclass)) WHERE "lid" IS NULL;
ALTER TABLE "jars" ADD CONSTRAINT "jars_lid_cqrs_not_null" CHECK ("lid" IS NOT NULL) NOT VALID;
UPDATE "jars" SET "lid" = (nextval('jars_lid_seq'::regclass)) WHERE "lid" IS NULL;
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_lid_cqrs_not_null";
ALTER TABLE "jars" ALTER COLUMN "lid" SET NOT NULL;
ALTER TABLE "jars" DROP CONSTRAINT "jars_lid_cqrs_not_null";
