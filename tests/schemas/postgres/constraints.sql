-- Constraints with everything that can be said of them.
CREATE EXTENSION btree_gist;
CREATE TABLE target (
    a int, b int, c text,
    CONSTRAINT "target's key" PRIMARY KEY (b, a) INCLUDE (c) WITH (fillfactor = 60) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT one_a UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b, c) WITH (fillfactor = 80),
    CONSTRAINT later_c UNIQUE (c) DEFERRABLE,
    UNIQUE (a, b)
);
COMMENT ON CONSTRAINT "target's key" ON target IS 'the "key"';
COMMENT ON INDEX "target's key" IS 'its index';
COMMENT ON CONSTRAINT one_a ON target IS 'it''s one';
CREATE TABLE source (
    id int PRIMARY KEY, a int, b int DEFAULT 1, c text,
    CONSTRAINT full_match FOREIGN KEY (a, b) REFERENCES target (a, b) MATCH FULL ON UPDATE CASCADE ON DELETE RESTRICT,
    CONSTRAINT set_some FOREIGN KEY (a, b) REFERENCES target (a, b) ON DELETE SET NULL (a),
    CONSTRAINT default_some FOREIGN KEY (a, b) REFERENCES target (a, b) ON DELETE SET DEFAULT (b, a) DEFERRABLE,
    CONSTRAINT at_commit FOREIGN KEY (a) REFERENCES target (a) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT to_itself FOREIGN KEY (a) REFERENCES source (id),
    CONSTRAINT two_sided CHECK (a > 0 AND (b IS NULL OR c ~ '^\(')),
    CONSTRAINT alone CHECK (c <> ')') NO INHERIT
);
ALTER TABLE source ADD CONSTRAINT unproven CHECK (a < 1000) NOT VALID;
ALTER TABLE source ADD CONSTRAINT unproven_alone CHECK (b < 1000) NO INHERIT NOT VALID;
ALTER TABLE source ADD CONSTRAINT unproven_key FOREIGN KEY (b) REFERENCES source (id) ON DELETE CASCADE NOT VALID;
COMMENT ON CONSTRAINT unproven ON source IS 'to be proven';
COMMENT ON CONSTRAINT unproven_key ON source IS 'to be proven too';
CREATE TABLE booked (
    room int, during tsrange, kind text,
    CONSTRAINT apart EXCLUDE USING gist (room WITH =, during WITH &&) WITH (fillfactor = 75) WHERE (kind <> 'open'),
    EXCLUDE USING gist (lower(during) WITH =, kind COLLATE "C" WITH <>) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT hashed EXCLUDE USING hash (kind WITH =)
);
COMMENT ON CONSTRAINT apart ON booked IS 'no two at once';
-- A circle.
CREATE TABLE egg (id int PRIMARY KEY, hen_id int);
CREATE TABLE hen (id int PRIMARY KEY, egg_id int CONSTRAINT from_egg REFERENCES egg);
ALTER TABLE egg ADD CONSTRAINT by_hen FOREIGN KEY (hen_id) REFERENCES hen NOT VALID;
COMMENT ON CONSTRAINT by_hen ON egg IS 'which was first';
CREATE TABLE "Sch""ma"();
ALTER TABLE "Sch""ma" ADD COLUMN "a.b" int CONSTRAINT "ch;eck" CHECK ("a.b" > 0) UNIQUE;
