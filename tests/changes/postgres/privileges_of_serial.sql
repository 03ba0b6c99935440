-- A role may use the sequence of a column, which comes and goes with its table or column.
-- properties: privileges

-- == before ==
CREATE TABLE stamps (id int);

-- == after ==
CREATE TABLE stamps (id serial);
CREATE TABLE letters (id int GENERATED ALWAYS AS IDENTITY, number serial);
CREATE SEQUENCE mine;
CREATE TABLE parcels (id int DEFAULT nextval('mine'));
ALTER SEQUENCE mine OWNED BY parcels.id;
GRANT USAGE ON SEQUENCE stamps_id_seq, letters_number_seq, mine TO pg_monitor;
GRANT SELECT ON SEQUENCE letters_id_seq TO PUBLIC;

-- == before to after ==
CREATE SEQUENCE mine AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;
CREATE TABLE "letters" (
    "id" integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    "number" serial NOT NULL
);
CREATE TABLE "parcels" (
    "id" integer DEFAULT nextval('mine'::regclass)
);
ALTER SEQUENCE "mine" OWNED BY "parcels"."id";
ALTER TABLE "stamps" ALTER COLUMN "id" SET NOT NULL;
CREATE SEQUENCE "stamps_id_seq" AS integer OWNED BY "stamps"."id";
ALTER TABLE "stamps" ALTER COLUMN "id" SET DEFAULT nextval('"stamps_id_seq"'::regclass);
SELECT setval(pg_get_serial_sequence('"stamps"', 'id'), coalesce(max("id"), 0) + 1, false) FROM "stamps";
GRANT SELECT ON SEQUENCE letters_id_seq TO PUBLIC;
GRANT USAGE ON SEQUENCE letters_number_seq TO pg_monitor;
GRANT USAGE ON SEQUENCE mine TO pg_monitor;
GRANT USAGE ON SEQUENCE stamps_id_seq TO pg_monitor;

-- == after to before ==
REVOKE USAGE ON SEQUENCE stamps_id_seq FROM pg_monitor;
REVOKE USAGE ON SEQUENCE mine FROM pg_monitor;
REVOKE USAGE ON SEQUENCE letters_number_seq FROM pg_monitor;
REVOKE SELECT ON SEQUENCE letters_id_seq FROM PUBLIC;
ALTER TABLE "stamps" ALTER COLUMN "id" DROP DEFAULT;
DO 'BEGIN EXECUTE format(''DROP SEQUENCE %s'', pg_get_serial_sequence(''"stamps"'', ''id'')); END';
ALTER TABLE "stamps" ALTER COLUMN "id" DROP NOT NULL;
DROP TABLE "parcels";
DROP TABLE "letters";
DROP SEQUENCE IF EXISTS "mine";
