-- Operators with all that the planner wants to know, families, classes, casts.
CREATE SCHEMA app;
CREATE TYPE app.point3 AS (x integer, y integer, z integer);
CREATE FUNCTION app.p3_eq(app.point3, app.point3) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select ($1).x = ($2).x';
CREATE FUNCTION app.p3_lt(app.point3, app.point3) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select ($1).x < ($2).x';
CREATE FUNCTION app.p3_le(app.point3, app.point3) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select ($1).x <= ($2).x';
CREATE FUNCTION app.p3_ge(app.point3, app.point3) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select ($1).x >= ($2).x';
CREATE FUNCTION app.p3_gt(app.point3, app.point3) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select ($1).x > ($2).x';
CREATE FUNCTION app.p3_cmp(app.point3, app.point3) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select ($1).x - ($2).x';
CREATE FUNCTION app.p3_hash(app.point3) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select ($1).x';
CREATE FUNCTION minus(app.point3) RETURNS app.point3 LANGUAGE sql IMMUTABLE AS 'select $1';
CREATE OPERATOR app.= (FUNCTION = app.p3_eq, LEFTARG = app.point3, RIGHTARG = app.point3, COMMUTATOR = OPERATOR(app.=),
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR app.< (FUNCTION = app.p3_lt, LEFTARG = app.point3, RIGHTARG = app.point3, COMMUTATOR = OPERATOR(app.>),
    NEGATOR = OPERATOR(app.>=), RESTRICT = scalarltsel);
CREATE OPERATOR app.> (FUNCTION = app.p3_gt, LEFTARG = app.point3, RIGHTARG = app.point3, COMMUTATOR = OPERATOR(app.<));
CREATE OPERATOR app.<= (FUNCTION = app.p3_le, LEFTARG = app.point3, RIGHTARG = app.point3);
CREATE OPERATOR app.>= (FUNCTION = app.p3_ge, LEFTARG = app.point3, RIGHTARG = app.point3, NEGATOR = OPERATOR(app.<));
CREATE OPERATOR !#% (FUNCTION = minus, RIGHTARG = app.point3);
COMMENT ON OPERATOR !#% (NONE, app.point3) IS 'turns it ''round''';
CREATE OPERATOR FAMILY app.p3_family USING btree;
CREATE OPERATOR CLASS app.p3_ops DEFAULT FOR TYPE app.point3 USING btree FAMILY app.p3_family AS
    OPERATOR 1 app.<, OPERATOR 2 app.<=, OPERATOR 3 app.=, OPERATOR 4 app.>=, OPERATOR 5 app.>, FUNCTION 1 app.p3_cmp(app.point3, app.point3);
CREATE OPERATOR CLASS "Odd ops" FOR TYPE app.point3 USING hash AS
    OPERATOR 1 app.= (app.point3, app.point3), FUNCTION 1 app.p3_hash(app.point3);
CREATE OPERATOR FAMILY loose USING btree;
ALTER OPERATOR FAMILY loose USING btree ADD OPERATOR 1 < (int4, int8), OPERATOR 3 = (int4, int8), FUNCTION 1 (int4, int8) btint48cmp(int4, int8);
CREATE OPERATOR CLASS by_distance FOR TYPE point USING gist AS
    OPERATOR 15 <-> (point, point) FOR ORDER BY pg_catalog.float_ops, OPERATOR 11 |>> (point, point),
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal),
    FUNCTION 7 gist_box_same(box, box, internal), STORAGE box;
COMMENT ON OPERATOR FAMILY loose USING btree IS 'loose ones';
COMMENT ON OPERATOR CLASS "Odd ops" USING hash IS 'odd';
CREATE TABLE uses (id integer PRIMARY KEY, p app.point3, q app.point3,
    CHECK (p OPERATOR(app.<) q), EXCLUDE USING hash (q "Odd ops" WITH OPERATOR(app.=)));
CREATE INDEX by_p ON uses (p);
CREATE INDEX by_p_down ON uses (p app.p3_ops DESC);
CREATE VIEW compared AS SELECT !#% p AS turned, p OPERATOR(app.=) q AS same FROM uses ORDER BY p USING OPERATOR(app.<);
CREATE FUNCTION to_p3(integer) RETURNS app.point3 LANGUAGE sql IMMUTABLE AS 'select row($1, $1, $1)::app.point3';
CREATE CAST (integer AS app.point3) WITH FUNCTION to_p3(integer) AS IMPLICIT;
CREATE CAST (app.point3 AS json) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bigint AS app.point3) WITH INOUT;
CREATE DOMAIN whole AS integer;
CREATE TYPE small_thing AS ENUM ('a');
CREATE CAST (money AS bigint) WITHOUT FUNCTION;
COMMENT ON CAST (integer AS app.point3) IS 'all three';
CREATE VIEW cast_in_view AS SELECT id::app.point3 AS p FROM uses;
