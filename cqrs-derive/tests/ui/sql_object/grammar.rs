//! A case.

use cqrs_core::sql_object;

sql_object! {}

sql_object! { function }

sql_object! { function touch() }

sql_object! { function "touch()" "CREATE FUNCTION touch()" }

sql_object! { function "touch()" }

sql_object! { funktion "touch()", "CREATE FUNCTION touch()" }

sql_object! { table "articles", "CREATE TABLE articles (id int)" }

sql_object! { view "list", "CREATE VIEW list AS SELECT 1" }

sql_object! { enum "colour", "CREATE TYPE colour AS ENUM ()" }

sql_object! { type "pair", "CREATE TYPE pair AS (a int, b int)" }

sql_object! { index "by_name", "CREATE INDEX by_name ON articles (name)" }

sql_object! { trigger "stamp", "CREATE TRIGGER stamp …" }

sql_object! { domain "short" on "articles", "CREATE DOMAIN short AS text" }

sql_object! { function "touch()", postgresql = "CREATE FUNCTION touch()" }

sql_object! { function "touch()", postgres = 5, postgres = "CREATE", "a", "b" }

fn main() {}
