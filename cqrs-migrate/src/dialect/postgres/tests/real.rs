use std::path::PathBuf;

use cqrs_core::schema::{ObjectKind, ObjectName, Schema};

use super::Scratch;
use crate::dialect::Introspected;

/// A file of schemas shared between checkouts. None, with a message, where it is absent.
fn shared(path: &str) -> Option<String> {
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let directories = match std::env::var_os("CQRS_SHARED_DIR") {
        Some(directory) => vec![PathBuf::from(directory)],
        None => vec![workspace.join("../shared"), workspace.join("../../shared")],
    };
    let sql = directories.iter().find_map(|directory| std::fs::read_to_string(directory.join(path)).ok());
    if sql.is_none() {
        #[expect(clippy::print_stderr)]
        {
            eprintln!("skipped: {path} is absent: CQRS_SHARED_DIR names its folder");
        }
    }
    sql
}

async fn read(path: &str) -> Option<(Scratch, Introspected)> {
    let sql = shared(path)?;
    let mut database = Scratch::open().await?;
    let script: String = sql.lines().filter(|line| !line.starts_with('\\')).collect::<Vec<_>>().join("\n");
    database.run(&script).await;
    database.run("RESET ALL").await;
    let url = database.url.clone();
    database.connection = super::connect(&url).await.unwrap();
    let found = database.introspect().await;
    Some((database, found))
}

/// The schema made again in an empty database.
async fn made_again(schema: &Schema) -> Introspected {
    let mut again = Scratch::open().await.unwrap();
    again.create(schema).await;
    let found = again.introspect().await;
    again.close().await;
    found
}

fn assert_same(left: &Schema, right: &Schema) {
    for (name, table) in &left.tables {
        assert_eq!(Some(table), right.tables.get(name));
    }
    for (name, view) in &left.views {
        assert_eq!(Some(view), right.views.get(name));
    }
    assert_eq!(left, right);
}

#[tokio::test]
async fn real_schemas_are_made_again_exactly() {
    for name in
        ["chinook", "northwind", "powerdns", "temporal-temporal", "roundcube", "synapse", "pagila-0.10", "sakila"]
    {
        let Some((database, found)) = read(&format!("real/{name}.postgres.sql")).await else { return };
        assert!(found.schema.tables.len() > 5, "{name}");
        assert_same(&found.schema, &made_again(&found.schema).await.schema);
        database.close().await;
    }
}

#[tokio::test]
async fn everything_rich_is_in_the_schema_or_reported() {
    let Some(sql) = shared("rich/postgres.sql") else { return };
    let Some(mut database) = Scratch::open().await else { return };
    if database.version < 15 {
        return database.close().await;
    }
    database.run(&sql).await;
    let Introspected { schema, not_managed } = database.introspect().await;

    assert_eq!(not_managed, []);

    let told: Vec<String> = schema.objects.keys().map(|id| format!("{} {id}", id.kind)).collect();
    assert_eq!(
        told,
        [
            "schema app",
            "extension btree_gist",
            "extension citext",
            "extension pg_stat_statements",
            "extension pg_trgm",
            "collation ci",
            "composite type addr",
            "domain email",
            "domain posint",
            "sequence free_seq",
            "function f_default()",
            "function trg()",
            "trigger tr1 on child",
            "policy p1 on rls",
        ]
    );
    assert_eq!(schema.tables.len(), 20, "{:?}", schema.tables.keys());
    assert_eq!(schema.enums.len(), 3);
    assert_eq!(schema.views.len(), 2);
    let column =
        |table: &'static str, column: &str| schema.tables[&ObjectName::new(table)].column(column).unwrap().clone();
    for (name, text) in [
        ("s", "serial"),
        ("n2", "numeric"),
        ("n3", "numeric(5,0)"),
        ("vca", "character varying(10)[]"),
        ("ma", "mood[]"),
        ("ivd", "interval day to second(3)"),
        ("amo", "app.mood"),
        ("we", "\"Weird Enum\""),
        ("ic", "\"char\""),
        ("em", "email"),
        ("tz3", "timestamp(3) with time zone"),
    ] {
        assert_eq!(column("t_types", name).column_type.native_text(), text);
    }
    assert_eq!(column("t_types", "tx").collation.as_deref(), Some("C"));
    assert_eq!(column("t_types", "txci").collation.as_deref(), Some("ci"));
    assert_eq!(column("t_types", "tx").default, None);

    // What the schema does hold can be made again: every part of it comes back.
    let again = made_again(&schema).await;
    assert_same(&schema, &again.schema);
    database.close().await;
}

#[tokio::test]
async fn pagila_is_read_whole() {
    let Some((mut database, found)) = read("real/pagila-0.10.postgres.sql").await else { return };
    let inherited = found.schema.tables.values().map(|table| table.inherits.len() as i64).sum::<i64>();
    let count = |kind: ObjectKind| found.schema.objects.keys().filter(|id| id.kind == kind).count() as i64;
    let mut ask =
        async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&mut database.connection).await.unwrap() };
    assert_eq!(inherited, ask("SELECT count(*) FROM pg_inherits").await);
    assert_eq!(count(ObjectKind::Trigger), ask("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal").await);
    assert_eq!(
        count(ObjectKind::Function) + count(ObjectKind::Aggregate),
        ask("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace").await
    );
    assert_eq!(
        found.schema.tables.len() as i64,
        ask("SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p')
                 AND relnamespace = 'public'::regnamespace")
        .await
    );
    assert_eq!(
        found.schema.views.len() as i64,
        ask("SELECT count(*) FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace")
            .await
    );
    database.close().await;
}
