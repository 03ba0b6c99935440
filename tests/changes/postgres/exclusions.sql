-- Exclusion constraints: elements, method, predicate, deferrability, comment.
-- properties: exclusion, exclusion: predicate, exclusion: deferrable, exclusion: comment

-- == without ==
CREATE EXTENSION btree_gist;
CREATE TABLE bookings (id int PRIMARY KEY, room int, during tsrange);

-- == with ==
CREATE EXTENSION btree_gist;
CREATE TABLE bookings (id int PRIMARY KEY, room int, during tsrange,
    CONSTRAINT apart EXCLUDE USING gist (room WITH =, during WITH &&));
COMMENT ON CONSTRAINT apart ON bookings IS 'one at a time';

-- == altered ==
CREATE EXTENSION btree_gist;
CREATE TABLE bookings (id int PRIMARY KEY, room bigint, during tsrange,
    CONSTRAINT apart EXCLUDE USING gist (room WITH =, during WITH &&) WITH (fillfactor = 80) WHERE (room > 5) DEFERRABLE);
COMMENT ON CONSTRAINT apart ON bookings IS 'only one';

-- == without to with ==
ALTER TABLE "bookings" ADD CONSTRAINT "apart" EXCLUDE USING gist (room WITH =, during WITH &&);
COMMENT ON CONSTRAINT "apart" ON "bookings" IS 'one at a time';

-- == with to altered ==
ALTER TABLE "bookings"
    DROP CONSTRAINT "apart",
    ALTER COLUMN "room" TYPE bigint,
    ADD CONSTRAINT "apart" EXCLUDE USING gist (room WITH =, during WITH &&) WITH (fillfactor='80') WHERE ((room > 5)) DEFERRABLE;
COMMENT ON CONSTRAINT "apart" ON "bookings" IS 'only one';

-- == altered to with ==
ALTER TABLE "bookings"
    DROP CONSTRAINT "apart",
    ALTER COLUMN "room" TYPE integer,
    ADD CONSTRAINT "apart" EXCLUDE USING gist (room WITH =, during WITH &&);
COMMENT ON CONSTRAINT "apart" ON "bookings" IS 'one at a time';

-- == with to without ==
ALTER TABLE "bookings" DROP CONSTRAINT "apart";
