//! What is declared as SQL.

cqrs_core::sql_object! {
    sequence "m_numbers",
    mysql = "CREATE SEQUENCE `m_numbers` start with 100 minvalue 1 maxvalue 9223372036854775806 increment by 10 cache 1000 nocycle ENGINE=InnoDB",
}

cqrs_core::sql_object! {
    function "m_dated",
    mysql = "CREATE FUNCTION `m_dated`(x date) RETURNS date
    DETERMINISTIC
RETURN x",
}

cqrs_core::sql_object! {
    function "m_twice",
    mysql = "CREATE FUNCTION `m_twice`(x int) RETURNS int(11)
    DETERMINISTIC
RETURN x * 2",
}

cqrs_core::sql_object! {
    procedure "m_clean",
    mysql = "CREATE PROCEDURE `m_clean`()
BEGIN
    DELETE FROM m_log WHERE what = '';
    DELETE FROM m_log WHERE what IS NULL;
END",
}

cqrs_core::sql_object! {
    trigger "m_log_stamp" on "m_log",
    mysql = r#"CREATE TRIGGER m_log_stamp BEFORE INSERT ON m_log FOR EACH ROW SET NEW.what = coalesce(NEW.what, 'a \\ and a "')"#,
}

cqrs_core::sql_object! {
    trigger "m_log_again" on "m_log",
    mysql = "CREATE TRIGGER m_log_again BEFORE INSERT ON m_log FOR EACH ROW FOLLOWS `m_log_stamp` SET NEW.what = trim(NEW.what)",
}

cqrs_core::sql_object! {
    event "m_nightly",
    mysql = "CREATE EVENT `m_nightly` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE COMMENT 'Cleans.' DO CALL m_clean()",
}
