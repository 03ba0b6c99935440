-- The index of a partition keeps its own name, whatever the server would call it, and goes with a column of its parent.
-- properties: partition, index, index: expression

-- == without ==
CREATE TABLE rains (at date NOT NULL, place text, mm int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE rains_later PARTITION OF rains DEFAULT PARTITION BY RANGE (at);
CREATE TABLE rains_2021 PARTITION OF rains_later FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE INDEX rains_2020_mm ON rains_2020 (mm);

-- == with ==
CREATE TABLE rains (at date NOT NULL, place text) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE rains_later PARTITION OF rains DEFAULT PARTITION BY RANGE (at);
CREATE TABLE rains_2021 PARTITION OF rains_later FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE INDEX by_place ON rains (lower(place), (place || '!'), date_trunc('month', at::timestamp));
ALTER INDEX rains_2020_lower_expr_date_trunc_idx RENAME TO first_by_place;
ALTER TABLE rains ADD CONSTRAINT rains_at UNIQUE (at);
COMMENT ON INDEX by_place IS 'of all';

-- == without to with ==
ALTER TABLE "rains" DROP COLUMN "mm";
ALTER TABLE "rains_2020" ADD CONSTRAINT "rains_2020_at_key" UNIQUE ("at");
CREATE INDEX "first_by_place" ON "rains_2020" ((lower(place)), (place || '!'::text), (date_trunc('month'::text, (at)::timestamp without time zone)));
ALTER TABLE "rains_2021" ADD CONSTRAINT "rains_2021_at_key" UNIQUE ("at");
CREATE INDEX "rains_2021_lower_expr_date_trunc_idx" ON "rains_2021" ((lower(place)), (place || '!'::text), (date_trunc('month'::text, (at)::timestamp without time zone)));
ALTER TABLE "rains_later" ADD CONSTRAINT "rains_later_at_key" UNIQUE ("at");
CREATE INDEX "rains_later_lower_expr_date_trunc_idx" ON "rains_later" ((lower(place)), (place || '!'::text), (date_trunc('month'::text, (at)::timestamp without time zone)));
ALTER TABLE "rains" ADD CONSTRAINT "rains_at" UNIQUE ("at");
CREATE INDEX "by_place" ON "rains" ((lower(place)), (place || '!'::text), (date_trunc('month'::text, (at)::timestamp without time zone)));
COMMENT ON INDEX "by_place" IS 'of all';

-- == with to without ==
DROP INDEX "by_place";
ALTER TABLE "rains"
    DROP CONSTRAINT "rains_at",
    ADD COLUMN "mm" integer;
CREATE INDEX "rains_2020_mm" ON "rains_2020" ("mm");
