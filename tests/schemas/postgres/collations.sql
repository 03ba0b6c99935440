-- Collations of each provider, and what is sorted by them.
CREATE SCHEMA app;
CREATE COLLATION app."Ger man" (provider = icu, locale = 'de-u-co-phonebk');
CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION c_like (provider = libc, locale = 'C');
CREATE COLLATION mixed (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
CREATE COLLATION copied FROM "C";
COMMENT ON COLLATION ci IS 'a is A';
CREATE TABLE sorted (id integer PRIMARY KEY, a text COLLATE app."Ger man", b text COLLATE ci UNIQUE, c text COLLATE "C");
CREATE INDEX sorted_c ON sorted (c COLLATE app."Ger man", (lower(c) COLLATE mixed) text_pattern_ops);
CREATE VIEW in_order AS SELECT a FROM sorted WHERE c = ('x' COLLATE c_like) ORDER BY a COLLATE copied;
CREATE DOMAIN word AS text COLLATE ci;
