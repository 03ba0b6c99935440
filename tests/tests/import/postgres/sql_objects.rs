//! What is declared as SQL.

cqrs_core::sql_object! {
    extension "cube",
    postgres = "CREATE EXTENSION IF NOT EXISTS cube",
}

cqrs_core::sql_object! {
    extension "earthdistance",
    postgres = "CREATE EXTENSION IF NOT EXISTS earthdistance CASCADE",
}

cqrs_core::sql_object! {
    domain "p_even",
    postgres = "CREATE DOMAIN p_even AS integer
    CONSTRAINT even CHECK (((VALUE % 2) = 0))
    DEFAULT 2
    NOT NULL",
}

cqrs_core::sql_object! {
    domain "percent",
    postgres = "CREATE DOMAIN percent AS numeric(5,2)
    CONSTRAINT percent_check CHECK (((VALUE >= (0)::numeric) AND (VALUE <= (100)::numeric)))",
}

cqrs_core::sql_object! {
    /// Counts invoices.
    sequence "p_numbers",
    postgres = "CREATE SEQUENCE p_numbers AS bigint START WITH 100 INCREMENT BY 10 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE",
}

cqrs_core::sql_object! {
    function "p_next(p_even)",
    postgres = "CREATE OR REPLACE FUNCTION p_next(by p_even, OUT number bigint)
 RETURNS bigint
 LANGUAGE sql
AS $function$SELECT nextval('p_numbers') + by$function$",
}

cqrs_core::sql_object! {
    /// Leaves nothing empty.
    function "p_touch()",
    postgres = r##"CREATE OR REPLACE FUNCTION p_touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    NEW.what := coalesce(NEW.what, 'a \ and a "#', 'é');
    RETURN NEW;
END $function$"##,
}

cqrs_core::sql_object! {
    trigger "p_log_later" on "p_log",
    postgres = "CREATE TRIGGER p_log_later BEFORE UPDATE ON p_log FOR EACH ROW EXECUTE FUNCTION p_touch()",
}

cqrs_core::sql_object! {
    trigger "p_log_touch" on "p_log",
    postgres = "CREATE TRIGGER p_log_touch BEFORE INSERT ON p_log FOR EACH ROW EXECUTE FUNCTION p_touch()",
}

cqrs_core::sql_object! {
    rule "p_log_kept" on "p_log",
    postgres = "CREATE RULE p_log_kept AS
    ON DELETE TO p_log DO ( DELETE FROM p_order;
 DELETE FROM p_order_key;
)",
}

cqrs_core::sql_object! {
    policy "p_own" on "p_orders",
    postgres = "CREATE POLICY p_own ON p_orders TO PUBLIC USING ((customer_id > 0))",
}
