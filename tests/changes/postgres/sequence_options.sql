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
ALTER SEQUENCE IF EXISTS "numbers" OWNED BY NONE;
ALTER SEQUENCE "numbers" OWNED BY "lids"."nr";

-- == altered to with ==
-- refused: the plan does not arrive at what was declared; still to be done after it: alter table `jars` alter column `nr`: options none -> OWNS SEQUENCE "numbers" the plan: ALTER SEQUENCE "numbers" AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE; COMMENT ON SEQUENCE "numbers" IS 'of jars'; ALTER SEQUENCE "numbers" OWNED BY "jars"."nr"; ALTER SEQUENCE IF EXISTS "numbers" OWNED BY NONE;

-- == with to without ==
ALTER SEQUENCE IF EXISTS "numbers" OWNED BY NONE;
DROP SEQUENCE IF EXISTS "numbers";
