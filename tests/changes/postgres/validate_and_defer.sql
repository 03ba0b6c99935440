-- A foreign key is validated, deferred and commented on at once, while its table gains a column.
-- properties: foreign key: NOT VALID, foreign key: deferrable

-- == before ==
CREATE TABLE hives (id int PRIMARY KEY);
CREATE TABLE bees (hive int);
ALTER TABLE bees ADD CONSTRAINT bees_hive FOREIGN KEY (hive) REFERENCES hives NOT VALID;

-- == after ==
CREATE TABLE hives (id int PRIMARY KEY, painted bool);
CREATE TABLE bees (hive int, weight int);
ALTER TABLE bees ADD CONSTRAINT bees_hive FOREIGN KEY (hive) REFERENCES hives DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT bees_hive ON bees IS 'where it sleeps';

-- == before to after ==
ALTER TABLE "hives" ADD COLUMN "painted" boolean;
ALTER TABLE "bees" ADD COLUMN "weight" integer;
ALTER TABLE "bees" ALTER CONSTRAINT "bees_hive" DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT "bees_hive" ON "bees" IS 'where it sleeps';
ALTER TABLE "bees" VALIDATE CONSTRAINT "bees_hive";

-- == after to before ==
ALTER TABLE "bees" DROP CONSTRAINT "bees_hive";
ALTER TABLE "hives" DROP COLUMN "painted";
ALTER TABLE "bees" DROP COLUMN "weight";
ALTER TABLE "bees" ADD CONSTRAINT "bees_hive" FOREIGN KEY ("hive") REFERENCES "hives" ("id") NOT VALID;
