-- Indexes: methods, operator classes and their parameters, orders, collations, expressions, everything behind them.
CREATE EXTENSION pg_trgm;
CREATE EXTENSION bloom;
CREATE SCHEMA lib;
CREATE COLLATION lib.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE items (
    id int, a int, b int, title text, code varchar(20) COLLATE "C", doc jsonb, tags text[], span int4range, at timestamptz,
    "Mixed Case" text, ip inet, spot point
);
CREATE INDEX plain ON items (a, b);
CREATE UNIQUE INDEX one ON items (a) INCLUDE (b, title) NULLS NOT DISTINCT WHERE a > 0 AND title IS NOT NULL;
CREATE INDEX ordered ON items (a DESC, b ASC NULLS FIRST, id DESC NULLS LAST);
CREATE INDEX patterned ON items (title text_pattern_ops, code varchar_pattern_ops DESC);
CREATE INDEX collated ON items (title COLLATE "C", code COLLATE "default", "Mixed Case" COLLATE lib.loose);
CREATE INDEX computed ON items (lower(title), (a + b), ((doc ->> 'name')) COLLATE "C" text_pattern_ops DESC);
ALTER INDEX computed ALTER COLUMN 1 SET STATISTICS 100;
ALTER INDEX computed ALTER COLUMN 2 SET STATISTICS 0;
CREATE INDEX signed ON items USING gist (title gist_trgm_ops (siglen = 32));
CREATE INDEX tagged ON items USING gin (tags, doc jsonb_path_ops) WITH (fastupdate = off, gin_pending_list_limit = 100);
CREATE INDEX hashed ON items USING hash (title) WITH (fillfactor = 60);
CREATE INDEX ranged ON items USING brin (at timestamptz_minmax_multi_ops (values_per_range = 16), id) WITH (pages_per_range = 8);
CREATE INDEX spaced ON items USING spgist (spot kd_point_ops);
CREATE INDEX spans ON items USING gist (span, ip inet_ops) WITH (buffering = on);
CREATE INDEX blooming ON items USING bloom (a, b) WITH (length = 80, col1 = 4);
CREATE INDEX packed ON items (title) WITH (fillfactor = 50, deduplicate_items = off);
CREATE INDEX "it's ""quoted"".one" ON items ("Mixed Case");
COMMENT ON INDEX "it's ""quoted"".one" IS 'Über "alles"; it''s';
CREATE TABLE lib.items (id int PRIMARY KEY, a int);
CREATE INDEX plain ON lib.items (id);
COMMENT ON INDEX lib.plain IS 'another of that name';
