-- A foreign key over a column whose type changes is made again whatever else changes of it.
-- properties: foreign key: deferrable

-- == before ==
CREATE TABLE nests (id int PRIMARY KEY);
CREATE TABLE eggs (nest int CONSTRAINT eggs_nest REFERENCES nests);

-- == after ==
CREATE TABLE nests (id bigint PRIMARY KEY);
CREATE TABLE eggs (nest bigint CONSTRAINT eggs_nest REFERENCES nests DEFERRABLE);

-- == before to after ==
ALTER TABLE "eggs" DROP CONSTRAINT "eggs_nest";
ALTER TABLE "nests" ALTER COLUMN "id" TYPE bigint;
ALTER TABLE "eggs" ALTER COLUMN "nest" TYPE bigint;
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_nest" FOREIGN KEY ("nest") REFERENCES "nests" ("id") DEFERRABLE NOT VALID;
ALTER TABLE "eggs" VALIDATE CONSTRAINT "eggs_nest";

-- == after to before ==
ALTER TABLE "eggs" DROP CONSTRAINT "eggs_nest";
ALTER TABLE "nests" ALTER COLUMN "id" TYPE integer;
ALTER TABLE "eggs" ALTER COLUMN "nest" TYPE integer;
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_nest" FOREIGN KEY ("nest") REFERENCES "nests" ("id") NOT VALID;
ALTER TABLE "eggs" VALIDATE CONSTRAINT "eggs_nest";
