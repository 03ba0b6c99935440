-- A column of a partitioned table takes its numbers from a sequence, and so do its partitions; a check that old rows need
-- not keep is one that those of a new partition do.
-- properties: partition, column: serial

-- == without ==
CREATE TABLE rains (at date NOT NULL, n int) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- == with ==
CREATE TABLE rains (at date NOT NULL, n serial, id bigserial) PARTITION BY RANGE (at);
ALTER TABLE rains ADD CONSTRAINT counted CHECK (n > 0) NOT VALID;
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- == altered ==
CREATE TABLE rains (at date NOT NULL, n text) PARTITION BY RANGE (at);
CREATE TABLE rains_2020 PARTITION OF rains FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- == without to with ==
ALTER TABLE "rains" ALTER COLUMN "n" SET NOT NULL;
CREATE SEQUENCE "rains_n_seq" AS integer OWNED BY "rains"."n";
ALTER TABLE "rains" ALTER COLUMN "n" SET DEFAULT nextval('"rains_n_seq"'::regclass);
SELECT setval(pg_get_serial_sequence('"rains"', 'n'), coalesce(max("n"), 0) + 1, false) FROM "rains";
ALTER TABLE "rains"
    ADD COLUMN "id" bigserial NOT NULL,
    ADD CONSTRAINT "counted" CHECK (n > 0) NOT VALID;
ALTER TABLE "rains_2020" VALIDATE CONSTRAINT "counted";

-- == with to altered ==
ALTER TABLE "rains"
    DROP CONSTRAINT "counted",
    DROP COLUMN "id",
    ALTER COLUMN "n" DROP DEFAULT;
DO 'BEGIN EXECUTE format(''DROP SEQUENCE %s'', pg_get_serial_sequence(''"rains"'', ''n'')); END';
ALTER TABLE "rains"
    ALTER COLUMN "n" DROP NOT NULL,
    ALTER COLUMN "n" TYPE text USING "n"::text;

-- == altered to with ==
ALTER TABLE "rains"
    ALTER COLUMN "n" TYPE integer USING "n"::integer,
    ALTER COLUMN "n" SET NOT NULL;
CREATE SEQUENCE "rains_n_seq" AS integer OWNED BY "rains"."n";
ALTER TABLE "rains" ALTER COLUMN "n" SET DEFAULT nextval('"rains_n_seq"'::regclass);
SELECT setval(pg_get_serial_sequence('"rains"', 'n'), coalesce(max("n"), 0) + 1, false) FROM "rains";
ALTER TABLE "rains"
    ADD COLUMN "id" bigserial NOT NULL,
    ADD CONSTRAINT "counted" CHECK (n > 0) NOT VALID;
ALTER TABLE "rains_2020" VALIDATE CONSTRAINT "counted";

-- == with to without ==
ALTER TABLE "rains"
    DROP CONSTRAINT "counted",
    DROP COLUMN "id",
    ALTER COLUMN "n" DROP DEFAULT;
DO 'BEGIN EXECUTE format(''DROP SEQUENCE %s'', pg_get_serial_sequence(''"rains"'', ''n'')); END';
ALTER TABLE "rains" ALTER COLUMN "n" DROP NOT NULL;
