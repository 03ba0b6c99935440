-- Functions and procedures: body, result, arguments, attributes, comments.
-- properties: function, function: result, function: attributes, function: comment, procedure

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY);
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'select n * 2';
CREATE FUNCTION pair(n int) RETURNS TABLE (a int, b int) LANGUAGE sql AS 'select n, n';
CREATE PROCEDURE clear(n int) LANGUAGE sql AS 'delete from jars where id = n';
COMMENT ON FUNCTION twice(int) IS 'two of it';
COMMENT ON PROCEDURE clear(int) IS 'away';

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY);
CREATE FUNCTION twice(n int) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 SET search_path = public AS 'select n * 2 + 0';
CREATE FUNCTION pair(m int, n int DEFAULT 3) RETURNS TABLE (a int, c text) LANGUAGE sql SECURITY DEFINER ROWS 1 AS 'select n, ''x''';
CREATE PROCEDURE clear(m int) LANGUAGE sql AS 'delete from jars where id = m + 1';
COMMENT ON FUNCTION twice(int) IS 'two "of" it';

-- == without to with ==
CREATE OR REPLACE FUNCTION pair(n integer)
 RETURNS TABLE(a integer, b integer)
 LANGUAGE sql
AS $function$select n, n$function$;
CREATE OR REPLACE FUNCTION twice(n integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select n * 2$function$;
COMMENT ON FUNCTION "twice"(integer) IS 'two of it';
CREATE OR REPLACE PROCEDURE clear(IN n integer)
 LANGUAGE sql
AS $procedure$delete from jars where id = n$procedure$;
COMMENT ON PROCEDURE "clear"(integer) IS 'away';

-- == with to altered ==
DROP PROCEDURE IF EXISTS "clear"(integer);
DROP FUNCTION IF EXISTS "twice"(integer);
DROP FUNCTION IF EXISTS "pair"(integer);
CREATE OR REPLACE FUNCTION pair(m integer, n integer DEFAULT 3)
 RETURNS TABLE(a integer, c text)
 LANGUAGE sql
 SECURITY DEFINER ROWS 1
AS $function$select n, 'x'$function$;
CREATE OR REPLACE FUNCTION twice(n integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT COST 5
 SET search_path TO 'public'
AS $function$select n * 2 + 0$function$;
COMMENT ON FUNCTION "twice"(integer) IS 'two "of" it';
CREATE OR REPLACE PROCEDURE clear(IN m integer)
 LANGUAGE sql
AS $procedure$delete from jars where id = m + 1$procedure$;

-- == altered to with ==
DROP PROCEDURE IF EXISTS "clear"(integer);
DROP FUNCTION IF EXISTS "twice"(integer);
DROP FUNCTION IF EXISTS "pair"(integer, integer);
CREATE OR REPLACE FUNCTION pair(n integer)
 RETURNS TABLE(a integer, b integer)
 LANGUAGE sql
AS $function$select n, n$function$;
CREATE OR REPLACE FUNCTION twice(n integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select n * 2$function$;
COMMENT ON FUNCTION "twice"(integer) IS 'two of it';
CREATE OR REPLACE PROCEDURE clear(IN n integer)
 LANGUAGE sql
AS $procedure$delete from jars where id = n$procedure$;
COMMENT ON PROCEDURE "clear"(integer) IS 'away';

-- == with to without ==
DROP PROCEDURE IF EXISTS "clear"(integer);
DROP FUNCTION IF EXISTS "twice"(integer);
DROP FUNCTION IF EXISTS "pair"(integer);
