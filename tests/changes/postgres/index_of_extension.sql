-- An index goes before the extension that it stands on, and is built otherwise without it.
-- properties: extension, index: operator class

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, label text, note text);
CREATE INDEX jars_by_note ON jars (note);

-- == with ==
CREATE EXTENSION pg_trgm;
CREATE TABLE jars (id int PRIMARY KEY, label text, note text);
CREATE INDEX jars_by_label ON jars USING gin (label gin_trgm_ops);
CREATE INDEX jars_by_note ON jars USING gin (note gin_trgm_ops);

-- == without to with ==
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX CONCURRENTLY "jars_by_label" ON "jars" USING "gin" ("label" "gin_trgm_ops");
CREATE INDEX CONCURRENTLY "jars_by_note_cqrs_new" ON "jars" USING "gin" ("note" "gin_trgm_ops");
DROP INDEX "jars_by_note";
ALTER INDEX "jars_by_note_cqrs_new" RENAME TO "jars_by_note";

-- == with to without ==
DROP INDEX "jars_by_label";
DROP INDEX "jars_by_note";
CREATE INDEX "jars_by_note" ON "jars" ("note");
DROP EXTENSION IF EXISTS "pg_trgm";
