use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, Dependency, EnumType, ForeignKey, Generated, Index, ObjectId, ObjectKind,
    ObjectName, PrimaryKey, Schema, SqlObject, Table, Unique, View,
};

use super::*;
use crate::change::{TableAlteration, TableChange};
use crate::dialect::{Dialect, Statement, Transaction};
use crate::plan::Step;
use crate::sizes::{Precision, Sizes};

fn column(name: &'static str, of_type: &'static str) -> Column {
    Column::new(name, ColumnType::native(of_type))
}

fn optional(column: Column) -> Column {
    Column { nullable: true, ..column }
}

fn with_default(column: Column, default: &'static str) -> Column {
    Column { default: Some(DefaultValue::Expression(default.into())), ..column }
}

fn with_backfill(column: Column) -> Column {
    Column { backfill: Some("1".into()), ..column }
}

fn computed(column: Column) -> Column {
    Column { generated: Some(Generated { expression: "1".into(), stored: true }), ..column }
}

fn virtual_(column: Column) -> Column {
    Column { generated: Some(Generated { expression: "1".into(), stored: false }), ..column }
}

fn altered(before: Column, after: Column) -> TableChange {
    TableChange::AlterColumn { before, after }
}

fn key(columns: &[&'static str]) -> PrimaryKey {
    PrimaryKey {
        columns: columns.iter().map(|column| (*column).into()).collect::<Vec<_>>().into(),
        ..Default::default()
    }
}

fn to_customers() -> ForeignKey {
    ForeignKey { columns: vec!["c".into()].into(), references: ObjectName::new("customers"), ..ForeignKey::default() }
}

fn positive() -> Check {
    Check { expression: "c > 0".into(), ..Check::default() }
}

fn of_orders(changes: Vec<TableChange>) -> Change {
    Change::AlterTable(TableAlteration { before: Table::new("orders"), after: Table::new("orders"), changes })
}

/// The table becomes a partition, or none.
fn between_bounds(before: Option<&'static str>, after: Option<&'static str>) -> Change {
    let table = |bound: Option<&'static str>| Table { partition_bound: bound.map(Into::into), ..Table::new("orders") };
    let changes = vec![TableChange::SetInheritance];
    Change::AlterTable(TableAlteration { before: table(before), after: table(after), changes })
}

fn divided(by: &'static str) -> Change {
    of_orders(vec![TableChange::SetOptions { before: vec![].into(), after: vec![by.into()].into() }])
}

fn labels(values: &[&'static str]) -> EnumType {
    let values = values.iter().map(|value| (*value).into()).collect();
    EnumType {
        name: ObjectName::new("kind"),
        values,
        comment: None,
        renamed_from: None,
        former_labels: Vec::new().into(),
    }
}

fn object(kind: ObjectKind) -> SqlObject {
    SqlObject::new(ObjectId::new(kind, ObjectName::new("numbers")), "")
}

fn view_id(name: &'static str) -> ObjectId {
    ObjectId::view(ObjectName::new(name))
}

fn nothing(dialect: Dialect) -> Plan {
    Plan { dialect, steps: vec![], checks: vec![] }
}

fn codes_of(changes: &[Change]) -> BTreeSet<&'static str> {
    lint(changes, &nothing(Dialect::Postgres)).iter().map(|hazard| hazard.code).collect()
}

#[test]
fn every_change_has_its_codes_and_what_is_nearly_the_same_has_not() {
    let integer = || column("c", "integer");
    let text = || column("c", "text");
    let cases: Vec<(Change, &[&str])> = vec![
        (Change::DropTable(Table::new("orders")), &["COMPAT001", "DATA001", "UNDO001"]),
        (Change::CreateTable(Table::new("orders")), &[]),
        (Change::DropView(View { name: ObjectName::new("overview"), ..View::default() }), &["COMPAT001"]),
        (Change::CreateView(View { name: ObjectName::new("overview"), ..View::default() }), &[]),
        (Change::DropObject(object(ObjectKind::Sequence)), &["COMPAT001", "DATA006", "UNDO001"]),
        (Change::DropObject(object(ObjectKind::Domain)), &[]),
        (Change::RenameTable { from: ObjectName::new("orders"), to: ObjectName::new("sales") }, &["COMPAT003"]),
        (Change::RenameObject { from: view_id("overview"), to: view_id("summary") }, &["COMPAT003"]),
        (of_orders(vec![TableChange::RenameColumn { from: "a".into(), to: "b".into() }]), &["COMPAT004"]),
        (between_bounds(None, Some("FOR VALUES IN (1)")), &["FAIL005"]),
        (between_bounds(Some("FOR VALUES IN (2)"), Some("FOR VALUES IN (1)")), &["FAIL005"]),
        (between_bounds(Some("FOR VALUES IN (1)"), None), &[]),
        (divided("PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10))"), &["FAIL005"]),
        (divided("PARTITION BY HASH (id) PARTITIONS 4"), &[]),
        (of_orders(vec![TableChange::DropColumn(integer())]), &["COMPAT002", "DATA002", "UNDO001"]),
        (of_orders(vec![TableChange::DropColumn(computed(integer()))]), &["COMPAT002"]),
        (of_orders(vec![altered(column("c", "bigint"), integer())]), &["COMPAT006", "DATA003", "UNDO001"]),
        (of_orders(vec![altered(integer(), column("c", "bigint"))]), &["COMPAT006"]),
        (of_orders(vec![altered(integer(), column("c", "numeric"))]), &["COMPAT006"]),
        (of_orders(vec![altered(integer(), column("c", "double precision"))]), &["COMPAT006"]),
        (of_orders(vec![altered(column("c", "serial"), integer())]), &[]),
        (of_orders(vec![altered(column("c", "serial"), column("c", "bigint"))]), &["COMPAT006"]),
        (of_orders(vec![altered(column("c", "varchar(40)"), column("c", "varchar(80)"))]), &[]),
        (of_orders(vec![altered(column("c", "varchar(40)"), text())]), &[]),
        (of_orders(vec![altered(column("c", "varchar(80)"), column("c", "varchar(40)"))]), &["DATA003", "UNDO001"]),
        (of_orders(vec![altered(column("c", "numeric(9,4)"), column("c", "numeric(9,2)"))]), &["DATA005", "UNDO001"]),
        (of_orders(vec![altered(column("c", "numeric(9,2)"), column("c", "numeric(11,4)"))]), &[]),
        (of_orders(vec![altered(integer(), computed(integer()))]), &["COMPAT006", "DATA002", "FAIL006", "UNDO001"]),
        (of_orders(vec![altered(virtual_(integer()), computed(integer()))]), &["FAIL006"]),
        (of_orders(vec![altered(computed(integer()), computed(column("c", "int")))]), &["COMPAT006", "FAIL006"]),
        (of_orders(vec![altered(computed(integer()), virtual_(integer()))]), &[]),
        (of_orders(vec![altered(computed(integer()), optional(computed(integer())))]), &[]),
        (
            of_orders(vec![altered(column("c", "enum('a','b')"), column("c", "enum('b')"))]),
            &["COMPAT008", "DATA004", "UNDO001"],
        ),
        (of_orders(vec![altered(column("c", "enum('a')"), column("c", "enum('a','b')"))]), &[]),
        (
            of_orders(vec![TableChange::RenameLabels {
                before: column("c", "enum('a')"),
                after: column("c", "enum('b')"),
                labels: [("a".into(), "b".into())].into(),
            }]),
            &["COMPAT008"],
        ),
        (Change::RenameLabel { enum_type: ObjectName::new("kind"), from: "a".into(), to: "b".into() }, &["COMPAT008"]),
        (
            Change::AlterEnum { before: labels(&["a", "b"]), after: labels(&["b"]) },
            &["COMPAT008", "DATA004", "UNDO001"],
        ),
        (Change::AlterEnum { before: labels(&["b"]), after: labels(&["a", "b"]) }, &[]),
        (of_orders(vec![altered(optional(integer()), integer())]), &["COMPAT005", "FAIL001"]),
        (of_orders(vec![altered(integer(), optional(integer()))]), &[]),
        (
            of_orders(vec![altered(optional(column("c", "bigint")), integer())]),
            &["COMPAT006", "DATA003", "FAIL001", "UNDO001"],
        ),
        (of_orders(vec![altered(with_default(integer(), "1"), integer())]), &["COMPAT005"]),
        (of_orders(vec![altered(with_default(integer(), "1"), with_default(integer(), "2"))]), &[]),
        (of_orders(vec![TableChange::AddColumn(integer())]), &["COMPAT005", "FAIL002"]),
        (of_orders(vec![TableChange::AddColumn(with_backfill(integer()))]), &["COMPAT005"]),
        (of_orders(vec![altered(optional(integer()), with_backfill(integer()))]), &["COMPAT005"]),
        (of_orders(vec![TableChange::AddColumn(with_default(integer(), "1"))]), &[]),
        (of_orders(vec![TableChange::AddColumn(optional(integer()))]), &[]),
        (of_orders(vec![TableChange::AddIndex(Index { unique: true, ..Index::default() })]), &["FAIL003"]),
        (of_orders(vec![TableChange::AddIndex(Index::default())]), &[]),
        (
            of_orders(vec![TableChange::AddUnique(Unique { columns: vec!["c".into()].into(), ..Default::default() })]),
            &["FAIL003"],
        ),
        (
            of_orders(vec![
                TableChange::AddColumn(optional(text())),
                TableChange::AddUnique(Unique { columns: vec!["c".into()].into(), ..Default::default() }),
            ]),
            &[],
        ),
        (
            of_orders(vec![TableChange::DropPrimaryKey(key(&["a"])), TableChange::AddPrimaryKey(key(&["b"]))]),
            &["COMPAT007", "FAIL003"],
        ),
        (of_orders(vec![TableChange::DropPrimaryKey(key(&["a"])), TableChange::AddPrimaryKey(key(&["a"]))]), &[]),
        (of_orders(vec![TableChange::AddForeignKey(to_customers())]), &["FAIL004"]),
        (of_orders(vec![TableChange::AddColumn(optional(integer())), TableChange::AddForeignKey(to_customers())]), &[]),
        (of_orders(vec![TableChange::AddCheck(positive())]), &["FAIL005"]),
        (of_orders(vec![TableChange::DropCheck(positive())]), &[]),
    ];
    for (change, expected) in cases {
        assert_eq!(codes_of(std::slice::from_ref(&change)).into_iter().collect::<Vec<_>>(), expected, "{change:?}");
    }
}

/// A plan of one statement on `orders`.
fn plan(dialect: Dialect, sql: &str, lock: Lock, held: Held, changes: Vec<TableChange>) -> Plan {
    let statement = Statement { sql: sql.to_owned(), lock, held, transaction: Transaction::Joined };
    let tables: Arc<[ObjectName]> = Arc::new([ObjectName::new("orders")]);
    let description = "table `orders`".to_owned();
    let steps = vec![Step { description, statement, reversible: true, tables, changes: changes.into() }];
    Plan { dialect, steps, checks: vec![] }
}

#[test]
fn a_statement_that_keeps_others_waiting_is_told_by_what_it_changes() {
    use Dialect::{MySql, Postgres, Sqlite};
    use Lock::{ReadsAndWrites, Writes};
    let index = || TableChange::AddIndex(Index { name: Some("i".into()), ..Index::default() });
    let retype = || altered(column("c", "bigint"), column("c", "numeric"));
    let check = || TableChange::AddCheck(positive());
    let cases: Vec<(Plan, &[&str])> = vec![
        (plan(Postgres, "ALTER", ReadsAndWrites, Held::Rewrite, vec![retype()]), &["LOCK001"]),
        (plan(Postgres, "ALTER", ReadsAndWrites, Held::Briefly, vec![retype()]), &[]),
        (plan(Postgres, "CREATE INDEX \"i\"", Writes, Held::Rewrite, vec![retype(), index()]), &["LOCK002"]),
        (plan(Postgres, "CREATE INDEX CONCURRENTLY \"i\"", Lock::None, Held::Rewrite, vec![index()]), &[]),
        (
            plan(Postgres, "ALTER", ReadsAndWrites, Held::Rewrite, vec![TableChange::AddPrimaryKey(key(&["c"]))]),
            &["LOCK002"],
        ),
        (plan(Postgres, "ALTER", ReadsAndWrites, Held::Scan, vec![check()]), &["LOCK003"]),
        (plan(Postgres, "VALIDATE", Lock::None, Held::Scan, vec![check()]), &[]),
        (plan(Postgres, "ALTER", Writes, Held::Scan, vec![TableChange::AddForeignKey(to_customers())]), &["LOCK004"]),
        (
            plan(
                Postgres,
                "ALTER",
                ReadsAndWrites,
                Held::Rewrite,
                vec![TableChange::AddColumn(with_default(column("c", "uuid"), "gen_random_uuid()")), check()],
            ),
            &["LOCK005"],
        ),
        (
            plan(
                Postgres,
                "ALTER",
                ReadsAndWrites,
                Held::Briefly,
                vec![TableChange::AddColumn(with_default(column("c", "integer"), "1"))],
            ),
            &[],
        ),
        (
            plan(
                Postgres,
                "ALTER",
                ReadsAndWrites,
                Held::Scan,
                vec![altered(optional(column("c", "integer")), column("c", "integer"))],
            ),
            &["LOCK008"],
        ),
        (plan(Sqlite, "INSERT", Writes, Held::Rewrite, vec![retype()]), &["LOCK006"]),
        (plan(Sqlite, "CREATE INDEX \"other\"", Writes, Held::Rewrite, vec![retype(), index()]), &["LOCK006"]),
        (plan(Sqlite, "CREATE UNIQUE INDEX \"i\"", Writes, Held::Rewrite, vec![index()]), &["LOCK002"]),
        (plan(Sqlite, "ALTER", Writes, Held::Scan, vec![check()]), &["LOCK003"]),
        (plan(Sqlite, "ALTER", Writes, Held::Briefly, vec![check()]), &[]),
        (plan(MySql, "ALTER", Writes, Held::Rewrite, vec![retype(), index()]), &["LOCK007"]),
        (plan(MySql, "ALTER", Writes, Held::Rewrite, vec![index()]), &["LOCK002"]),
        (plan(MySql, "ALTER", Writes, Held::Rewrite, vec![TableChange::AddPrimaryKey(key(&["c"]))]), &["LOCK007"]),
        (plan(MySql, "ALTER", Lock::None, Held::Briefly, vec![retype()]), &[]),
    ];
    for (plan, expected) in cases {
        let found = lint(&[], &plan);
        assert_eq!(found.iter().map(|hazard| hazard.code).collect::<Vec<_>>(), expected, "{plan:?}");
        let statement = &plan.steps[0].statement;
        for hazard in found {
            assert_eq!((hazard.lock, hazard.held), (Some(statement.lock), Some(statement.held)));
        }
    }
}

#[test]
fn nobody_waits_for_a_table_that_the_plan_makes() {
    let add = || TableChange::AddForeignKey(to_customers());
    let found = |changes: &[Change]| {
        lint(changes, &plan(Dialect::Postgres, "ALTER", Lock::Writes, Held::Scan, vec![add()])).len()
    };
    assert_eq!(found(&[]), 1);
    assert_eq!(found(&[Change::CreateTable(Table::new("customers"))]), 1);
    assert_eq!(found(&[Change::CreateTable(Table::new("orders"))]), 0);
}

#[test]
fn a_statement_outside_the_transaction_is_one_that_cannot_be_taken_back() {
    let outside = |dialect, transaction| {
        let mut plan = plan(dialect, "ALTER TYPE", Lock::None, Held::Briefly, vec![]);
        plan.steps[0].statement.transaction = transaction;
        lint(&[], &plan).iter().map(|hazard| hazard.code).collect::<Vec<_>>()
    };
    assert_eq!(outside(Dialect::Postgres, Transaction::Own), ["UNDO002"]);
    let several = |count: usize| {
        let mut plan = nothing(Dialect::Postgres);
        for number in 1..=count {
            let mut one = self::plan(Dialect::Postgres, "CREATE", Lock::None, Held::Scan, vec![]).steps.remove(0);
            one.description = format!("table `orders`: add index `i{number}`");
            one.statement.transaction = Transaction::Outside;
            plan.steps.extend([one.clone(), one]);
        }
        lint(&[], &plan).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let after = "statements run outside the transaction of the others: if one fails, those before it stay done";
    let named = |objects: &str, count| vec![format!("UNDO002: {objects}: {count} {after}")];
    assert_eq!(several(1), named("`table orders: add index i1`", 2));
    assert_eq!(several(3)[0].matches("add index").count(), 3);
    assert_eq!(several(5), named("`table orders: add index i1`, `table orders: add index i2`, `3 more`", 10));
    assert!(outside(Dialect::Postgres, Transaction::Joined).is_empty());
    // There every statement is: its page says so, and a note on each would say nothing.
    assert!(outside(Dialect::MySql, Transaction::Implicit).is_empty());
}

#[test]
fn a_lock_stops_on_a_large_table_and_the_settings_make_more_stop() {
    let rebuild = plan(Dialect::Sqlite, "INSERT", Lock::Writes, Held::Rewrite, vec![]);
    let judge = |policy: &Policy, rows, bytes| {
        let size = TableSize { rows, precision: Precision::Estimate, bytes };
        let sizes = Sizes::of_these([(ObjectName::new("orders"), size)]);
        let judged = policy.judge(lint(&[], &rebuild), &sizes);
        judged.first().map(|hazard| (hazard.level, hazard.to_string()))
    };
    let usual = Policy::default();
    assert_eq!(judge(&usual, 0, Some(8192)), None);
    assert_eq!(judge(&usual, 99_999, Some(99_999_999)).map(|(level, _)| level), Some(Level::Note));
    assert_eq!(judge(&usual, 100_000, None).map(|(level, _)| level), Some(Level::Stop));
    assert_eq!(
        judge(&usual, 41_000_000, Some(12 << 30)),
        Some((
            Level::Stop,
            "LOCK006: `orders`: the table is written anew with all of its rows, and every other write to the file waits \
             meanwhile (about 41 million rows, rewrites 12 GiB)"
                .to_owned()
        ))
    );
    assert_eq!(judge(&usual, 10, Some(100_000_000)).map(|(level, _)| level), Some(Level::Stop));
    let low = Policy { large_table_rows: 10, ..Policy::default() };
    assert_eq!(judge(&low, 10, None).map(|(level, _)| level), Some(Level::Stop));

    let renamed = [Change::RenameTable { from: ObjectName::new("a"), to: ObjectName::new("b") }];
    let offline = |stop_at: &[&str]| {
        let policy = Policy { stop_at: stop_at.iter().map(ToString::to_string).collect(), ..Policy::default() };
        let found = [lint(&[], &rebuild), lint(&renamed, &nothing(Dialect::Sqlite))].concat();
        policy.judge(found, &Sizes::default()).iter().map(|hazard| (hazard.code, hazard.level)).collect::<Vec<_>>()
    };
    assert_eq!(offline(&[]), [("LOCK006", Level::Note), ("COMPAT003", Level::Note)]);
    assert_eq!(offline(&["COMPAT"]), [("COMPAT003", Level::Stop), ("LOCK006", Level::Note)]);
    assert_eq!(offline(&["LOCK006"]), [("LOCK006", Level::Stop), ("COMPAT003", Level::Note)]);
}

#[test]
fn what_is_allowed_or_only_worth_knowing_does_not_stop() {
    let found = lint(&[Change::DropTable(Table::new("orders"))], &nothing(Dialect::Sqlite));
    let judged = Policy::default().judge(found, &Sizes::default());
    let remaining = |allowed: &[&str]| {
        let allowed = allowed.iter().map(|code| ((*code).to_owned(), "why".to_owned())).collect();
        Allowed(allowed).remaining(&judged).iter().map(|hazard| hazard.code).collect::<Vec<_>>()
    };
    assert_eq!(remaining(&[]), ["DATA001"]);
    assert_eq!(remaining(&["DATA002"]), ["DATA001"]);
    assert!(remaining(&["DATA001"]).is_empty());
}

#[test]
fn a_view_of_somebody_else_is_told_where_it_stands_on_what_goes() {
    let need = |columns: &[&'static str]| Dependency {
        columns: columns.iter().map(|column| (*column).into()).collect(),
        ..Dependency::on(ObjectId::table(ObjectName::new("orders")))
    };
    let with = |depends_on| {
        let mut live = Schema::new();
        let query = "SELECT total FROM orders".into();
        live.add_view(View { name: ObjectName::new("report"), query, depends_on, ..View::default() });
        live
    };
    let renamed = || vec![Change::RenameTable { from: ObjectName::new("orders"), to: ObjectName::new("sales") }];
    let dropped = || vec![Change::DropTable(Table::new("orders"))];
    let without = |name| vec![of_orders(vec![TableChange::DropColumn(column(name, "int"))])];
    let wider = || vec![of_orders(vec![altered(column("total", "int"), column("total", "bigint"))])];
    let (known, unknown) = (with(vec![need(&["total"])]), with(vec![need(&[])]));
    for (dialect, live, changes, expected) in [
        (Dialect::Postgres, &known, dropped(), Some("orders")),
        (Dialect::MySql, &unknown, dropped(), Some("orders")),
        (Dialect::MySql, &unknown, renamed(), Some("orders")),
        (Dialect::Postgres, &known, renamed(), None),
        (Dialect::Postgres, &known, without("total"), Some("orders.total")),
        (Dialect::Postgres, &known, without("other"), None),
        (Dialect::MySql, &unknown, without("total"), Some("orders.total")),
        (Dialect::MySql, &unknown, without("other"), None),
        (Dialect::Postgres, &known, wider(), Some("orders.total")),
        (Dialect::MySql, &unknown, wider(), None),
        (Dialect::Postgres, &with(vec![]), dropped(), None),
    ] {
        let found =
            |managed: &Schema| views_left_behind(dialect, live, &[managed], &gone_under_views(dialect, &changes));
        let told = found(&Schema::new());
        assert_eq!(told.first().map(|hazard| hazard.object.as_str()), expected, "{dialect} {changes:?}");
        assert!(told.iter().all(|hazard| hazard.code == "FAIL007" && hazard.message.contains("view `report`")));
        assert!(found(live).is_empty());
    }
}

fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

/// What stands in quotes and looks like a code.
fn codes_in(source: &str) -> BTreeSet<String> {
    let is_code = |text: &&str| {
        let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
        digits.len() == 3 && digits.len() < text.len() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    source.split('"').filter(is_code).map(str::to_owned).collect()
}

#[test]
fn codes_pages_and_sources_are_about_the_same() {
    let codes: BTreeSet<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert_eq!(codes.len(), CODES.len());
    for (code, title) in CODES {
        assert!(CATEGORIES.contains(&codes::category(code)), "{code}");
        let page = page(code).unwrap();
        assert!(page.starts_with(&format!("# {code}: {title}\n")), "{code}");
        for part in
            ["**What happens.**", "**Locks.**", "**The safe way.**", "**What the planner does.**", "**Allowing it.**"]
        {
            assert!(page.contains(part), "{code}: {part}");
        }
        assert!(page.ends_with(".\n") || page.ends_with("```\n"), "{code}");
    }
    let pages = files(&crate_folder().join("hazards"), "md");
    let pages: BTreeSet<String> =
        pages.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(pages, codes);
    let sources = files(&crate_folder().join("src/lint"), "rs").into_iter();
    let raised = sources.filter(|path| !path.ends_with("codes.rs") && !path.ends_with("tests.rs"));
    let raised: BTreeSet<String> = raised.flat_map(|path| codes_in(&std::fs::read_to_string(path).unwrap())).collect();
    assert_eq!(raised, codes);
    assert_eq!(codes_in(include_str!("tests.rs")).difference(&codes).count(), 0);
    assert_eq!(codes.difference(&codes_in(include_str!("tests.rs"))).count(), 0);
}

#[test]
fn the_overview_links_every_page_under_its_title() {
    let overview = include_str!("../../../docs/hazards.md");
    for (code, title) in CODES {
        let row = format!("| [{code}](../cqrs-migrate/hazards/{code}.md) | {title} |");
        assert!(overview.contains(&row), "{row}");
    }
}

#[test]
fn what_makes_way_for_another_name_is_told_by_the_name_that_it_has() {
    let scratch = ObjectName::new("_cqrs_scratch_orders");
    let changes = [
        Change::RenameTable { from: ObjectName::new("orders"), to: scratch },
        Change::DropTable(Table::new("_cqrs_scratch_orders")),
    ];
    let hazards = lint(&changes, &nothing(Dialect::Postgres));
    let told: BTreeSet<(&str, String)> = hazards.iter().map(|hazard| (hazard.code, hazard.object.clone())).collect();
    for code in ["COMPAT001", "DATA001", "UNDO001"] {
        assert!(told.contains(&(code, "orders".to_owned())), "{code}: {told:?}");
    }
}
