-- Partitioned tables: every way to cut, partitions of partitions, columns in another order, keys and indexes with names of
-- their own.
CREATE TABLE measures (
    id bigint NOT NULL,
    taken_on date NOT NULL,
    region text DEFAULT 'north' NOT NULL,
    value numeric(10, 2),
    CONSTRAINT measures_key PRIMARY KEY (id, taken_on),
    CONSTRAINT value_is_positive CHECK (value > 0)
) PARTITION BY RANGE (taken_on);
CREATE INDEX measures_by_region ON measures (lower(region), value DESC NULLS LAST) WHERE value IS NOT NULL;
COMMENT ON TABLE measures IS 'cut by day';

CREATE TABLE measures_2023 PARTITION OF measures FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
ALTER INDEX measures_2023_pkey RENAME TO "key of 2023";
ALTER TABLE measures_2023 ALTER COLUMN region SET DEFAULT 'south';
CREATE INDEX only_here ON measures_2023 (value);
COMMENT ON COLUMN measures_2023.value IS 'in the old unit';

-- Made as a table of its own, in another order, with a column more that is gone again.
CREATE TABLE measures_2024 (
    gone text,
    value numeric(10, 2) CONSTRAINT value_is_positive CHECK (value > 0),
    region text NOT NULL,
    taken_on date NOT NULL,
    id bigint NOT NULL,
    CONSTRAINT taken_in_2024 CHECK (taken_on >= '2024-01-01')
);
ALTER TABLE measures_2024 DROP COLUMN gone;
ALTER TABLE measures_2024 ADD CONSTRAINT "2024" PRIMARY KEY (id, taken_on) WITH (fillfactor = 90);
ALTER TABLE measures ATTACH PARTITION measures_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

CREATE TABLE measures_later PARTITION OF measures DEFAULT PARTITION BY LIST (id);
CREATE TABLE "measures later, ""one""" PARTITION OF measures_later FOR VALUES IN (1, -2)
    WITH (fillfactor = 50);
CREATE TABLE measures_later_rest PARTITION OF measures_later DEFAULT;

CREATE TABLE hashed (a int, b text, c int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY HASH (a, lower(b));
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);

-- Keys to and from a partitioned table.
CREATE TABLE readings (
    id int PRIMARY KEY,
    measure_id bigint,
    measure_day date,
    CONSTRAINT of_measure FOREIGN KEY (measure_id, measure_day) REFERENCES measures ON DELETE CASCADE
);
CREATE TABLE logged (at timestamptz NOT NULL, reading int REFERENCES readings ON DELETE SET NULL) PARTITION BY RANGE (at);
CREATE TABLE logged_1 PARTITION OF logged FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');
CREATE TABLE numbered (id serial, at date) PARTITION BY RANGE (date_trunc('month', at::timestamp), id);
CREATE TABLE numbered_1 PARTITION OF numbered FOR VALUES FROM ('2024-01-01', 1) TO ('2024-02-01', MAXVALUE);
CREATE TABLE empty_tree (a int) PARTITION BY LIST ((a % 3));
CREATE TABLE listed (kind text, n int) PARTITION BY LIST (kind);
CREATE TABLE listed_some PARTITION OF listed FOR VALUES IN ('east', 'it''s "east"', NULL);
