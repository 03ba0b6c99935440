-- A sequence of no numbers yet gets another range. Back, it would stand outside of its range, which the server refuses.
-- properties: sequence: options

-- == before ==
CREATE SEQUENCE numbers;

-- == after ==
CREATE SEQUENCE numbers MINVALUE -10 START -10;

-- == before to after ==
ALTER SEQUENCE "numbers" AS bigint START WITH -10 INCREMENT BY 1 MINVALUE -10 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;

-- == after to before ==
-- refused: the database does not take `ALTER SEQUENCE "numbers" AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE`: RESTART value (-10) cannot be less than MINVALUE (1)
