-- Triggers of every kind, on tables and views.
CREATE TABLE watched (id INTEGER PRIMARY KEY, a INT, "b c" TEXT);
CREATE TABLE log (what TEXT, at TEXT DEFAULT CURRENT_TIMESTAMP);
CREATE VIEW shown AS SELECT id, a FROM watched;
CREATE TRIGGER before_insert BEFORE INSERT ON watched BEGIN SELECT RAISE(ABORT, 'no; really no') WHERE new.a < 0; END;
CREATE TRIGGER after_insert AFTER INSERT ON watched FOR EACH ROW WHEN new.a > 1 AND new."b c" <> 'x  y' BEGIN INSERT INTO log (what) VALUES ('in'); UPDATE watched SET a = a + 1 WHERE id = new.id; END;
CREATE TRIGGER after_update AFTER UPDATE ON watched BEGIN DELETE FROM log WHERE what = old.a; -- a comment; with a semicolon
    INSERT OR REPLACE INTO log SELECT CASE WHEN old.a THEN 'a' ELSE 'b' END, 'now'; /* END */
END;
CREATE TRIGGER of_columns UPDATE OF a, "b c" ON watched BEGIN SELECT 1; END;
CREATE TRIGGER before_delete BEFORE DELETE ON Watched BEGIN INSERT INTO log (what) VALUES (old.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER instead_insert INSTEAD OF INSERT ON shown BEGIN INSERT INTO watched (id, a) VALUES (new.id, new.a); END;
CREATE TRIGGER instead_update INSTEAD OF UPDATE OF a ON shown BEGIN UPDATE watched SET a = new.a FROM log WHERE id = old.id; END;
CREATE TRIGGER instead_delete INSTEAD OF DELETE ON shown WHEN old.id IN (SELECT id FROM watched) BEGIN DELETE FROM watched WHERE id = old.id; END;
CREATE TRIGGER "quoted ""trigger""" AFTER DELETE ON "watched" BEGIN SELECT 'x'; END;
CREATE TRIGGER if not exists main.of_main AFTER DELETE ON watched BEGIN SELECT * FROM gone_by_now; END;
CREATE TEMP TRIGGER not_here AFTER DELETE ON watched BEGIN SELECT 1; END;
