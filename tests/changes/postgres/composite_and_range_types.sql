-- Composite types gain, change and lose attributes, and range types are made of other things.
-- properties: composite type, composite type: comment, range type

-- == without ==
CREATE TABLE pins (id int PRIMARY KEY);

-- == with ==
CREATE TYPE place AS (x int, y int);
COMMENT ON TYPE place IS 'where';
CREATE TYPE floats AS RANGE (subtype = float8);
CREATE TABLE pins (id int PRIMARY KEY);

-- == altered ==
CREATE TYPE place AS (x bigint, label text COLLATE "C");
COMMENT ON TYPE place IS 'where "it" is';
COMMENT ON COLUMN place.label IS 'its name';
CREATE TYPE floats AS RANGE (subtype = float4, multirange_type_name = many_floats);
CREATE TABLE pins (id int PRIMARY KEY);

-- == without to with ==
CREATE TYPE place AS (
    x integer,
    y integer);
COMMENT ON TYPE "place" IS 'where';
CREATE TYPE floats AS RANGE (subtype = double precision, multirange_type_name = floats_multirange);

-- == with to altered ==
DROP TYPE IF EXISTS "floats";
DROP TYPE IF EXISTS "place";
CREATE TYPE place AS (
    x bigint,
    label text COLLATE "C");
COMMENT ON COLUMN place.label IS 'its name';
COMMENT ON TYPE "place" IS 'where "it" is';
CREATE TYPE floats AS RANGE (subtype = real, multirange_type_name = many_floats);

-- == altered to with ==
DROP TYPE IF EXISTS "floats";
DROP TYPE IF EXISTS "place";
CREATE TYPE place AS (
    x integer,
    y integer);
COMMENT ON TYPE "place" IS 'where';
CREATE TYPE floats AS RANGE (subtype = double precision, multirange_type_name = floats_multirange);

-- == with to without ==
DROP TYPE IF EXISTS "floats";
DROP TYPE IF EXISTS "place";
