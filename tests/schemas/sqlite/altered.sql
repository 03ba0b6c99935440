-- Tables as SQLite leaves them when they are altered.
CREATE TABLE grown (a INT UNIQUE);
ALTER TABLE grown ADD COLUMN b TEXT NOT NULL DEFAULT 'x' CHECK (b <> '');
ALTER TABLE grown ADD COLUMN c INT REFERENCES grown (a) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE grown ADD COLUMN d AS (a + 1);
CREATE INDEX grown_a ON grown (a) WHERE b > 'x';
CREATE VIEW grown_view AS SELECT a, b FROM grown;
CREATE TRIGGER grown_trigger AFTER UPDATE OF a ON grown BEGIN UPDATE grown SET b = old.b WHERE a = new.a; END;
ALTER TABLE grown RENAME COLUMN a TO "new a";
ALTER TABLE grown RENAME TO "grown up";
ALTER TABLE "grown up" DROP COLUMN d;
CREATE TABLE keyed (id INTEGER PRIMARY KEY, v TEXT /* what it is */, -- and why
    CONSTRAINT v_set CHECK (v <> '') -- the last
);
ALTER TABLE keyed ADD COLUMN w INT DEFAULT -1 /* added */;
CREATE TABLE away (x INT);
DROP TABLE away;
ANALYZE;
