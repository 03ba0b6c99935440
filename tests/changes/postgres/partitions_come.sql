-- A partition comes to a table that is partitioned already, and goes.
-- properties: partition

-- == before ==
CREATE TABLE rains (at date, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- == after ==
CREATE TABLE rains (at date, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE rains_2021 PARTITION OF rains FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');

-- == before to after ==
CREATE TABLE "rains_2021" (
    "at" date,
    "mm" integer
);
ALTER TABLE "rains" ATTACH PARTITION "rains_2021" FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');

-- == after to before ==
DROP TABLE "rains_2021";
