-- Virtual tables, whose own tables are theirs, beside tables that are only called so.
CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
CREATE TABLE notes_data (id INTEGER PRIMARY KEY, notes_id INT REFERENCES notes);
CREATE VIRTUAL TABLE search5 USING fts5(title, body, content='notes', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE search4 USING fts4(title, body, prefix="2,4", matchinfo=fts3);
CREATE VIRTUAL TABLE IF NOT EXISTS "search ""three""" USING fts3(body TEXT);
CREATE VIRTUAL TABLE boxes USING rtree(id, min_x, max_x, min_y, max_y, +label TEXT);
CREATE VIRTUAL TABLE boxes_i USING rtree_i32(id, a, b);
CREATE VIRTUAL TABLE Words USING FTS5(body, detail=none, columnsize=0);
CREATE TRIGGER notes_ai AFTER INSERT ON notes BEGIN INSERT INTO search5 (rowid, title, body) VALUES (new.id, new.title, new.body); END;
CREATE TRIGGER notes_ad AFTER DELETE ON notes BEGIN INSERT INTO search5 (search5, rowid, title, body) VALUES ('delete', old.id, old.title, old.body); END;
CREATE VIEW found AS SELECT notes.* FROM search5 JOIN notes ON notes.id = search5.rowid WHERE search5 MATCH 'x';
