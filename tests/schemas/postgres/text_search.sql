-- Text search dictionaries and configurations.
CREATE SCHEMA app;
CREATE TEXT SEARCH DICTIONARY app."German; ""stem""" (TEMPLATE = snowball, Language = 'german', StopWords = 'german');
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = pg_catalog.simple, ACCEPT = false, stopwords = english);
CREATE TEXT SEARCH DICTIONARY bare (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION app.german (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION app.german ADD MAPPING FOR asciiword, word, hword WITH app."German; ""stem""", plain, simple;
ALTER TEXT SEARCH CONFIGURATION app.german ADD MAPPING FOR url, "int" WITH bare;
CREATE TEXT SEARCH CONFIGURATION mine (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION mine DROP MAPPING FOR email;
CREATE TEXT SEARCH CONFIGURATION nothing_in_it (PARSER = pg_catalog.default);
COMMENT ON TEXT SEARCH CONFIGURATION mine IS 'it''s ours';
COMMENT ON TEXT SEARCH DICTIONARY plain IS 'plain';
CREATE TABLE documents (id integer PRIMARY KEY, body text,
    found tsvector GENERATED ALWAYS AS (to_tsvector('mine'::regconfig, coalesce(body, ''))) STORED);
CREATE INDEX documents_german ON documents USING gin (to_tsvector('app.german'::regconfig, body));
