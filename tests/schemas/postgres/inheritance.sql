-- Tables that inherit: from one, from several, over generations; columns that are merged, and what a child says otherwise.
CREATE TABLE base (
    id serial PRIMARY KEY,
    name text DEFAULT 'unnamed' NOT NULL,
    note text,
    size int,
    CONSTRAINT named CHECK (name <> ''),
    CONSTRAINT only_here CHECK (size > 0) NO INHERIT
);
ALTER TABLE base ALTER COLUMN note SET STORAGE EXTERNAL;
CREATE TABLE tagged (tag text COLLATE "C", size int CHECK (size < 100));
CREATE TABLE plain_child () INHERITS (base);
CREATE TABLE child (extra int CHECK (extra > 0)) INHERITS (base);
CREATE INDEX child_by_name ON child (name);
CREATE TABLE merged (name text DEFAULT 'merged', size int NOT NULL) INHERITS (base, tagged);
CREATE TABLE grandchild (deep boolean) INHERITS (child);
CREATE TABLE stubborn () INHERITS (base);
ALTER TABLE stubborn ALTER COLUMN name SET DEFAULT 'NOT "this"';
ALTER TABLE stubborn ALTER COLUMN id DROP DEFAULT;
ALTER TABLE stubborn ALTER COLUMN size SET DEFAULT 3, ALTER COLUMN size SET NOT NULL;
ALTER TABLE stubborn ALTER COLUMN note SET STORAGE MAIN, ALTER COLUMN note SET STATISTICS 20;
ALTER TABLE stubborn ALTER COLUMN size SET (n_distinct = 7);
COMMENT ON COLUMN stubborn.note IS 'what only a "stubborn" one says: it''s IS ''this''';
-- Under its parent only later: its columns are its own.
CREATE TABLE adopted (id int NOT NULL, name text NOT NULL, note text, size int, CONSTRAINT named CHECK (name <> ''));
ALTER TABLE adopted INHERIT base;
CREATE SCHEMA far;
CREATE TABLE far.child () INHERITS (base, tagged);
