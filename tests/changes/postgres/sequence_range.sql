-- A sequence of no numbers yet gets another range. Back, it would stand before its range, and begins with it.
-- properties: sequence: options

-- == before ==
CREATE SEQUENCE numbers;

-- == after ==
CREATE SEQUENCE numbers MINVALUE -10 START -10;

-- == before to after ==
ALTER SEQUENCE "numbers" AS bigint START WITH -10 INCREMENT BY 1 MINVALUE -10 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;

-- == after to before ==
DO 'DECLARE restart text; BEGIN EXECUTE format(''SELECT '''' RESTART'''' FROM %s WHERE last_value < 1'', ''"numbers"'') INTO restart; EXECUTE concat(''ALTER SEQUENCE "numbers" AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE'', restart); END';
