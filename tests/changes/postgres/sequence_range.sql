-- A sequence of no numbers yet gets another range. Back, it would stand outside of its range, which the server refuses.
-- properties: sequence: options

-- == before ==
CREATE SEQUENCE numbers;

-- == after ==
CREATE SEQUENCE numbers MINVALUE -10 START -10;
