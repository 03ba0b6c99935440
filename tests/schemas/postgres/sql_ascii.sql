-- A database that does not know what its bytes mean. These are UTF-8.
-- database: template template0 encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'
CREATE TYPE "Größe" AS ENUM ('klein', 'groß');
CREATE TABLE "日本" ("Höhe 🦀" "Größe" DEFAULT 'groß', name text DEFAULT 'é' CHECK (name <> '🦀'));
COMMENT ON TABLE "日本" IS 'für Räume';
CREATE VIEW "Übersicht" AS SELECT "Höhe 🦀", 'ß' AS "ß" FROM "日本";
