-- Domains: over types, arrays, domains; rules with names, not yet valid ones, comments.
CREATE SCHEMA app;
CREATE COLLATION app.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE FUNCTION app.is_fine(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select $1 <> ''''';
CREATE FUNCTION first_value() RETURNS integer LANGUAGE sql AS 'select 1';
CREATE DOMAIN zz_base AS integer DEFAULT first_value() CONSTRAINT positive CHECK (VALUE > 0) NOT NULL;
CREATE DOMAIN aa_over AS zz_base CONSTRAINT "less; than ""x""" CHECK (VALUE < 100) CHECK (VALUE <> 50);
CREATE DOMAIN app.label AS varchar(40) COLLATE app.ci DEFAULT 'it''s' CHECK (app.is_fine(VALUE));
CREATE DOMAIN price AS numeric(12, 4) DEFAULT 0.5;
CREATE DOMAIN many AS text[] CHECK (array_length(VALUE, 1) < 5);
CREATE DOMAIN short AS char(3) COLLATE "C";
CREATE DOMAIN old_rows AS text;
CREATE TABLE holds (
    id integer PRIMARY KEY, a aa_over, b app.label[], c price DEFAULT NULL, d many, e short, f old_rows, g zz_base[]);
INSERT INTO holds (id, a, f) VALUES (1, 3, 'bad');
ALTER DOMAIN old_rows ADD CONSTRAINT good CHECK (VALUE = 'good') NOT VALID;
ALTER DOMAIN old_rows ADD CONSTRAINT not_null_yet CHECK (VALUE IS NOT NULL);
COMMENT ON DOMAIN app.label IS 'a label';
COMMENT ON CONSTRAINT positive ON DOMAIN zz_base IS 'it IS ''more'' than nothing';
CREATE FUNCTION takes(aa_over) RETURNS price LANGUAGE sql AS 'select 1.0';
CREATE TYPE of_domains AS (a aa_over, b app.label);
