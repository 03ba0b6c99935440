-- Indexes: columns, method, order, nulls, operator class, expression, predicate, collation, what they carry along, uniqueness, comment.
-- properties: index, index: method, index: order, index: nulls, index: operator class, index: expression, index: predicate, index: collation, index: INCLUDE, index: unique, index: comment

-- == without ==
CREATE TABLE songs (id int PRIMARY KEY, title text, year int, words tsvector);

-- == with ==
CREATE TABLE songs (id int PRIMARY KEY, title text, year int, words tsvector);
CREATE INDEX by_title ON songs (title);
CREATE INDEX by_year ON songs (year);
CREATE INDEX by_lower ON songs (lower(title));
CREATE INDEX by_words ON songs USING gist (words);
CREATE UNIQUE INDEX by_both ON songs (title, year);
COMMENT ON INDEX by_year IS 'old first';

-- == altered ==
CREATE TABLE songs (id int PRIMARY KEY, title text, year int, words tsvector);
CREATE INDEX by_title ON songs (title text_pattern_ops, year DESC);
CREATE INDEX by_year ON songs (year DESC NULLS LAST) INCLUDE (title) WHERE year > 1900;
CREATE INDEX by_lower ON songs (upper(title) COLLATE "C");
CREATE INDEX by_words ON songs USING gin (words);
CREATE UNIQUE INDEX by_both ON songs (title, year) NULLS NOT DISTINCT;
COMMENT ON INDEX by_year IS 'new first';

-- == without to with ==
CREATE UNIQUE INDEX CONCURRENTLY "by_both" ON "songs" ("title", "year");
CREATE INDEX CONCURRENTLY "by_lower" ON "songs" ((lower(title)));
CREATE INDEX CONCURRENTLY "by_title" ON "songs" ("title");
CREATE INDEX CONCURRENTLY "by_words" ON "songs" USING "gist" ("words");
CREATE INDEX CONCURRENTLY "by_year" ON "songs" ("year");
COMMENT ON INDEX "by_year" IS 'old first';

-- == with to altered ==
CREATE UNIQUE INDEX CONCURRENTLY "by_both_cqrs_new" ON "songs" ("title", "year") NULLS NOT DISTINCT;
DROP INDEX "by_both";
ALTER INDEX "by_both_cqrs_new" RENAME TO "by_both";
CREATE INDEX CONCURRENTLY "by_lower_cqrs_new" ON "songs" ((upper(title)) COLLATE "C");
DROP INDEX "by_lower";
ALTER INDEX "by_lower_cqrs_new" RENAME TO "by_lower";
CREATE INDEX CONCURRENTLY "by_title_cqrs_new" ON "songs" ("title" "text_pattern_ops", "year" DESC);
DROP INDEX "by_title";
ALTER INDEX "by_title_cqrs_new" RENAME TO "by_title";
CREATE INDEX CONCURRENTLY "by_words_cqrs_new" ON "songs" USING "gin" ("words");
DROP INDEX "by_words";
ALTER INDEX "by_words_cqrs_new" RENAME TO "by_words";
CREATE INDEX CONCURRENTLY "by_year_cqrs_new" ON "songs" ("year" DESC NULLS LAST) INCLUDE ("title") WHERE year > 1900;
COMMENT ON INDEX "by_year_cqrs_new" IS 'new first';
DROP INDEX "by_year";
ALTER INDEX "by_year_cqrs_new" RENAME TO "by_year";

-- == altered to with ==
CREATE UNIQUE INDEX CONCURRENTLY "by_both_cqrs_new" ON "songs" ("title", "year");
DROP INDEX "by_both";
ALTER INDEX "by_both_cqrs_new" RENAME TO "by_both";
CREATE INDEX CONCURRENTLY "by_lower_cqrs_new" ON "songs" ((lower(title)));
DROP INDEX "by_lower";
ALTER INDEX "by_lower_cqrs_new" RENAME TO "by_lower";
CREATE INDEX CONCURRENTLY "by_title_cqrs_new" ON "songs" ("title");
DROP INDEX "by_title";
ALTER INDEX "by_title_cqrs_new" RENAME TO "by_title";
CREATE INDEX CONCURRENTLY "by_words_cqrs_new" ON "songs" USING "gist" ("words");
DROP INDEX "by_words";
ALTER INDEX "by_words_cqrs_new" RENAME TO "by_words";
CREATE INDEX CONCURRENTLY "by_year_cqrs_new" ON "songs" ("year");
COMMENT ON INDEX "by_year_cqrs_new" IS 'old first';
DROP INDEX "by_year";
ALTER INDEX "by_year_cqrs_new" RENAME TO "by_year";

-- == with to without ==
DROP INDEX CONCURRENTLY "by_both";
DROP INDEX CONCURRENTLY "by_lower";
DROP INDEX CONCURRENTLY "by_title";
DROP INDEX CONCURRENTLY "by_words";
DROP INDEX CONCURRENTLY "by_year";
