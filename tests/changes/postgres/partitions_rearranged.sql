-- Partitions get other bounds, one becomes a table of its own that keeps its index, others come in the places of those that
-- go; others refer to the table all the while, and to one partition.
-- properties: partition, partition: bounds, foreign key, primary key

-- == without ==
CREATE TABLE rains (id int CONSTRAINT rain PRIMARY KEY, mm int) PARTITION BY RANGE (id);
CREATE TABLE rains_1 PARTITION OF rains FOR VALUES FROM (1) TO (20);
CREATE TABLE rains_20 PARTITION OF rains FOR VALUES FROM (20) TO (40);
CREATE TABLE rains_rest PARTITION OF rains DEFAULT;
CREATE INDEX by_mm ON rains (mm);
CREATE TABLE floods (id int REFERENCES rains);
CREATE TABLE drops (id int CONSTRAINT of_first REFERENCES rains_1);

-- == with ==
CREATE TABLE rains (id int CONSTRAINT rain PRIMARY KEY WITH (fillfactor=70), mm int) PARTITION BY RANGE (id);
CREATE TABLE rains_1 PARTITION OF rains FOR VALUES FROM (1) TO (10);
CREATE TABLE rains_20 PARTITION OF rains FOR VALUES FROM (10) TO (40);
CREATE TABLE rains_rest PARTITION OF rains DEFAULT;
CREATE TABLE floods (id int REFERENCES rains);
CREATE TABLE drops (id int CONSTRAINT of_first REFERENCES rains_1);

-- == altered ==
CREATE TABLE rains (id int CONSTRAINT rain PRIMARY KEY, mm int) PARTITION BY RANGE (id);
CREATE TABLE rains_1 PARTITION OF rains FOR VALUES FROM (1) TO (10);
CREATE TABLE rains_15 PARTITION OF rains FOR VALUES FROM (10) TO (15);
CREATE TABLE rains_40 PARTITION OF rains FOR VALUES FROM (15) TO (40);
CREATE TABLE rains_rest (id int CONSTRAINT rain_rest PRIMARY KEY, mm int);
CREATE INDEX rains_rest_mm_idx ON rains_rest (mm);
CREATE TABLE floods (id int REFERENCES rains);
CREATE TABLE drops (id int CONSTRAINT of_first REFERENCES rains_1);

-- == without to with ==
ALTER TABLE "drops" DROP CONSTRAINT "of_first";
ALTER TABLE "floods" DROP CONSTRAINT "floods_id_fkey";
ALTER TABLE "rains" DETACH PARTITION "rains_1";
ALTER TABLE "rains" DETACH PARTITION "rains_20";
DROP INDEX "by_mm";
ALTER TABLE "rains" DROP CONSTRAINT "rain";
DROP INDEX "rains_1_mm_idx";
ALTER TABLE "rains_1"
    DROP CONSTRAINT "rains_1_pkey",
    ADD CONSTRAINT "rains_1_pkey" PRIMARY KEY ("id") WITH (fillfactor='70');
ALTER TABLE "rains" ATTACH PARTITION "rains_1" FOR VALUES FROM (1) TO (10);
DROP INDEX "rains_20_mm_idx";
ALTER TABLE "rains_20"
    DROP CONSTRAINT "rains_20_pkey",
    ADD CONSTRAINT "rains_20_pkey" PRIMARY KEY ("id") WITH (fillfactor='70');
ALTER TABLE "rains" ATTACH PARTITION "rains_20" FOR VALUES FROM (10) TO (40);
ALTER TABLE "rains_rest" ADD CONSTRAINT "rains_rest_pkey" PRIMARY KEY ("id") WITH (fillfactor='70');
ALTER TABLE "rains" ADD CONSTRAINT "rain" PRIMARY KEY ("id") WITH (fillfactor='70');
ALTER TABLE "drops" ADD CONSTRAINT "of_first" FOREIGN KEY ("id") REFERENCES "rains_1" ("id");
ALTER TABLE "floods" ADD CONSTRAINT "floods_id_fkey" FOREIGN KEY ("id") REFERENCES "rains" ("id");

