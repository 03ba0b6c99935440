-- A constraint that was only for rows to come is validated. The other way it has to be made again.
-- properties: check: NOT VALID, foreign key: NOT VALID

-- == before ==
CREATE TABLE hives (id int PRIMARY KEY);
CREATE TABLE bees (hive int, weight int);
ALTER TABLE bees ADD CONSTRAINT bees_hive FOREIGN KEY (hive) REFERENCES hives NOT VALID;
ALTER TABLE bees ADD CONSTRAINT bees_weight CHECK (weight > 0) NOT VALID;

-- == after ==
CREATE TABLE hives (id int PRIMARY KEY);
CREATE TABLE bees (hive int, weight int);
ALTER TABLE bees ADD CONSTRAINT bees_hive FOREIGN KEY (hive) REFERENCES hives;
ALTER TABLE bees ADD CONSTRAINT bees_weight CHECK (weight > 0);

-- == before to after ==
ALTER TABLE "bees" VALIDATE CONSTRAINT "bees_hive";
ALTER TABLE "bees" VALIDATE CONSTRAINT "bees_weight";

-- == after to before ==
ALTER TABLE "bees" DROP CONSTRAINT "bees_hive";
ALTER TABLE "bees"
    DROP CONSTRAINT "bees_weight",
    ADD CONSTRAINT "bees_weight" CHECK (weight > 0) NOT VALID;
ALTER TABLE "bees" ADD CONSTRAINT "bees_hive" FOREIGN KEY ("hive") REFERENCES "hives" ("id") NOT VALID;
