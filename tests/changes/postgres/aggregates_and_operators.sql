-- Aggregates and operators: what they are made of changes.
-- properties: aggregate, operator

-- == without ==
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select $1 + $2';

-- == with ==
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select $1 + $2';
CREATE AGGREGATE total(int) (SFUNC = plus, STYPE = int, INITCOND = '0');
CREATE OPERATOR <+> (FUNCTION = plus, LEFTARG = int, RIGHTARG = int);
COMMENT ON AGGREGATE total(int) IS 'all of it';

-- == altered ==
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select $2 + $1';
CREATE AGGREGATE total(int) (SFUNC = plus, STYPE = int, INITCOND = '5', PARALLEL = SAFE);
CREATE OPERATOR <+> (FUNCTION = plus, LEFTARG = int, RIGHTARG = int, COMMUTATOR = <+>);
COMMENT ON AGGREGATE total(int) IS 'all';

-- == without to with ==
CREATE AGGREGATE total(integer) (
    SFUNC = plus,
    STYPE = integer,
    INITCOND = '0');
COMMENT ON AGGREGATE "total"(integer) IS 'all of it';
CREATE OPERATOR <+> (
    FUNCTION = plus,
    LEFTARG = integer,
    RIGHTARG = integer);

-- == with to altered ==
DROP OPERATOR IF EXISTS <+> (integer, integer);
DROP AGGREGATE IF EXISTS "total"(integer);
CREATE OR REPLACE FUNCTION plus(integer, integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select $2 + $1$function$;
CREATE AGGREGATE total(integer) (
    SFUNC = plus,
    STYPE = integer,
    INITCOND = '5',
    PARALLEL = SAFE);
COMMENT ON AGGREGATE "total"(integer) IS 'all';
CREATE OPERATOR <+> (
    FUNCTION = plus,
    LEFTARG = integer,
    RIGHTARG = integer,
    COMMUTATOR = OPERATOR(public.<+>));

-- == altered to with ==
DROP OPERATOR IF EXISTS <+> (integer, integer);
DROP AGGREGATE IF EXISTS "total"(integer);
CREATE OR REPLACE FUNCTION plus(integer, integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select $1 + $2$function$;
CREATE AGGREGATE total(integer) (
    SFUNC = plus,
    STYPE = integer,
    INITCOND = '0');
COMMENT ON AGGREGATE "total"(integer) IS 'all of it';
CREATE OPERATOR <+> (
    FUNCTION = plus,
    LEFTARG = integer,
    RIGHTARG = integer);

-- == with to without ==
DROP OPERATOR IF EXISTS <+> (integer, integer);
DROP AGGREGATE IF EXISTS "total"(integer);
