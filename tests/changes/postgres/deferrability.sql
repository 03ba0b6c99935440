-- When a foreign key is checked changes in place.
-- properties: foreign key: deferrable

-- == before ==
CREATE TABLE nests (id int PRIMARY KEY);
CREATE TABLE eggs (nest int CONSTRAINT eggs_nest REFERENCES nests, other int CONSTRAINT eggs_other REFERENCES nests DEFERRABLE);

-- == after ==
CREATE TABLE nests (id int PRIMARY KEY);
CREATE TABLE eggs (nest int CONSTRAINT eggs_nest REFERENCES nests DEFERRABLE INITIALLY DEFERRED,
    other int CONSTRAINT eggs_other REFERENCES nests);

-- == before to after ==
ALTER TABLE "eggs" ALTER CONSTRAINT "eggs_nest" DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "eggs" ALTER CONSTRAINT "eggs_other" NOT DEFERRABLE;

-- == after to before ==
ALTER TABLE "eggs" ALTER CONSTRAINT "eggs_nest" NOT DEFERRABLE;
ALTER TABLE "eggs" ALTER CONSTRAINT "eggs_other" DEFERRABLE INITIALLY IMMEDIATE;
