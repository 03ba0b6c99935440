-- A function that a default, a check, an index, a generated column, a policy, a trigger and a view use gets another body.
-- properties: function

-- == without ==
CREATE FUNCTION fine(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select n';
CREATE TABLE jars (id int PRIMARY KEY, n int DEFAULT fine(1), m int GENERATED ALWAYS AS (fine(id)) STORED, CONSTRAINT good CHECK (fine(n) > 0));
CREATE INDEX by_fine ON jars (fine(n));
CREATE VIEW fine_jars AS SELECT id, fine(n) AS f FROM jars;
ALTER TABLE jars ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON jars USING (fine(n) > 0);

-- == with ==
CREATE FUNCTION fine(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select n + 1 - 1';
CREATE TABLE jars (id int PRIMARY KEY, n int DEFAULT fine(1), m int GENERATED ALWAYS AS (fine(id)) STORED, CONSTRAINT good CHECK (fine(n) > 0));
CREATE INDEX by_fine ON jars (fine(n));
CREATE VIEW fine_jars AS SELECT id, fine(n) AS f FROM jars;
ALTER TABLE jars ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON jars USING (fine(n) > 0);

-- == without to with ==
CREATE OR REPLACE FUNCTION fine(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select n + 1 - 1$function$;

-- == with to without ==
CREATE OR REPLACE FUNCTION fine(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select n$function$;
