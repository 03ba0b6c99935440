-- Comments and options of views, and indexes of a materialized one, change while others stand on them.
-- properties: view: comment, view: options, materialized view: indexes

-- == before ==
CREATE TABLE crops (id int, kind text, tons int);
CREATE VIEW grain AS SELECT id, tons FROM crops WHERE kind = 'grain';
CREATE VIEW much_grain AS SELECT id FROM grain WHERE tons > 10;
CREATE MATERIALIZED VIEW sums AS SELECT kind, sum(tons) AS tons FROM crops GROUP BY kind;
CREATE INDEX sums_tons ON sums (tons);
CREATE VIEW best AS SELECT kind FROM sums ORDER BY tons DESC LIMIT 1;

-- == after ==
CREATE TABLE crops (id int, kind text, tons int);
CREATE VIEW grain WITH (security_barrier = true) AS SELECT id, tons FROM crops WHERE kind = 'grain';
CREATE VIEW much_grain AS SELECT id FROM grain WHERE tons > 10;
CREATE MATERIALIZED VIEW sums WITH (fillfactor = 80) AS SELECT kind, sum(tons) AS tons FROM crops GROUP BY kind;
CREATE UNIQUE INDEX sums_kind ON sums (kind);
CREATE VIEW best AS SELECT kind FROM sums ORDER BY tons DESC LIMIT 1;
COMMENT ON VIEW grain IS 'wheat and rye';
COMMENT ON COLUMN grain.tons IS 'of this year';
COMMENT ON MATERIALIZED VIEW sums IS 'each night';

-- == before to after ==
ALTER VIEW "grain" SET (security_barrier='true');
COMMENT ON VIEW "grain" IS 'wheat and rye';
COMMENT ON COLUMN "grain"."tons" IS 'of this year';
ALTER MATERIALIZED VIEW "sums" SET (fillfactor='80');
DROP INDEX "sums_tons";
CREATE UNIQUE INDEX "sums_kind" ON "sums" ("kind");
COMMENT ON MATERIALIZED VIEW "sums" IS 'each night';

-- == after to before ==
ALTER VIEW "grain" RESET (security_barrier);
COMMENT ON VIEW "grain" IS NULL;
COMMENT ON COLUMN "grain"."tons" IS NULL;
ALTER MATERIALIZED VIEW "sums" RESET (fillfactor);
DROP INDEX "sums_kind";
CREATE INDEX "sums_tons" ON "sums" ("tons");
COMMENT ON MATERIALIZED VIEW "sums" IS NULL;
