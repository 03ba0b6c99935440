-- A domain that only functions use gets another type: the functions are made again.
-- properties: domain: type

-- == before ==
CREATE DOMAIN percent AS int;
CREATE FUNCTION half(percent) RETURNS int LANGUAGE sql AS 'select 1';

-- == after ==
CREATE DOMAIN percent AS numeric(5,2);
CREATE FUNCTION half(percent) RETURNS int LANGUAGE sql AS 'select 1';

-- == before to after ==
DROP FUNCTION IF EXISTS "half"(percent);
DROP DOMAIN IF EXISTS "percent";
CREATE DOMAIN percent AS numeric(5,2);
CREATE OR REPLACE FUNCTION half(percent)
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;

-- == after to before ==
DROP FUNCTION IF EXISTS "half"(percent);
DROP DOMAIN IF EXISTS "percent";
CREATE DOMAIN percent AS integer;
CREATE OR REPLACE FUNCTION half(percent)
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;
