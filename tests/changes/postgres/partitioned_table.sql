-- Keys, indexes, checks, columns and foreign keys of a partitioned table change, and its partitions with it.
-- properties: table: partitioned

-- == without ==
CREATE TABLE rains (at date NOT NULL, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE places (id int PRIMARY KEY);

-- == with ==
CREATE TABLE places (id int PRIMARY KEY);
CREATE TABLE rains (at date NOT NULL, mm int, place int CONSTRAINT there REFERENCES places, CONSTRAINT wet CHECK (mm > 0), PRIMARY KEY (at)) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX by_mm ON rains (mm);

-- == altered ==
CREATE TABLE places (id int PRIMARY KEY);
CREATE TABLE rains (at date NOT NULL, mm bigint DEFAULT 1, place int CONSTRAINT there REFERENCES places ON DELETE CASCADE, CONSTRAINT wet CHECK (mm > 1), CONSTRAINT rain_key PRIMARY KEY (at, mm)) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX by_mm ON rains (mm DESC);

-- == without to with ==
ALTER TABLE "rains"
    ADD COLUMN "place" integer,
    ADD CONSTRAINT "wet" CHECK (mm > 0);
ALTER TABLE "rains_2020" ADD CONSTRAINT "rains_2020_pkey" PRIMARY KEY ("at");
CREATE INDEX "rains_2020_mm_idx" ON "rains_2020" ("mm");
ALTER TABLE "rains" ADD CONSTRAINT "rains_pkey" PRIMARY KEY ("at");
CREATE INDEX "by_mm" ON "rains" ("mm");
ALTER TABLE "rains" ADD CONSTRAINT "there" FOREIGN KEY ("place") REFERENCES "places" ("id");

-- == with to altered ==
ALTER TABLE "rains" DROP CONSTRAINT "there";
DROP INDEX "by_mm";
ALTER TABLE "rains"
    DROP CONSTRAINT "wet",
    DROP CONSTRAINT "rains_pkey",
    ALTER COLUMN "mm" TYPE bigint,
    ALTER COLUMN "mm" SET DEFAULT 1,
    ALTER COLUMN "mm" SET NOT NULL,
    ADD CONSTRAINT "wet" CHECK (mm > 1);
ALTER TABLE "rains_2020" ADD CONSTRAINT "rains_2020_pkey" PRIMARY KEY ("at", "mm");
CREATE INDEX "rains_2020_mm_idx" ON "rains_2020" ("mm" DESC);
ALTER TABLE "rains" ADD CONSTRAINT "rain_key" PRIMARY KEY ("at", "mm");
CREATE INDEX "by_mm" ON "rains" ("mm" DESC);
ALTER TABLE "rains" ADD CONSTRAINT "there" FOREIGN KEY ("place") REFERENCES "places" ("id") ON DELETE CASCADE;

-- == altered to with ==
ALTER TABLE "rains" DROP CONSTRAINT "there";
DROP INDEX "by_mm";
ALTER TABLE "rains"
    DROP CONSTRAINT "wet",
    DROP CONSTRAINT "rain_key",
    ALTER COLUMN "mm" DROP DEFAULT,
    ALTER COLUMN "mm" DROP NOT NULL,
    ALTER COLUMN "mm" TYPE integer,
    ADD CONSTRAINT "wet" CHECK (mm > 0);
ALTER TABLE "rains_2020" ADD CONSTRAINT "rains_2020_pkey" PRIMARY KEY ("at");
CREATE INDEX "rains_2020_mm_idx" ON "rains_2020" ("mm");
ALTER TABLE "rains" ADD CONSTRAINT "rains_pkey" PRIMARY KEY ("at");
CREATE INDEX "by_mm" ON "rains" ("mm");
ALTER TABLE "rains" ADD CONSTRAINT "there" FOREIGN KEY ("place") REFERENCES "places" ("id");

-- == with to without ==
ALTER TABLE "rains" DROP CONSTRAINT "there";
DROP INDEX "by_mm";
ALTER TABLE "rains"
    DROP CONSTRAINT "wet",
    DROP CONSTRAINT "rains_pkey",
    DROP COLUMN "place";
