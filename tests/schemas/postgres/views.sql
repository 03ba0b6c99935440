-- Views of every kind, with their options, defaults and comments.
CREATE TABLE people (id int PRIMARY KEY, name text, boss int REFERENCES people, born date, bio text);
CREATE VIEW adults WITH (security_barrier) AS SELECT id, name FROM people WHERE born < '2000-01-01';
CREATE VIEW named WITH (check_option = local, security_invoker = true) AS SELECT * FROM people WHERE name IS NOT NULL;
CREATE VIEW named_again AS SELECT * FROM named WITH CASCADED CHECK OPTION;
ALTER VIEW named ALTER COLUMN name SET DEFAULT 'no "one"';
ALTER VIEW named ALTER COLUMN born SET DEFAULT CURRENT_DATE;
COMMENT ON VIEW named IS 'who has a name';
COMMENT ON COLUMN named.name IS 'the "name"; it''s there';
CREATE RECURSIVE VIEW chain (id, depth) AS
    SELECT id, 0 FROM people WHERE boss IS NULL
    UNION ALL
    SELECT p.id, c.depth + 1 FROM people p JOIN chain c ON c.id = p.boss;
CREATE MATERIALIZED VIEW counted WITH (fillfactor = 80, toast.autovacuum_enabled = false) AS
    SELECT boss, count(*) AS number, string_agg(bio, ',') AS bios FROM people GROUP BY boss WITH NO DATA;
ALTER MATERIALIZED VIEW counted ALTER COLUMN bios SET STORAGE EXTERNAL;
ALTER MATERIALIZED VIEW counted ALTER COLUMN number SET STATISTICS 50;
ALTER MATERIALIZED VIEW counted ALTER COLUMN boss SET (n_distinct = 3);
CREATE UNIQUE INDEX counted_by_boss ON counted (boss) WITH (fillfactor = 60);
CREATE INDEX counted_by_bios ON counted (lower(bios) text_pattern_ops) WHERE number > 1;
ALTER MATERIALIZED VIEW counted CLUSTER ON counted_by_boss;
COMMENT ON MATERIALIZED VIEW counted IS 'how many';
COMMENT ON COLUMN counted.number IS 'of those under it';
COMMENT ON INDEX counted_by_boss IS 'one a boss';
CREATE SCHEMA "View Land";
CREATE VIEW "View Land"."odd ""one""" ("a b", "C") AS SELECT 1, 'x'::text;
CREATE VIEW on_views AS SELECT a.name, c.number, o."a b" FROM adults a JOIN counted c ON c.boss = a.id, "View Land"."odd ""one""" o;
CREATE VIEW nothing AS SELECT;
-- Its function fails whenever it is asked.
CREATE VIEW broken AS SELECT 1 / (id - id) AS never FROM people;
