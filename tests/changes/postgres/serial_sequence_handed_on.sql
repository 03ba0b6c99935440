-- A column counts with the sequence that another had, which gets a new one: as after a table was renamed beside a new one of its
-- name.
-- properties: column: serial

-- == without ==
CREATE TABLE t (id serial, a int);
CREATE TABLE u (id serial, a int);

-- == with ==
CREATE TABLE t (id serial, a int);
ALTER TABLE t RENAME TO u;
CREATE TABLE t (id serial, a int);

-- == without to with ==
ALTER TABLE "t" ALTER COLUMN "id" DROP DEFAULT;
CREATE SEQUENCE "t_id_seq1" AS integer OWNED BY "t"."id";
ALTER TABLE "t" ALTER COLUMN "id" SET DEFAULT nextval('"t_id_seq1"'::regclass);
SELECT setval(pg_get_serial_sequence('"t"', 'id'), coalesce(max("id"), 0) + 1, false) FROM "t";
DO 'BEGIN IF to_regclass(pg_get_serial_sequence(''"t"'', ''id'')) = to_regclass(''"t_id_seq"'') THEN ALTER SEQUENCE "t_id_seq" OWNED BY NONE; END IF; END';
ALTER TABLE "u" ALTER COLUMN "id" DROP DEFAULT;
DO 'BEGIN EXECUTE format(''DROP SEQUENCE %s'', pg_get_serial_sequence(''"u"'', ''id'')); END';
ALTER TABLE "u" ALTER COLUMN "id" SET DEFAULT nextval('t_id_seq'::regclass);
ALTER SEQUENCE "t_id_seq" OWNED BY "u"."id";

-- == with to without ==
ALTER TABLE "t" ALTER COLUMN "id" DROP DEFAULT;
DO 'BEGIN EXECUTE format(''DROP SEQUENCE %s'', pg_get_serial_sequence(''"t"'', ''id'')); END';
ALTER TABLE "t" ALTER COLUMN "id" SET DEFAULT nextval('t_id_seq'::regclass);
ALTER SEQUENCE "t_id_seq" OWNED BY "t"."id";
ALTER TABLE "u" ALTER COLUMN "id" DROP DEFAULT;
CREATE SEQUENCE "u_id_seq" AS integer OWNED BY "u"."id";
ALTER TABLE "u" ALTER COLUMN "id" SET DEFAULT nextval('"u_id_seq"'::regclass);
SELECT setval(pg_get_serial_sequence('"u"', 'id'), coalesce(max("id"), 0) + 1, false) FROM "u";
