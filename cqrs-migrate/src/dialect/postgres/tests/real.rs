use std::path::PathBuf;

use cqrs_core::schema::{ObjectName, Schema};

use super::Scratch;
use crate::dialect::{Introspected, NotManaged};

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

/// The schema made again in an empty database, after what it cannot hold has been made there by `before`.
async fn made_again(schema: &Schema, before: &str) -> Introspected {
    let mut again = Scratch::open().await.unwrap();
    again.run(before).await;
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
async fn plain_real_schemas_are_made_again_exactly() {
    for name in ["chinook", "northwind", "powerdns", "temporal-temporal"] {
        let Some((database, found)) = read(&format!("real/{name}.postgres.sql")).await else { return };
        assert!(found.schema.tables.len() > 5, "{name}");
        assert_eq!(found.not_managed, [], "{name}");
        let again = made_again(&found.schema, "").await;
        assert_same(&found.schema, &again.schema);
        assert_eq!(again.not_managed, [], "{name}");
        database.close().await;
    }
}

#[tokio::test]
async fn sequences_of_real_schemas_are_reported() {
    for (name, tables) in [("roundcube", 18), ("synapse", 138)] {
        let Some((database, found)) = read(&format!("real/{name}.postgres.sql")).await else { return };
        assert_eq!(found.schema.tables.len(), tables, "{name}");
        let sequences: Vec<_> = (found.not_managed.iter())
            .filter(|object| object.kind == "sequence")
            .map(|object| format!("CREATE SEQUENCE {};", object.name))
            .collect();
        let again = made_again(&found.schema, &sequences.concat()).await;
        assert_same(&found.schema, &again.schema);
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

    let has = |kind: &str, name: &str, table: Option<&'static str>| {
        let wanted = |object: &&NotManaged| {
            object.kind == kind && object.name == name && object.table == table.map(ObjectName::new)
        };
        assert!(not_managed.iter().any(|object| wanted(&object)), "{kind} {name}\n{not_managed:#?}");
    };
    for extension in ["citext", "btree_gist", "pg_trgm", "pg_stat_statements"] {
        has("extension", extension, None);
    }
    has("schema", "app", None);
    has("composite type", "addr", None);
    has("domain", "email", None);
    has("domain", "posint", None);
    has("sequence", "free_seq", None);
    has("function", "f_default()", None);
    has("function", "trg()", None);
    has("collation", "ci", None);
    has("identity option", "id", Some("t_types"));
    has("identity always", "id", Some("t_types"));
    has("deferrable constraint", "parent_ca", Some("parent"));
    has("unique nulls not distinct", "nnd", Some("parent"));
    has("no inherit constraint", "chk_ni", Some("child"));
    has("not valid constraint", "nv_chk", Some("child2"));
    has("not valid constraint", "nv_fk", Some("child2"));
    has("index option", "idx_brin: pages_per_range=16", Some("idx"));
    has("exclusion constraint", "no_overlap", Some("excl"));
    has("partitioned table", "part", Some("part"));
    has("partition", "part_2024", Some("part"));
    has("inheritance", "inh_child FROM inh_base", Some("inh_child"));
    has("trigger", "tr1", Some("child"));
    has("policy", "p1", Some("rls"));
    has("row level security", "rls", Some("rls"));
    has("unlogged table", "ulog", Some("ulog"));
    has("storage parameter", "fillfactor=70", Some("stor"));
    has("column storage", "t", Some("stor"));
    has("column statistics", "t", Some("stor"));
    assert_eq!(not_managed.len(), 31, "{not_managed:#?}");

    assert_eq!(schema.tables.len(), 19, "{:?}", schema.tables.keys());
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

    // What the schema does hold can be made again: every part of it comes back, once what it builds on is there.
    let before: Vec<&str> = sql
        .lines()
        .flat_map(|line| line.split_inclusive(';'))
        .filter(|statement| {
            let statement = statement.trim();
            ["EXTENSION", "SCHEMA", "SEQUENCE", "COLLATION", "TYPE addr", "DOMAIN", "FUNCTION f_default"]
                .iter()
                .any(|what| statement.starts_with(&format!("CREATE {what}")))
        })
        .collect();
    let again = made_again(&schema, &before.concat()).await;
    assert_same(&schema, &again.schema);
    database.close().await;
}

#[tokio::test]
async fn pagila_is_read_whole() {
    let Some((mut database, found)) = read("real/pagila-0.10.postgres.sql").await else { return };
    let count = |kind: &str| found.not_managed.iter().filter(|object| object.kind == kind).count() as i64;
    let mut ask =
        async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&mut database.connection).await.unwrap() };
    assert_eq!(count("inheritance"), ask("SELECT count(*) FROM pg_inherits").await);
    assert_eq!(count("trigger"), ask("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal").await);
    assert_eq!(
        count("function") + count("aggregate"),
        ask("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace").await
    );
    assert_eq!(
        found.schema.tables.len() as i64,
        ask("SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
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
