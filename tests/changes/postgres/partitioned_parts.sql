-- Of a partitioned table and its partition: comments change in place, storage parameters do not.
-- properties: table: partitioned, table: comment

-- == before ==
CREATE TABLE tides (at date, height int CONSTRAINT tides_height CHECK (height < 20)) PARTITION BY RANGE (at);
CREATE TABLE tides_2020 PARTITION OF tides FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX tides_by_height ON tides (height);
CREATE INDEX tides_by_both ON tides (height, at);

-- == after ==
CREATE TABLE tides (at date, height int CONSTRAINT tides_height CHECK (height < 20)) PARTITION BY RANGE (at);
CREATE TABLE tides_2020 PARTITION OF tides FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX tides_by_height ON tides (height);
CREATE INDEX tides_by_both ON tides (height, at) WITH (fillfactor = 70);
COMMENT ON INDEX tides_by_height IS 'of the parent';
COMMENT ON INDEX tides_2020_height_idx IS 'of the partition';
COMMENT ON CONSTRAINT tides_height ON tides_2020 IS 'in that year';

-- == before to after ==
DROP INDEX "tides_by_both";
COMMENT ON INDEX "tides_2020_height_idx" IS 'of the partition';
COMMENT ON CONSTRAINT "tides_height" ON "tides_2020" IS 'in that year';
CREATE INDEX "tides_2020_height_at_idx" ON "tides_2020" ("height", "at") WITH (fillfactor='70');
CREATE INDEX "tides_by_both" ON "tides" ("height", "at") WITH (fillfactor='70');
COMMENT ON INDEX "tides_by_height" IS 'of the parent';

-- == after to before ==
DROP INDEX "tides_by_both";
COMMENT ON INDEX "tides_2020_height_idx" IS NULL;
COMMENT ON CONSTRAINT "tides_height" ON "tides_2020" IS NULL;
CREATE INDEX "tides_2020_height_at_idx" ON "tides_2020" ("height", "at");
CREATE INDEX "tides_by_both" ON "tides" ("height", "at");
COMMENT ON INDEX "tides_by_height" IS NULL;
