-- Storage parameters of indexes, also of keys, are set where they stand, in the order in which they shall be.
-- properties: index: storage parameters, key: storage parameters

-- == before ==
CREATE TABLE songs (id int PRIMARY KEY, words tsvector, title text CONSTRAINT songs_title UNIQUE);
CREATE INDEX songs_words ON songs USING gin (words) WITH (fastupdate = off);
CREATE INDEX songs_by_title ON songs (title) WITH (fillfactor = 60, deduplicate_items = off);

-- == after ==
CREATE TABLE songs (id int PRIMARY KEY WITH (fillfactor = 80), words tsvector,
    title text CONSTRAINT songs_title UNIQUE WITH (fillfactor = 90));
CREATE INDEX songs_words ON songs USING gin (words) WITH (gin_pending_list_limit = 128);
CREATE INDEX songs_by_title ON songs (title) WITH (deduplicate_items = off, fillfactor = 70);
COMMENT ON INDEX songs_by_title IS 'sorted';

-- == before to after ==
ALTER INDEX "songs_pkey" SET (fillfactor='80');
ALTER INDEX "songs_title" SET (fillfactor='90');
ALTER INDEX "songs_by_title" SET (deduplicate_items='off', fillfactor='70');
COMMENT ON INDEX "songs_by_title" IS 'sorted';
ALTER INDEX "songs_words" RESET (fastupdate);
ALTER INDEX "songs_words" SET (gin_pending_list_limit='128');

-- == after to before ==
ALTER INDEX "songs_pkey" RESET (fillfactor);
ALTER INDEX "songs_title" RESET (fillfactor);
ALTER INDEX "songs_by_title" SET (fillfactor='60', deduplicate_items='off');
COMMENT ON INDEX "songs_by_title" IS NULL;
ALTER INDEX "songs_words" RESET (gin_pending_list_limit);
ALTER INDEX "songs_words" SET (fastupdate='off');
