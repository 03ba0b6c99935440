-- Foreign keys: their target, actions, match, when they are checked, whether rows were looked at, comments.
-- properties: foreign key, foreign key: actions, foreign key: MATCH, foreign key: deferrable, foreign key: NOT VALID, foreign key: comment

-- == without ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id int PRIMARY KEY, room int, nr int, under int);

-- == with ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id int PRIMARY KEY, room int, nr int, under int,
    CONSTRAINT on_it FOREIGN KEY (room, nr) REFERENCES shelves ON DELETE CASCADE ON UPDATE SET NULL);
ALTER TABLE jars ADD CONSTRAINT below FOREIGN KEY (under) REFERENCES jars NOT VALID;
COMMENT ON CONSTRAINT on_it ON jars IS 'where it stands';

-- == altered ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id int PRIMARY KEY, room int, nr int, under int,
    CONSTRAINT on_it FOREIGN KEY (room, nr) REFERENCES racks MATCH FULL ON DELETE SET NULL (nr) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT below FOREIGN KEY (under) REFERENCES jars ON DELETE SET DEFAULT);
COMMENT ON CONSTRAINT on_it ON jars IS 'where it "hangs"';

-- == without to with ==
ALTER TABLE "jars" ADD CONSTRAINT "below" FOREIGN KEY ("under") REFERENCES "jars" ("id") NOT VALID;
ALTER TABLE "jars" ADD CONSTRAINT "on_it" FOREIGN KEY ("room", "nr") REFERENCES "shelves" ("room", "nr") ON DELETE CASCADE ON UPDATE SET NULL NOT VALID;
COMMENT ON CONSTRAINT "on_it" ON "jars" IS 'where it stands';
ALTER TABLE "jars" VALIDATE CONSTRAINT "on_it";

-- == with to altered ==
ALTER TABLE "jars"
    DROP CONSTRAINT "below",
    DROP CONSTRAINT "on_it";
ALTER TABLE "jars" ADD CONSTRAINT "below" FOREIGN KEY ("under") REFERENCES "jars" ("id") ON DELETE SET DEFAULT NOT VALID;
ALTER TABLE "jars" ADD CONSTRAINT "on_it" FOREIGN KEY ("room", "nr") REFERENCES "racks" ("room", "nr") MATCH FULL ON DELETE SET NULL ("nr") DEFERRABLE INITIALLY DEFERRED NOT VALID;
COMMENT ON CONSTRAINT "on_it" ON "jars" IS 'where it "hangs"';
ALTER TABLE "jars" VALIDATE CONSTRAINT "below";
ALTER TABLE "jars" VALIDATE CONSTRAINT "on_it";

-- == altered to with ==
ALTER TABLE "jars"
    DROP CONSTRAINT "below",
    DROP CONSTRAINT "on_it";
ALTER TABLE "jars" ADD CONSTRAINT "below" FOREIGN KEY ("under") REFERENCES "jars" ("id") NOT VALID;
ALTER TABLE "jars" ADD CONSTRAINT "on_it" FOREIGN KEY ("room", "nr") REFERENCES "shelves" ("room", "nr") ON DELETE CASCADE ON UPDATE SET NULL NOT VALID;
COMMENT ON CONSTRAINT "on_it" ON "jars" IS 'where it stands';
ALTER TABLE "jars" VALIDATE CONSTRAINT "on_it";

-- == with to without ==
ALTER TABLE "jars"
    DROP CONSTRAINT "below",
    DROP CONSTRAINT "on_it";
