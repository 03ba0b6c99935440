//! What is asked for beside readers and writers of a partitioned table or index, which the server does only of others. An
//! index is built in each partition by itself, and then told to be a part of the partitioned table's.
//! <https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE>
//!
//! Whatever of that was done before a kill is found again, and not done twice.

use std::time::Duration;

use sqlx::{AssertSqlSafe, PgConnection, Row};

use super::concurrent;
use super::online::{ConcurrentIndex, within_transaction};
use super::sql::{LONGEST_NAME, cut, quote};

/// Whether a statement asks that of a table or index that is partitioned.
pub(crate) async fn is_meant(connection: &mut PgConnection, sql: &str) -> Result<bool, sqlx::Error> {
    let Some(index) = ConcurrentIndex::of(sql) else { return Ok(false) };
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass($1) AND relkind IN ('p', 'I'))")
        .bind(index.table.as_ref().unwrap_or(&index.name))
        .fetch_one(connection)
        .await
}

/// Does what is meant. Only what takes its time may wait for others without end.
pub(crate) async fn run(connection: &mut PgConnection, sql: &str, lock_timeout: Duration) -> Result<(), sqlx::Error> {
    let mut session = Session { connection, lock_timeout };
    match ConcurrentIndex::of(sql) {
        Some(ConcurrentIndex { table: Some(table), name, is_unique, definition, .. }) => {
            Build { table, name, is_unique, definition }.run(&mut session).await
        }
        _ => session.briefly(&within_transaction(sql)).await,
    }
}

struct Session<'c> {
    connection: &'c mut PgConnection,
    lock_timeout: Duration,
}

impl Session<'_> {
    async fn briefly(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        self.execute(&format!("SET lock_timeout = {}", self.lock_timeout.as_millis())).await?;
        let result = self.execute(sql).await;
        let reset = self.execute("SET lock_timeout = 0").await;
        result.and(reset)
    }

    async fn execute(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *self.connection).await.map(drop)
    }
}

/// An index of a partitioned table.
struct Build {
    /// As SQL has them.
    table: String,
    name: String,
    is_unique: bool,
    /// What follows the table's name.
    definition: String,
}

/// A table of the tree, and its index, in quotes.
struct Node {
    table: String,
    parent: Option<String>,
    is_partitioned: bool,
    schema: String,
    index: String,
    is_attached: bool,
}

impl Node {
    fn index(&self) -> String {
        format!("{}.{}", self.schema, self.index)
    }
}

impl Build {
    async fn run(&self, session: &mut Session<'_>) -> Result<(), sqlx::Error> {
        let nodes = self.nodes(session).await?;
        for node in nodes.iter().filter(|node| !node.is_partitioned && !node.is_attached) {
            concurrent::run(session.connection, &self.create("INDEX CONCURRENTLY IF NOT EXISTS", node, "")).await?;
        }
        // What keeps others waiting for a moment comes last, so that little of it is left to do again.
        for node in nodes.iter().filter(|node| node.is_partitioned && !node.is_attached) {
            session.briefly(&self.create("INDEX IF NOT EXISTS", node, "ONLY ")).await?;
        }
        // Those of partitions that have partitions before those of the tables that they are parts of.
        for node in nodes.iter().rev().filter(|node| !node.is_attached) {
            let Some(parent) = node.parent.as_ref().and_then(|parent| nodes.iter().find(|node| node.table == *parent))
            else {
                continue;
            };
            session.briefly(&format!("ALTER INDEX {} ATTACH PARTITION {}", parent.index(), node.index())).await?;
        }
        Ok(())
    }

    fn create(&self, what: &str, Node { table, index, .. }: &Node, only: &str) -> String {
        let unique = if self.is_unique { "UNIQUE " } else { "" };
        format!("CREATE {unique}{what} {index} ON {only}{table}{}", self.definition)
    }

    /// The tables of the tree, each after the one that it is a part of, and the index that each has or shall have: one that is
    /// a part of the whole's already, or of the name that is made of the whole's.
    async fn nodes(&self, session: &mut Session<'_>) -> Result<Vec<Node>, sqlx::Error> {
        let rows = sqlx::query(include_str!("queries/partition_tree.sql"))
            .bind(&self.table)
            .bind(&self.name)
            .fetch_all(&mut *session.connection)
            .await?;
        let mut nodes: Vec<Node> = Vec::with_capacity(rows.len());
        let mut root = String::new();
        for row in rows {
            let text = |column: &str| row.try_get::<String, _>(column);
            let (table, name, whole) = (text("qualified")?, text("name")?, text("index_name")?);
            let parent: Option<String> = row.try_get("parent")?;
            if parent.is_none() {
                root.clone_from(&name);
            }
            let above = nodes.iter().find(|node| Some(&node.table) == parent.as_ref()).map(Node::index);
            let (indexes, wholes): (Vec<String>, Vec<String>) = (row.try_get("indexes")?, row.try_get("wholes")?);
            let at = wholes.iter().position(|whole| Some(whole) == above.as_ref());
            let there = at.and_then(|at| indexes.get(at).cloned());
            let is_attached = there.is_some();
            let index = there.unwrap_or_else(|| match whole.strip_prefix(&root) {
                Some(rest) => quote(cut(&format!("{name}{rest}"), LONGEST_NAME)),
                None if parent.is_none() => quote(&whole),
                None => quote(cut(&format!("{name}_{whole}"), LONGEST_NAME)),
            });
            let (schema, is_partitioned) = (text("schema")?, row.try_get("is_partitioned")?);
            nodes.push(Node { table, parent, is_partitioned, schema, index, is_attached });
        }
        Ok(nodes)
    }
}
