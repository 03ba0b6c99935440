-- A sequence: its type, options, comment, and who owns it.
-- properties: sequence, sequence: options, sequence: owner, sequence: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, nr int);
CREATE TABLE lids (id int PRIMARY KEY, nr int);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, nr int);
CREATE TABLE lids (id int PRIMARY KEY, nr int);
CREATE SEQUENCE numbers OWNED BY jars.nr;
COMMENT ON SEQUENCE numbers IS 'of jars';

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, nr int);
CREATE TABLE lids (id int PRIMARY KEY, nr int);
CREATE SEQUENCE numbers AS int INCREMENT BY 5 MAXVALUE 1000 CACHE 3 CYCLE OWNED BY lids.nr;
COMMENT ON SEQUENCE numbers IS 'of lids';

-- == without to with ==
CREATE SEQUENCE numbers AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;
COMMENT ON SEQUENCE "numbers" IS 'of jars';
ALTER SEQUENCE "numbers" OWNED BY "jars"."nr";

-- == with to altered ==
ALTER SEQUENCE "numbers" AS integer START WITH 1 INCREMENT BY 5 MINVALUE 1 MAXVALUE 1000 CACHE 3 CYCLE;
COMMENT ON SEQUENCE "numbers" IS 'of lids';
DO 'BEGIN IF to_regclass(pg_get_serial_sequence(''"jars"'', ''nr'')) = to_regclass(''"numbers"'') THEN ALTER SEQUENCE "numbers" OWNED BY NONE; END IF; END';
ALTER SEQUENCE "numbers" OWNED BY "lids"."nr";

-- == altered to with ==
ALTER SEQUENCE "numbers" AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;
COMMENT ON SEQUENCE "numbers" IS 'of jars';
ALTER SEQUENCE "numbers" OWNED BY "jars"."nr";
DO 'BEGIN IF to_regclass(pg_get_serial_sequence(''"lids"'', ''nr'')) = to_regclass(''"numbers"'') THEN ALTER SEQUENCE "numbers" OWNED BY NONE; END IF; END';

-- == with to without ==
DO 'BEGIN IF to_regclass(pg_get_serial_sequence(''"jars"'', ''nr'')) = to_regclass(''"numbers"'') THEN ALTER SEQUENCE "numbers" OWNED BY NONE; END IF; END';
DROP SEQUENCE IF EXISTS "numbers";
