-- The index of a partition is a part of the partitioned table's, or its own beside one that is like it; an index that some
-- partitions lack, and one that takes keys of partitions as its parts.
-- properties: partition, index, unique, index: unique

-- == without ==
CREATE TABLE rains (at date NOT NULL, place text NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE rains_2021 PARTITION OF rains FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE rains_later PARTITION OF rains DEFAULT PARTITION BY LIST (place);
CREATE TABLE rains_here PARTITION OF rains_later FOR VALUES IN ('here');
CREATE INDEX rains_2020_place ON rains_2020 (place);

-- == with ==
CREATE TABLE rains (at date NOT NULL, place text NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE rains_2021 PARTITION OF rains FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE rains_later PARTITION OF rains DEFAULT PARTITION BY LIST (place);
CREATE TABLE rains_here PARTITION OF rains_later FOR VALUES IN ('here');
CREATE INDEX rains_2020_place ON rains_2020 (place);
CREATE INDEX rains_2021_place ON rains_2021 (place);
CREATE INDEX by_place ON ONLY rains (place);
ALTER INDEX by_place ATTACH PARTITION rains_2020_place;
ALTER TABLE rains_2020 ADD CONSTRAINT once UNIQUE (at, place);
CREATE UNIQUE INDEX all_once ON rains (at, place);

-- == altered ==
CREATE TABLE rains (at date NOT NULL, place text NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE rains_2021 PARTITION OF rains FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE rains_later PARTITION OF rains DEFAULT PARTITION BY LIST (place);
CREATE TABLE rains_here PARTITION OF rains_later FOR VALUES IN ('here');
CREATE INDEX by_place ON rains (place);
CREATE INDEX rains_2020_place ON rains_2020 (place);
CREATE UNIQUE INDEX all_once ON rains (at, place);

-- == without to with ==
ALTER TABLE "rains_2020" ADD CONSTRAINT "once" UNIQUE ("at", "place");
CREATE UNIQUE INDEX "rains_2021_at_place_idx" ON "rains_2021" ("at", "place");
CREATE INDEX "rains_2021_place" ON "rains_2021" ("place");
CREATE UNIQUE INDEX "rains_here_at_place_idx" ON "rains_here" ("at", "place");
CREATE UNIQUE INDEX "rains_later_at_place_idx" ON "rains_later" ("at", "place");
CREATE UNIQUE INDEX "all_once" ON "rains" ("at", "place");
CREATE INDEX "by_place" ON ONLY "rains" ("place");
ALTER INDEX "by_place" ATTACH PARTITION "rains_2020_place";

-- == with to altered ==
ALTER INDEX "rains_2020_place" RENAME TO "rains_2020_place_idx";
DROP INDEX "all_once" CASCADE;
CREATE UNIQUE INDEX "rains_2020_at_place_idx" ON "rains_2020" ("at", "place");
CREATE INDEX "rains_2020_place" ON "rains_2020" ("place");
DROP INDEX "rains_2021_place";
CREATE INDEX "rains_2021_place_idx" ON "rains_2021" ("place");
ALTER INDEX "by_place" ATTACH PARTITION "rains_2021_place_idx";
CREATE UNIQUE INDEX "rains_2021_at_place_idx" ON "rains_2021" ("at", "place");
CREATE INDEX "rains_here_place_idx" ON "rains_here" ("place");
CREATE UNIQUE INDEX "rains_here_at_place_idx" ON "rains_here" ("at", "place");
CREATE INDEX "rains_later_place_idx" ON "rains_later" ("place");
ALTER INDEX "by_place" ATTACH PARTITION "rains_later_place_idx";
CREATE UNIQUE INDEX "rains_later_at_place_idx" ON "rains_later" ("at", "place");
CREATE UNIQUE INDEX "all_once" ON "rains" ("at", "place");

-- == altered to with ==
DROP INDEX "by_place";
DROP INDEX "all_once";
ALTER TABLE "rains_2020" ADD CONSTRAINT "once" UNIQUE ("at", "place");
CREATE INDEX "rains_2021_place" ON "rains_2021" ("place");
CREATE UNIQUE INDEX "rains_2021_at_place_idx" ON "rains_2021" ("at", "place");
CREATE UNIQUE INDEX "rains_here_at_place_idx" ON "rains_here" ("at", "place");
CREATE UNIQUE INDEX "rains_later_at_place_idx" ON "rains_later" ("at", "place");
CREATE INDEX "by_place" ON ONLY "rains" ("place");
ALTER INDEX "by_place" ATTACH PARTITION "rains_2020_place";
CREATE UNIQUE INDEX "all_once" ON "rains" ("at", "place");

-- == with to without ==
DROP INDEX "all_once" CASCADE;
DROP INDEX "by_place";
CREATE INDEX "rains_2020_place" ON "rains_2020" ("place");
DROP INDEX "rains_2021_place";
