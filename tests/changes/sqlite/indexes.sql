-- Indexes: columns, order, collation, expression, predicate, uniqueness.
-- properties: index, index: order, index: collation, index: expression, index: partial, index: unique

-- == without ==
CREATE TABLE songs (id integer PRIMARY KEY, title text, year int);

-- == with ==
CREATE TABLE songs (id integer PRIMARY KEY, title text, year int);
CREATE INDEX by_title ON songs (title);
CREATE INDEX by_year ON songs (year);
CREATE INDEX by_lower ON songs (lower(title));
CREATE UNIQUE INDEX by_both ON songs (title, year);

-- == altered ==
CREATE TABLE songs (id integer PRIMARY KEY, title text, year int);
CREATE INDEX by_title ON songs (title COLLATE nocase, year DESC);
CREATE INDEX by_year ON songs (year DESC) WHERE year > 1900;
CREATE INDEX by_lower ON songs (upper(title), year + 1);
CREATE INDEX by_both ON songs (title, year);

-- == without to with ==
CREATE INDEX "by_title" ON "songs" ("title");
CREATE INDEX "by_year" ON "songs" ("year");
CREATE INDEX "by_lower" ON "songs" (lower("title"));
CREATE UNIQUE INDEX "by_both" ON "songs" ("title", "year");

-- == with to altered ==
DROP INDEX "by_title";
DROP INDEX "by_year";
DROP INDEX "by_lower";
DROP INDEX "by_both";
CREATE INDEX "by_title" ON "songs" ("title" COLLATE "NOCASE", "year" DESC);
CREATE INDEX "by_year" ON "songs" ("year" DESC) WHERE "year" > 1900;
CREATE INDEX "by_lower" ON "songs" (upper("title"), "year" + 1);
CREATE INDEX "by_both" ON "songs" ("title", "year");

-- == altered to with ==
DROP INDEX "by_title";
DROP INDEX "by_year";
DROP INDEX "by_lower";
DROP INDEX "by_both";
CREATE INDEX "by_title" ON "songs" ("title");
CREATE INDEX "by_year" ON "songs" ("year");
CREATE INDEX "by_lower" ON "songs" (lower("title"));
CREATE UNIQUE INDEX "by_both" ON "songs" ("title", "year");

-- == with to without ==
DROP INDEX "by_title";
DROP INDEX "by_year";
DROP INDEX "by_lower";
DROP INDEX "by_both";
