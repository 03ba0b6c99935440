//! What is declared as SQL.

cqrs_core::sql_object! {
    virtual_table "s_words",
    sqlite = "CREATE VIRTUAL TABLE s_words USING fts5(body)",
}

cqrs_core::sql_object! {
    trigger "s_log_numbers" on "s_log",
    sqlite = r#"CREATE TRIGGER s_log_numbers AFTER INSERT ON s_log WHEN new.number IS NULL
BEGIN
    DELETE FROM s_log WHERE number IS NULL;
    INSERT INTO s_words (body) VALUES ('a " and a \');
END"#,
}

cqrs_core::sql_object! {
    trigger "s_view_insert" on "s_view",
    sqlite = "CREATE TRIGGER s_view_insert INSTEAD OF INSERT ON s_view BEGIN SELECT 1; END",
}
