-- The numbers of an identity become shorter with its type, and longer.
-- properties: column: identity options

-- == before ==
CREATE TABLE volts (volt bigint GENERATED ALWAYS AS IDENTITY (MAXVALUE 5000000000), amp bigint GENERATED ALWAYS AS IDENTITY (MINVALUE -5000000000 START WITH 1));

-- == after ==
CREATE TABLE volts (volt integer GENERATED ALWAYS AS IDENTITY, amp integer GENERATED ALWAYS AS IDENTITY (MINVALUE -5 START WITH 1));

-- == before to after ==
ALTER TABLE "volts" ALTER COLUMN "volt" SET NO MAXVALUE;
ALTER TABLE "volts" ALTER COLUMN "volt" TYPE integer;
DO 'DECLARE restart text; BEGIN EXECUTE format(''SELECT '''' RESTART'''' FROM %s WHERE last_value < -5'', pg_get_serial_sequence(''"volts"'', ''amp'')) INTO restart; EXECUTE concat(''ALTER TABLE "volts" ALTER COLUMN "amp" SET MINVALUE -5'', restart); END';
ALTER TABLE "volts" ALTER COLUMN "amp" TYPE integer;

-- == after to before ==
ALTER TABLE "volts" ALTER COLUMN "volt" TYPE bigint;
ALTER TABLE "volts" ALTER COLUMN "volt" SET MAXVALUE 5000000000;
ALTER TABLE "volts" ALTER COLUMN "amp" TYPE bigint;
ALTER TABLE "volts" ALTER COLUMN "amp" SET MINVALUE -5000000000;
