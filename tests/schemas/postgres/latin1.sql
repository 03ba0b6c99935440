-- A database that cannot hold every character.
-- database: template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'
CREATE TYPE "Größe" AS ENUM ('klein', 'groß');
CREATE TABLE "Tür" ("Höhe" "Größe" DEFAULT 'groß', name text DEFAULT 'é' CHECK (name <> 'ñ'));
COMMENT ON TABLE "Tür" IS 'für Räume';
CREATE INDEX "Über" ON "Tür" (lower(name)) WHERE name <> 'ö';
CREATE VIEW "Übersicht" AS SELECT "Höhe", 'ß' AS "ß" FROM "Tür";
