-- A partition is attached, gets other bounds, parts of its own, and is detached.
-- properties: table: partitioned, partition, partition: bounds

-- == without ==
CREATE TABLE rains (at date NOT NULL, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 (at date NOT NULL, mm int);

-- == with ==
CREATE TABLE rains (at date NOT NULL, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- == altered ==
CREATE TABLE rains (at date NOT NULL, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2019-01-01') TO ('2021-01-01');
CREATE INDEX rains_2020_mm ON rains_2020 (mm);
CREATE TABLE rains_rest PARTITION OF rains DEFAULT;

-- == without to with ==
ALTER TABLE "rains" ATTACH PARTITION "rains_2020" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- == with to altered ==
ALTER TABLE "rains" DETACH PARTITION "rains_2020";
CREATE INDEX "rains_2020_mm" ON "rains_2020" ("mm");
ALTER TABLE "rains" ATTACH PARTITION "rains_2020" FOR VALUES FROM ('2019-01-01') TO ('2021-01-01');
CREATE TABLE "rains_rest" (
    "at" date NOT NULL,
    "mm" integer
);
ALTER TABLE "rains" ATTACH PARTITION "rains_rest" DEFAULT;

-- == altered to with ==
ALTER TABLE "rains" DETACH PARTITION "rains_2020";
ALTER TABLE "rains" DETACH PARTITION "rains_rest";
DROP INDEX "rains_2020_mm";
ALTER TABLE "rains" ATTACH PARTITION "rains_2020" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
DROP TABLE "rains_rest";

-- == with to without ==
ALTER TABLE "rains" DETACH PARTITION "rains_2020";
