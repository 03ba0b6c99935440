-- A partition of a table to which others refer goes, and one becomes a table of its own that keeps its indexes.
-- properties: partition, foreign key

-- == without ==
CREATE TABLE rains (at date PRIMARY KEY, mm int) PARTITION BY RANGE (at);
CREATE TABLE floods (id int PRIMARY KEY, at date REFERENCES rains);

-- == with ==
CREATE TABLE rains (at date PRIMARY KEY, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE rains_2021 PARTITION OF rains FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE floods (id int PRIMARY KEY, at date REFERENCES rains);
CREATE INDEX by_mm ON rains (mm);

-- == altered ==
CREATE TABLE rains (at date PRIMARY KEY, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE rains_2021 (at date PRIMARY KEY, mm int);
CREATE INDEX rains_2021_mm_idx ON rains_2021 (mm);
CREATE TABLE floods (id int PRIMARY KEY, at date REFERENCES rains);

-- == without to with ==
CREATE TABLE "rains_2020" (
    "at" date NOT NULL,
    "mm" integer,
    CONSTRAINT "rains_2020_pkey" PRIMARY KEY ("at")
);
CREATE INDEX "rains_2020_mm_idx" ON "rains_2020" ("mm");
ALTER TABLE "rains" ATTACH PARTITION "rains_2020" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE "rains_2021" (
    "at" date NOT NULL,
    "mm" integer,
    CONSTRAINT "rains_2021_pkey" PRIMARY KEY ("at")
);
CREATE INDEX "rains_2021_mm_idx" ON "rains_2021" ("mm");
ALTER TABLE "rains" ATTACH PARTITION "rains_2021" FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE INDEX "by_mm" ON "rains" ("mm");

-- == with to altered ==
ALTER TABLE "rains" DETACH PARTITION "rains_2021";
DROP INDEX "by_mm";

-- == altered to with ==
CREATE INDEX "rains_2020_mm_idx" ON "rains_2020" ("mm");
ALTER TABLE "rains" ATTACH PARTITION "rains_2021" FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE INDEX "by_mm" ON "rains" ("mm");

-- == with to without ==
DROP INDEX "by_mm";
ALTER TABLE "rains" DETACH PARTITION "rains_2021";
DROP TABLE "rains_2021";
ALTER TABLE "rains" DETACH PARTITION "rains_2020";
DROP TABLE "rains_2020";
