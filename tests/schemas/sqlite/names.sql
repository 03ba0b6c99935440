-- Names of every kind, and ones that differ from words by their quotes alone.
CREATE TABLE "with space" ("a b" INT, "a.b" INT UNIQUE, "c""d" INT CHECK ("c""d" > 0), "it's" TEXT DEFAULT 'it''s', "new
line" INT, "🦀 é" INT, "semi;--" INT, "" INT, "/* no comment */" INT);
CREATE INDEX "index; drop table x" ON "with space" ("new
line", "🦀 é" DESC, "");
CREATE TABLE [bracket "quote] ([x "y] INT PRIMARY KEY);
CREATE TABLE `back ``tick` (`a``b` INT);
CREATE TABLE 'single ''quote' ('x' INT);
CREATE TABLE "table" ("create" INT, "primary" INT, "check" INT, "constraint" INT, "foreign" INT, "unique" INT, "default" INT, "as" INT, "and" INT, PRIMARY KEY ("primary", "unique"), CHECK ("and" > 0 AND "as" < 3));
CREATE TABLE "constraint" ("constraint" INT CONSTRAINT "constraint" CHECK ("constraint" > 0));
CREATE TABLE plan (key INT, action INT, no INT, of INT, row INT, rows INT, temp INT, view INT, trigger INT, desc INT, plan INT, do INT, like INT, match INT, replace INT, rowid INT, oid INT, window INT, over INT, filter INT, CHECK (key > 0 AND "like" > 0 AND "match" > replace));
CREATE TABLE Größe (größe INT, GRÖSSE INT, Ä INT, ä INT, CHECK (Ä > ä));
CREATE TABLE MixedCase (Id INTEGER PRIMARY KEY, CamelName TEXT, check_ INT, CHECK (camelname <> ID));
CREATE TABLE a_name_that_is_much_longer_than_what_other_databases_take_for_a_name_of_anything_at_all_and_goes_on_and_on_and_on (a_column_with_a_name_that_is_much_longer_than_what_other_databases_take_for_a_name_of_anything INT);
CREATE TABLE "sqlite" (a INT);
CREATE TABLE sqlitelike (a INT);
CREATE TABLE x$y (a$ INT, _ INT, __a INT);
CREATE VIEW "view; x" ("a;", "b""") AS SELECT "a b", "c""d" FROM "with space";
CREATE TRIGGER "trigger 'x'" AFTER INSERT ON "with space" BEGIN SELECT "a b" FROM [bracket "quote]; END;
