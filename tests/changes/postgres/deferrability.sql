-- When a foreign key is checked changes in place; when a key is checked does not.

-- == before ==
CREATE TABLE nests (id int PRIMARY KEY, twig int CONSTRAINT nests_twig UNIQUE);
CREATE TABLE eggs (nest int CONSTRAINT eggs_nest REFERENCES nests, other int CONSTRAINT eggs_other REFERENCES nests DEFERRABLE);

-- == after ==
CREATE TABLE nests (id int PRIMARY KEY, twig int CONSTRAINT nests_twig UNIQUE DEFERRABLE);
CREATE TABLE eggs (nest int CONSTRAINT eggs_nest REFERENCES nests DEFERRABLE INITIALLY DEFERRED,
    other int CONSTRAINT eggs_other REFERENCES nests);

-- == there ==
ALTER TABLE "eggs"
    DROP CONSTRAINT "eggs_nest",
    DROP CONSTRAINT "eggs_other";
ALTER TABLE "nests"
    DROP CONSTRAINT "nests_twig",
    ADD CONSTRAINT "nests_twig" UNIQUE ("twig") DEFERRABLE;
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_nest" FOREIGN KEY ("nest") REFERENCES "nests" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_other" FOREIGN KEY ("other") REFERENCES "nests" ("id");

-- == back ==
ALTER TABLE "eggs"
    DROP CONSTRAINT "eggs_nest",
    DROP CONSTRAINT "eggs_other";
ALTER TABLE "nests"
    DROP CONSTRAINT "nests_twig",
    ADD CONSTRAINT "nests_twig" UNIQUE ("twig");
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_nest" FOREIGN KEY ("nest") REFERENCES "nests" ("id");
ALTER TABLE "eggs" ADD CONSTRAINT "eggs_other" FOREIGN KEY ("other") REFERENCES "nests" ("id") DEFERRABLE;
