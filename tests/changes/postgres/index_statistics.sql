-- Statistics targets of an index's expressions.
-- properties: index: statistics

-- == before ==
CREATE TABLE songs (title text, seconds int);
CREATE INDEX songs_index ON songs (lower(title), (seconds / 60));
ALTER INDEX songs_index ALTER COLUMN 1 SET STATISTICS 50;

-- == after ==
CREATE TABLE songs (title text, seconds int);
CREATE INDEX songs_index ON songs (lower(title), (seconds / 60));
ALTER INDEX songs_index ALTER COLUMN 2 SET STATISTICS 200;

-- == before to after ==
ALTER INDEX "songs_index" ALTER COLUMN 1 SET STATISTICS -1;
ALTER INDEX "songs_index" ALTER COLUMN 2 SET STATISTICS 200;

-- == after to before ==
ALTER INDEX "songs_index" ALTER COLUMN 2 SET STATISTICS -1;
ALTER INDEX "songs_index" ALTER COLUMN 1 SET STATISTICS 50;
