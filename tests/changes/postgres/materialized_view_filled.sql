-- Whether a materialized view is filled is a state of its rows: it stays as it is while other things of it change.
-- properties: materialized view: filled

-- == without ==
CREATE TABLE people (id int);
CREATE MATERIALIZED VIEW ids AS SELECT id FROM people;
CREATE MATERIALIZED VIEW others AS SELECT id + 1 AS id FROM people WITH NO DATA;

-- == with ==
CREATE TABLE people (id int);
CREATE MATERIALIZED VIEW ids AS SELECT id FROM people WITH NO DATA;
CREATE MATERIALIZED VIEW others AS SELECT id + 1 AS id FROM people;
COMMENT ON MATERIALIZED VIEW others IS 'the next ones';

-- == without to with ==
COMMENT ON MATERIALIZED VIEW "others" IS 'the next ones';

-- == with to without ==
COMMENT ON MATERIALIZED VIEW "others" IS NULL;
