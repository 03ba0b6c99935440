-- Of a partitioned table and its partition: comments change in place, storage parameters do not.

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

-- == there ==
-- refused:   × the database does not take `CREATE TABLE "tides" (

-- == back ==
-- refused:   × the database does not take `CREATE TABLE "tides" (
