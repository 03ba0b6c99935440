-- Defaults, in every way of writing them.
CREATE TABLE defaults (
    id INTEGER PRIMARY KEY,
    text_quote TEXT DEFAULT 'it''s', empty TEXT DEFAULT '', null_text TEXT DEFAULT 'NULL', number_text DEFAULT '5', double_dash DEFAULT '--x',
    no_default DEFAULT NULL, no_default_lower default null, null_expression DEFAULT (NULL),
    five DEFAULT 5, minus DEFAULT -5, minus_apart DEFAULT - 5, plus DEFAULT +5, hex DEFAULT 0xFF, real DEFAULT 1.50, exponent DEFAULT 1e-3, point DEFAULT .5,
    minus_text DEFAULT -'a', plus_time DEFAULT +CURRENT_TIME,
    blob DEFAULT x'00ff', blob_upper DEFAULT X'00FF', no_blob DEFAULT x'',
    yes DEFAULT TRUE, no BOOLEAN DEFAULT false, yes_expression DEFAULT (true),
    at DEFAULT CURRENT_TIMESTAMP, day DEFAULT current_date, hour DEFAULT Current_Time, at_expression DEFAULT (CURRENT_TIMESTAMP),
    bare DEFAULT foo, bare_keyword DEFAULT key, double_quoted DEFAULT "bar", double_quoted_empty DEFAULT "", bracket DEFAULT [b a z], double_quote DEFAULT "q""q",
    expression DEFAULT (datetime('now', '-1 day')), nested DEFAULT ((5)), sum DEFAULT (1 + 2 * 3), json DEFAULT (json_object('a', 1)), case_of DEFAULT (CASE WHEN 1 THEN 'a' ELSE 'b' END),
    random_blob DEFAULT (lower(hex(randomblob(16)))), comparison DEFAULT (1 != 2), same DEFAULT (1 == 1), negated DEFAULT (NOT 1), spaced DEFAULT  (  'x'  ||  'y'  ),
    not_null TEXT NOT NULL DEFAULT 'x', default_first TEXT DEFAULT 'x' NOT NULL,
    named TEXT CONSTRAINT the_default DEFAULT 'x', named_and_more INT CONSTRAINT "the ""default""" DEFAULT 3 NOT NULL,
    twice DEFAULT 1 DEFAULT 2, commented DEFAULT /* why */ 7 -- because
);
