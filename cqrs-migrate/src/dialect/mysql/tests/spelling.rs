use crate::dialect::mysql::options::TableOptions;
use crate::dialect::mysql::text::{
    comma_joins, literal, normalize_type, quote, string_value, tokens, without_database, without_outer_parentheses,
};

#[test]
fn names_and_literals_are_escaped() {
    assert_eq!(quote("a`b"), "`a``b`");
    assert_eq!(literal("it's a \\ \n"), "'it''s a \\\\ \\n'");
}

#[test]
fn a_literal_reads_back() {
    for text in ["", "it's", "\\", "a\\'", "\n\r\0\t", "%\\_", "😀"] {
        assert_eq!(string_value(&literal(text)).as_deref(), Some(text));
    }
    assert_eq!(string_value("'it\\'s'").as_deref(), Some("it's"));
}

#[test]
fn tokens_keep_every_character() {
    let sql = "concat(`a``b`.`c`, 'it''s \\' `x`', \"d\"\"q\") <> ü1";
    assert_eq!(tokens(sql).concat(), sql);
    assert!(tokens(sql).contains(&"'it''s \\' `x`'"));
    assert_eq!(tokens("'open"), ["'open"]);
}

#[test]
fn types_have_one_spelling() {
    for (written, spelled) in [
        ("INT(11)", "int"),
        ("int(10) unsigned", "int unsigned"),
        ("int(5)", "int(5)"),
        ("int(10) unsigned zerofill", "int(10) unsigned zerofill"),
        ("tinyint(1)", "tinyint(1)"),
        ("Boolean", "tinyint(1)"),
        ("bigint(20) unsigned", "bigint unsigned"),
        ("Numeric(10, 2)", "decimal(10,2)"),
        ("decimal", "decimal(10,0)"),
        ("decimal(5) unsigned", "decimal(5,0) unsigned"),
        ("character varying(40)", "varchar(40)"),
        ("char", "char(1)"),
        ("integer", "int"),
        ("year(4)", "year"),
        ("ENUM('A','b C')", "enum('A','b C')"),
        ("varchar(100) /*M!100301 COMPRESSED*/", "varchar(100) /*M!100301 COMPRESSED*/"),
    ] {
        assert_eq!(normalize_type(written.into()), spelled);
    }
}

#[test]
fn only_enclosing_parentheses_are_removed() {
    assert_eq!(without_outer_parentheses("((a) + (b))"), "(a) + (b)");
    assert_eq!(without_outer_parentheses("(a) + (b)"), "(a) + (b)");
    assert_eq!(without_outer_parentheses("(')' = a)"), "')' = a");
}

#[test]
fn the_database_is_removed_from_names_only() {
    let (sql, names) = without_database("select `d`.`t`.`d` AS `d`,'`d`.`x`' from `d`.`t`", "d").unwrap();
    assert_eq!(sql, "select `t`.`d` AS `d`,'`d`.`x`' from `t`");
    assert_eq!(names, ["t", "t"]);
    assert_eq!(without_database("select `d`.`id` from `d`.`t` `d`", "d"), None);
}

#[test]
fn options_of_a_table_are_read_as_they_are_written() {
    let clauses = [
        "ENGINE=MyISAM",
        "COLLATE=latin1_bin",
        "ROW_FORMAT=DYNAMIC",
        "WITH SYSTEM VERSIONING",
        "PERIOD FOR `p` (`a`, `b`)",
        "PARTITION BY HASH (`id`) PARTITIONS 4",
    ];
    let options = TableOptions::parse(&clauses.map(Into::into));
    assert_eq!(*options.clone().into_list(), clauses);
    assert_eq!(
        options.create_clause(Some("it's")),
        "ENGINE=MyISAM DEFAULT CHARSET=latin1 COLLATE=latin1_bin ROW_FORMAT=DYNAMIC COMMENT='it''s' \
         WITH SYSTEM VERSIONING PARTITION BY HASH (`id`) PARTITIONS 4"
    );
    assert_eq!(
        TableOptions::default().alter_actions(&options),
        [
            "ENGINE=InnoDB",
            "DEFAULT CHARACTER SET DEFAULT",
            "ROW_FORMAT=DEFAULT",
            "DROP SYSTEM VERSIONING",
            "DROP PERIOD FOR `p`"
        ]
    );
}

#[test]
fn only_joins_that_were_commas_become_commas() {
    for (printed, kept) in [
        (
            "select 1 AS `a` from `t` join `u` join (`v` join `w`) where 1 = 1",
            "select 1 AS `a` from `t`, `u`, (`v` join `w`) where 1 = 1",
        ),
        ("select 1 from (`t` join `u` on(`t`.`a` = `u`.`a`))", "select 1 from (`t` join `u` on(`t`.`a` = `u`.`a`))"),
        ("select (select 1 from `t` join `u`) from `v`", "select (select 1 from `t`, `u`) from `v`"),
        ("select 1 from `t` left join `u` on(1)", "select 1 from `t` left join `u` on(1)"),
        ("select ' from a join b' from `join`", "select ' from a join b' from `join`"),
    ] {
        assert_eq!(comma_joins(printed), kept);
    }
}
