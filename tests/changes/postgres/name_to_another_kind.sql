-- A name goes from a foreign key to a unique constraint, and another foreign key of the table changes with it.

-- == before ==
CREATE TABLE nests (id int PRIMARY KEY, twig int CONSTRAINT nests_twig UNIQUE);
CREATE TABLE eggs (nest int CONSTRAINT eggs_nest REFERENCES nests, twig int CONSTRAINT eggs_twig REFERENCES nests (twig));

-- == after ==
CREATE TABLE nests (id int PRIMARY KEY, twig int CONSTRAINT nests_twig UNIQUE);
CREATE TABLE eggs (nest int CONSTRAINT eggs_nest REFERENCES nests DEFERRABLE, twig int CONSTRAINT eggs_twig UNIQUE DEFERRABLE);

-- == before to after ==
ALTER TABLE "eggs" DROP CONSTRAINT "eggs_twig";
ALTER TABLE "eggs" ALTER CONSTRAINT "eggs_nest" DEFERRABLE INITIALLY IMMEDIATE;
CREATE UNIQUE INDEX CONCURRENTLY "eggs_twig" ON "eggs" ("twig");
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_twig" UNIQUE USING INDEX "eggs_twig" DEFERRABLE;

-- == after to before ==
ALTER TABLE "eggs" DROP CONSTRAINT "eggs_nest";
ALTER TABLE "eggs" DROP CONSTRAINT "eggs_twig";
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_nest" FOREIGN KEY ("nest") REFERENCES "nests" ("id") NOT VALID;
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_twig" FOREIGN KEY ("twig") REFERENCES "nests" ("twig") NOT VALID;
ALTER TABLE "eggs" VALIDATE CONSTRAINT "eggs_nest";
ALTER TABLE "eggs" VALIDATE CONSTRAINT "eggs_twig";
