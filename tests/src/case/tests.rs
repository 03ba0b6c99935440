use super::*;

const FULL: &str = "\
# A column gets another name.
#
# Its values stay.

== options ==
rename things.a = things.b
allow DATA001

== before ==
#[object_model(table = \"things\")]
pub struct Thing {
    pub a: i32,
}

== rows ==
insert into things values (1);

== keep ==
select count(*) from things;
select a
from things
=> select b from things;

== after ==
pub struct Thing;

== postgres ==
alter table things rename a to b;
";

fn message(text: &str) -> String {
    Case::parse(text).unwrap_err().to_string()
}

#[test]
fn every_section_is_read() {
    let case = Case::parse(FULL).unwrap();
    assert_eq!(case.description(), "A column gets another name.\n\nIts values stay.");
    assert_eq!(case.before(), "#[object_model(table = \"things\")]\npub struct Thing {\n    pub a: i32,\n}");
    assert_eq!(case.after(), "pub struct Thing;");
    assert_eq!(case.rows(), "insert into things values (1);");
    let rename = CaseOption::Rename { from: "things.a".into(), to: "things.b".into() };
    assert_eq!(case.options(), [rename, CaseOption::Allow("DATA001".into())]);
    let count = "select count(*) from things".to_owned();
    assert_eq!(
        case.keep(),
        [
            Kept { before: count.clone(), after: count },
            Kept { before: "select a\nfrom things".into(), after: "select b from things".into() },
        ]
    );
    assert_eq!(case.expected(Dialect::Postgres), Some("alter table things rename a to b;"));
    assert_eq!(case.expected(Dialect::Sqlite), None);
}

#[test]
fn writing_what_was_read_changes_nothing() {
    assert_eq!(Case::parse(FULL).unwrap().to_string(), FULL);
}

#[test]
fn line_ends_of_another_system_do_not_matter() {
    assert_eq!(Case::parse(&FULL.replace('\n', "\r\n")).unwrap().to_string(), FULL);
}

#[test]
fn expectations_stand_at_the_end_in_a_fixed_order() {
    let mut case = Case::parse("# x\n== after ==\na\n\n== before ==\nb\n").unwrap();
    case.set_expected(Dialect::MySql, "m");
    case.set_expected(Dialect::Sqlite, "old");
    case.set_expected(Dialect::Postgres, "\np;  \n\n");
    case.set_expected(Dialect::Sqlite, "");
    let expected = "# x\n\n== after ==\na\n\n== before ==\nb\n\n== sqlite ==\n\n== postgres ==\np;\n\n== mysql ==\nm\n";
    assert_eq!(case.to_string(), expected);
    assert_eq!(Case::parse(expected).unwrap().expected(Dialect::Sqlite), Some(""));
}

#[test]
fn mistakes_are_named_with_their_line() {
    assert_eq!(
        message("# x\n\n== befor ==\n"),
        "line 3: unknown section `befor`: write one of `options`, `before`, `rows`, `keep`, `after`, `sqlite`, \
         `postgres`, `mysql`"
    );
    assert_eq!(
        message("# x\n== after ==\n== after ==\n"),
        "line 3: section `after` stands on line 2 already: keep one"
    );
    assert_eq!(message("== after ==\n"), "line 1: there is no description: say in `# …` lines what the case shows");
    assert_eq!(
        message("# x\n== before ==\na\n"),
        "line 3: there is no `== after ==` section: write the models to migrate to"
    );
    assert_eq!(message(""), "line 1: there is no description: say in `# …` lines what the case shows");
    assert!(message("# x\nselect 1\n").starts_with("line 2: `select 1` stands in no section"));
}

#[test]
fn bad_options_are_named() {
    let bad = ["rename a b", "rename a =", "alow DATA001", "allow", "drop a"];
    for option in bad {
        let text = format!("# x\n== options ==\n\n{option}\n== after ==\n");
        let expected = format!("line 4: unknown option `{option}`: write `rename old = new` or `allow CODE`");
        assert_eq!(message(&text), expected);
    }
}

#[test]
fn a_query_without_an_end_is_named() {
    let text = "# x\n== keep ==\nselect 1;\nselect 2\n== after ==\n";
    assert_eq!(message(text), "line 4: the last query has no end: write `;` after it");
}