-- == with to altered ==
ALTER TABLE "drops" DROP CONSTRAINT "of_first";
ALTER TABLE "floods" DROP CONSTRAINT "floods_id_fkey";
ALTER TABLE "rains" DETACH PARTITION "rains_rest";
ALTER TABLE "rains" DETACH PARTITION "rains_20";
ALTER TABLE "rains" DROP CONSTRAINT "rain";
ALTER TABLE "rains_1" ADD CONSTRAINT "rains_1_pkey" PRIMARY KEY ("id");
CREATE TABLE "rains_15" (
    "id" integer NOT NULL,
    "mm" integer,
    CONSTRAINT "rains_15_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "rains" ATTACH PARTITION "rains_15" FOR VALUES FROM (10) TO (15);
CREATE TABLE "rains_40" (
    "id" integer NOT NULL,
    "mm" integer,
    CONSTRAINT "rains_40_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "rains" ATTACH PARTITION "rains_40" FOR VALUES FROM (15) TO (40);
ALTER TABLE "rains_rest"
    DROP CONSTRAINT "rains_rest_pkey",
    ADD CONSTRAINT "rain_rest" PRIMARY KEY ("id");
CREATE INDEX "rains_rest_mm_idx" ON "rains_rest" ("mm");
ALTER TABLE "rains" ADD CONSTRAINT "rain" PRIMARY KEY ("id");
ALTER TABLE "drops" ADD CONSTRAINT "of_first" FOREIGN KEY ("id") REFERENCES "rains_1" ("id");
ALTER TABLE "floods" ADD CONSTRAINT "floods_id_fkey" FOREIGN KEY ("id") REFERENCES "rains" ("id");
DROP TABLE "rains_20";

-- == altered to with ==
ALTER TABLE "drops" DROP CONSTRAINT "of_first";
ALTER TABLE "floods" DROP CONSTRAINT "floods_id_fkey";
ALTER TABLE "rains" DETACH PARTITION "rains_15";
ALTER TABLE "rains" DETACH PARTITION "rains_40";
ALTER TABLE "rains" DROP CONSTRAINT "rain";
ALTER TABLE "rains_1" ADD CONSTRAINT "rains_1_pkey" PRIMARY KEY ("id") WITH (fillfactor='70');
CREATE TABLE "rains_20" (
    "id" integer NOT NULL,
    "mm" integer,
    CONSTRAINT "rains_20_pkey" PRIMARY KEY ("id") WITH (fillfactor='70')
);
ALTER TABLE "rains" ATTACH PARTITION "rains_20" FOR VALUES FROM (10) TO (40);
DROP INDEX "rains_rest_mm_idx";
ALTER TABLE "rains_rest"
    DROP CONSTRAINT "rain_rest",
    ADD CONSTRAINT "rains_rest_pkey" PRIMARY KEY ("id") WITH (fillfactor='70');
ALTER TABLE "rains" ATTACH PARTITION "rains_rest" DEFAULT;
ALTER TABLE "rains" ADD CONSTRAINT "rain" PRIMARY KEY ("id") WITH (fillfactor='70');
ALTER TABLE "drops" ADD CONSTRAINT "of_first" FOREIGN KEY ("id") REFERENCES "rains_1" ("id");
ALTER TABLE "floods" ADD CONSTRAINT "floods_id_fkey" FOREIGN KEY ("id") REFERENCES "rains" ("id");
DROP TABLE "rains_40";
DROP TABLE "rains_15";

-- == with to without ==
ALTER TABLE "drops" DROP CONSTRAINT "of_first";
ALTER TABLE "floods" DROP CONSTRAINT "floods_id_fkey";
ALTER TABLE "rains" DETACH PARTITION "rains_1";
ALTER TABLE "rains" DETACH PARTITION "rains_20";
ALTER TABLE "rains" DROP CONSTRAINT "rain";
ALTER TABLE "rains_1"
    DROP CONSTRAINT "rains_1_pkey",
    ADD CONSTRAINT "rains_1_pkey" PRIMARY KEY ("id");
CREATE INDEX "rains_1_mm_idx" ON "rains_1" ("mm");
ALTER TABLE "rains" ATTACH PARTITION "rains_1" FOR VALUES FROM (1) TO (20);
ALTER TABLE "rains_20"
    DROP CONSTRAINT "rains_20_pkey",
    ADD CONSTRAINT "rains_20_pkey" PRIMARY KEY ("id");
CREATE INDEX "rains_20_mm_idx" ON "rains_20" ("mm");
ALTER TABLE "rains" ATTACH PARTITION "rains_20" FOR VALUES FROM (20) TO (40);
ALTER TABLE "rains_rest" ADD CONSTRAINT "rains_rest_pkey" PRIMARY KEY ("id");
CREATE INDEX "rains_rest_mm_idx" ON "rains_rest" ("mm");
ALTER TABLE "rains" ADD CONSTRAINT "rain" PRIMARY KEY ("id");
CREATE INDEX "by_mm" ON "rains" ("mm");
ALTER TABLE "drops" ADD CONSTRAINT "of_first" FOREIGN KEY ("id") REFERENCES "rains_1" ("id");
ALTER TABLE "floods" ADD CONSTRAINT "floods_id_fkey" FOREIGN KEY ("id") REFERENCES "rains" ("id");
