//! What belongs to a table, and what does not.

use cqrs_core::sql_object;

sql_object! { aggregate "a" on "articles", postgres = "CREATE …" }

sql_object! { collation "a" on "articles", postgres = "CREATE …" }

sql_object! { composite_type "a" on "articles", postgres = "CREATE …" }

sql_object! { domain "a" on "articles", postgres = "CREATE …" }

sql_object! { event "a" on "articles", postgres = "CREATE …" }

sql_object! { extension "a" on "articles", postgres = "CREATE …" }

sql_object! { function "a" on "articles", postgres = "CREATE …" }

sql_object! { procedure "a" on "articles", postgres = "CREATE …" }

sql_object! { range_type "a" on "articles", postgres = "CREATE …" }

sql_object! { schema "a" on "articles", postgres = "CREATE …" }

sql_object! { sequence "a" on "articles", postgres = "CREATE …" }

sql_object! { statistics "a" on "articles", postgres = "CREATE …" }

sql_object! { text_search_configuration "a" on "articles", postgres = "CREATE …" }

sql_object! { virtual_table "a" on "articles", postgres = "CREATE …" }

sql_object! { policy "a", postgres = "CREATE …" }

sql_object! { rule "a", postgres = "CREATE …" }

sql_object! { trigger "a", postgres = "CREATE …" }

sql_object! { trigger "a" on articles, postgres = "CREATE …" }

sql_object! { function "b()", schema = accounting, postgres, mysql = 1, sqlite = "", otherwise() }

sql_object! { text_search_configuration "c", renamed_from = "d", postgres = "CREATE …" }

sql_object! { sequence "c", renamed_from, postgres = "CREATE …" }

fn main() {}
