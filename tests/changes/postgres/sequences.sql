-- A sequence keeps its place when its options change.
-- properties: sequence: options

-- == before ==
CREATE SEQUENCE tickets START 5 INCREMENT 2 MAXVALUE 1000;

-- == after ==
CREATE SEQUENCE tickets AS bigint START 5 INCREMENT 3 MINVALUE 0 CACHE 10 CYCLE;
COMMENT ON SEQUENCE tickets IS 'for the queue';

-- == before to after ==
ALTER SEQUENCE "tickets" AS bigint START WITH 5 INCREMENT BY 3 MINVALUE 0 MAXVALUE 9223372036854775807 CACHE 10 CYCLE;
COMMENT ON SEQUENCE "tickets" IS 'for the queue';

-- == after to before ==
DO 'DECLARE restart text; BEGIN EXECUTE format(''SELECT '''' RESTART'''' FROM %s WHERE last_value < 1'', ''"tickets"'') INTO restart; EXECUTE concat(''ALTER SEQUENCE "tickets" AS bigint START WITH 5 INCREMENT BY 2 MINVALUE 1 MAXVALUE 1000 CACHE 1 NO CYCLE'', restart); END';
COMMENT ON SEQUENCE "tickets" IS NULL;
