-- Aggregates: every clause, ordered-set and hypothetical ones, variadic and without arguments, moving ones.
CREATE SCHEMA "Stats";
CREATE TYPE "Stats".running AS (total numeric, n bigint);
CREATE FUNCTION add_int(state bigint, value integer) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT coalesce(state, 0) + coalesce(value, 0)';
CREATE FUNCTION sub_int(bigint, integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 - coalesce($2, 0)';
CREATE FUNCTION merge_int(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1 + $2';
CREATE FUNCTION final_int(bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1::numeric / 2';
CREATE FUNCTION final_extra(bigint, integer) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE plain_sum(integer) (SFUNC = add_int, STYPE = bigint);
CREATE AGGREGATE "Stats"."Sum of All"(integer) (
    SFUNC = add_int, STYPE = bigint, SSPACE = 128, FINALFUNC = final_int, FINALFUNC_MODIFY = SHAREABLE,
    COMBINEFUNC = merge_int, INITCOND = '0', PARALLEL = SAFE);
CREATE AGGREGATE moving_sum(v integer) (
    SFUNC = add_int, STYPE = bigint, INITCOND = '0',
    MSFUNC = add_int, MINVFUNC = sub_int, MSTYPE = bigint, MSSPACE = 64, MFINALFUNC = final_extra, MFINALFUNC_EXTRA,
    MFINALFUNC_MODIFY = READ_WRITE, MINITCOND = '0', FINALFUNC = final_extra, FINALFUNC_EXTRA);
CREATE FUNCTION count_rows(bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE AGGREGATE rows_there(*) (SFUNC = count_rows, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE smallest_of(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = OPERATOR(pg_catalog.<));
CREATE AGGREGATE my_percentile(float8 ORDER BY float8) (
    SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final);
CREATE AGGREGATE my_rank(VARIADIC "any" ORDER BY VARIADIC "any") (
    SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE FUNCTION join_all(text, VARIADIC text[]) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$SELECT $1 || array_to_string($2, ',')$$;
CREATE AGGREGATE join_texts(VARIADIC parts text[]) (SFUNC = join_all, STYPE = text, INITCOND = 'it''s \ this: ');
CREATE FUNCTION keep_last(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT $2';
CREATE AGGREGATE last_of(anyelement) (SFUNC = keep_last, STYPE = anyelement);
CREATE FUNCTION serialize_it(internal) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'numeric_avg_serialize';
CREATE AGGREGATE my_avg(numeric) (
    SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, COMBINEFUNC = numeric_avg_combine,
    SERIALFUNC = serialize_it, DESERIALFUNC = numeric_avg_deserialize, PARALLEL = RESTRICTED);
COMMENT ON AGGREGATE rows_there(*) IS 'how many';
COMMENT ON AGGREGATE my_rank(VARIADIC "any" ORDER BY VARIADIC "any") IS 'a rank';
-- A view that needs an aggregate, which needs functions.
CREATE TABLE measured (id integer PRIMARY KEY, value integer);
CREATE VIEW totals AS SELECT "Stats"."Sum of All"(value) AS total, rows_there(*) AS n FROM measured;
