-- Extensions: in schemas of their own, in old versions, with comments, and what needs their members.
CREATE SCHEMA ext;
CREATE SCHEMA "Ext 2";
CREATE EXTENSION citext WITH SCHEMA ext VERSION '1.4';
CREATE EXTENSION pg_trgm;
CREATE EXTENSION "uuid-ossp" WITH SCHEMA "Ext 2";
CREATE EXTENSION btree_gist;
CREATE EXTENSION hstore;
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
COMMENT ON EXTENSION hstore IS 'our own words';
COMMENT ON EXTENSION pg_trgm IS NULL;
CREATE DOMAIN mail AS ext.citext CHECK (VALUE OPERATOR(ext.~) '@'::ext.citext);
CREATE TABLE uses (
    id uuid PRIMARY KEY DEFAULT "Ext 2".uuid_generate_v4(),
    name ext.citext NOT NULL,
    names ext.citext[],
    mail mail,
    data hstore DEFAULT ''::hstore,
    place cube,
    room integer,
    during tsrange,
    EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE INDEX uses_trgm ON uses USING gin ((name::text) gin_trgm_ops);
CREATE UNIQUE INDEX uses_lower ON uses (lower(name::text));
CREATE VIEW far AS SELECT id, earth_distance(place::earth, place::earth) AS d, data -> 'a' AS a FROM uses;
CREATE FUNCTION of_extension(hstore) RETURNS ext.citext LANGUAGE sql AS 'select $1->''a''';
ALTER FUNCTION of_extension(hstore) DEPENDS ON EXTENSION cube;
ALTER FUNCTION of_extension(hstore) DEPENDS ON EXTENSION hstore;
