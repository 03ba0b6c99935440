//! A live PostgreSQL database as a schema: the whole catalog in a fixed number of queries, in one snapshot.

use std::borrow::Cow;
use std::collections::HashMap;

use cqrs_core::schema::{
    Access, Check, Column, ColumnType, DefaultValue, Deferrable, Dependency, EnumType, ForeignKey, Generated, Index,
    IndexKey, IndexPart, MatchType, Nulls, ObjectId, ObjectName, PrimaryKey, ReferentialAction, Schema, SortOrder, Str,
    Table, Unique, View,
};
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row};

use super::not_managed;
use super::sequences::Sequences;
use super::sql::{plain_or_sql, strip_parentheses};
use crate::dialect::{HISTORY_TABLE, Introspected, NotManaged};
use crate::error::Error;
use crate::introspect::Selection;

/// Reads the schema, and what it cannot express.
///
/// On a connection that is in a transaction already (a shadow's), in that transaction.
pub(crate) async fn introspect(connection: &mut PgConnection, selection: &Selection) -> Result<Introspected, Error> {
    let reading = || Error::database("reading the catalog");
    let mut transaction = if connection.is_in_transaction() {
        connection.begin().await
    } else {
        connection.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
    }
    .map_err(reading())?;
    let found = Catalog::open(&mut transaction).await?.read(selection).await?;
    transaction.rollback().await.map_err(reading())?;
    Ok(found)
}

/// As [`introspect_schema`] inside a transaction that the driver did not begin. Its settings are as they were afterwards.
pub(crate) async fn introspect_within(connection: &mut PgConnection) -> Result<Schema, Error> {
    let reading = || Error::database("reading the catalog");
    sqlx::raw_sql("SAVEPOINT cqrs_introspect").execute(&mut *connection).await.map_err(reading())?;
    let found = Catalog::open(connection).await?.read(&Selection::schema_only()).await?;
    sqlx::raw_sql("ROLLBACK TO SAVEPOINT cqrs_introspect").execute(connection).await.map_err(reading())?;
    Ok(found.schema)
}

/// The catalog queries join in the order in which they are written: to look for a better one costs the server more than
/// it saves, and so does compiling them. For this transaction only.
/// <https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-JOIN-COLLAPSE-LIMIT>
const PLANNER: &str = "SET LOCAL join_collapse_limit = 1; SET LOCAL from_collapse_limit = 1; SET LOCAL jit = off";

/// The catalog, as one session sees it.
struct Catalog<'c> {
    connection: &'c mut PgConnection,
    version: i32,
    default_schema: String,
    only_schema: Option<String>,
}

impl<'c> Catalog<'c> {
    /// Bare names then mean the default schema and nothing else, so that the server prints every other name with its
    /// schema. A shadow inside a transaction keeps its own path: live types and functions are bare in it too.
    async fn open(connection: &'c mut PgConnection) -> Result<Self, Error> {
        let reading = || Error::database("reading the catalog");
        let row =
            sqlx::query(include_str!("queries/session.sql")).fetch_one(&mut *connection).await.map_err(reading())?;
        let version = get(&row, "version")?;
        let only_schema: Option<String> = get(&row, "only_schema")?;
        let Some(default_schema) = get::<Option<String>>(&row, "default_schema")? else {
            return Err(Error::Unreadable {
                object: "the default schema".to_owned(),
                reason: "no schema of the `search_path` exists: create one, or set another `search_path`".to_owned(),
            });
        };
        sqlx::raw_sql(PLANNER).execute(&mut *connection).await.map_err(reading())?;
        if only_schema.is_none() {
            sqlx::query("SELECT set_config('search_path', quote_ident($1), true)")
                .bind(&default_schema)
                .execute(&mut *connection)
                .await
                .map_err(reading())?;
        }
        Ok(Self { connection, version, default_schema, only_schema })
    }

    async fn read(&mut self, selection: &Selection) -> Result<Introspected, Error> {
        let mut tables = Tables::default();
        for row in self.rows(include_str!("queries/tables.sql")).await? {
            tables.add(&row)?;
        }
        let sequences = Sequences::read(self.rows(include_str!("queries/sequences.sql")).await?)?;
        for row in self.rows(include_str!("queries/columns.sql")).await? {
            tables.add_column(&row, &sequences)?;
        }
        for row in self.rows(include_str!("queries/constraints.sql")).await? {
            tables.add_constraint(&row)?;
        }
        for row in self.rows(include_str!("queries/indexes.sql")).await? {
            tables.add_index_part(&row)?;
        }
        let mut schema = Schema::new();
        for row in self.rows(include_str!("queries/enums.sql")).await? {
            schema.add_enum(enum_type(&row)?);
        }
        for row in self.rows(include_str!("queries/views.sql")).await? {
            schema.add_view(view(&row)?);
        }
        let not_managed = if selection.not_managed { self.not_managed(&sequences, &tables).await? } else { Vec::new() };
        for table in tables.list {
            schema.add_table(table);
        }
        let names: Vec<ObjectName> = schema.views.keys().cloned().collect();
        for name in names {
            let mut view = schema.views[&name].clone();
            view.depends_on =
                view.depends_on.iter().map(|need| Dependency::on(schema.relation(&need.on.name))).collect();
            schema.add_view(view);
        }
        let history = ObjectName::new(HISTORY_TABLE);
        schema.tables.remove(&history);
        Ok(Introspected { schema, not_managed })
    }

    async fn not_managed(&mut self, sequences: &Sequences, tables: &Tables) -> Result<Vec<NotManaged>, Error> {
        let mut not_managed = sequences.not_managed(|id| tables.by_id.get(&id).map(|&at| &tables.list[at]));
        for row in self.rows(include_str!("queries/not_managed_objects.sql")).await? {
            not_managed.push(not_managed::object(&row)?);
        }
        for row in self.rows(include_str!("queries/not_managed_properties.sql")).await? {
            not_managed.push(not_managed::property(&row)?);
        }
        let history = ObjectName::new(HISTORY_TABLE);
        not_managed.retain(|object| object.table.as_ref() != Some(&history));
        not_managed.sort_by(|a, b| (a.kind, &a.name, &a.table).cmp(&(b.kind, &b.name, &b.table)));
        Ok(not_managed)
    }

    async fn rows(&mut self, query: &str) -> Result<Vec<PgRow>, Error> {
        let sql = for_version(query, self.version);
        let takes_default_schema = sql.contains("$2");
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(&self.only_schema);
        if takes_default_schema {
            query = query.bind(&self.default_schema);
        }
        query.fetch_all(&mut *self.connection).await.map_err(Error::database("reading the catalog"))
    }
}

/// A query as it is for one version of the server: without the lines marked `-- since` a later one or `-- before` this
/// one.
fn for_version(query: &str, version: i32) -> String {
    let applies = |line: &&str| {
        let number = |mark| line.rsplit_once(mark).and_then(|(_, number)| number.trim().parse::<i32>().ok());
        number("-- since ").is_none_or(|since| version >= since)
            && number("-- before ").is_none_or(|before| version < before)
    };
    query.lines().filter(applies).collect::<Vec<_>>().join("\n")
}

/// A column of a row.
pub(super) fn get<'r, T>(row: &'r PgRow, column: &str) -> Result<T, Error>
where
    T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    row.try_get(column).map_err(Error::database("reading the catalog"))
}

pub(super) fn text(row: &PgRow, column: &str) -> Result<Str, Error> {
    get::<String>(row, column).map(Cow::Owned)
}

pub(super) fn optional(row: &PgRow, column: &str) -> Result<Option<Str>, Error> {
    Ok(get::<Option<String>>(row, column)?.map(Cow::Owned))
}

fn texts(row: &PgRow, column: &str) -> Result<Vec<Str>, Error> {
    Ok(get::<Vec<String>>(row, column)?.into_iter().map(Cow::Owned).collect())
}

/// An expression. The server prints none for an object that another session drops at that moment.
fn expression(row: &PgRow, column: &str, object: impl FnOnce() -> String) -> Result<Str, Error> {
    match get::<Option<String>>(row, column)? {
        Some(sql) => Ok(strip_parentheses(&sql).to_owned().into()),
        None => Err(Error::Unreadable { object: object(), reason: "it changed meanwhile: try again".to_owned() }),
    }
}

/// A name that the schema types hold as one text: a collation or operator class.
fn visible_name(row: &PgRow, schema: &str, name: &str) -> Result<Option<Str>, Error> {
    let schema: Option<String> = get(row, schema)?;
    let name: Option<String> = get(row, name)?;
    Ok(name.map(|name| plain_or_sql(schema.as_deref(), &name).into()))
}

/// The tables by the server's numbers for them.
#[derive(Default)]
struct Tables {
    list: Vec<Table>,
    by_id: HashMap<i64, usize>,
    /// The index that the last part belongs to: parts of one index come one after the other.
    last_index: Option<i64>,
}

impl Tables {
    fn add(&mut self, row: &PgRow) -> Result<(), Error> {
        let mut table = Table::new(text(row, "name")?);
        table.schema = optional(row, "schema")?;
        table.comment = optional(row, "comment")?;
        self.by_id.insert(get(row, "id")?, self.list.len());
        self.list.push(table);
        Ok(())
    }

    /// The table that a row is about. None for what belongs to a partition or to an extension's table.
    fn of(&mut self, row: &PgRow) -> Result<Option<&mut Table>, Error> {
        let id: i64 = get(row, "table_id")?;
        Ok(self.by_id.get(&id).map(|&at| &mut self.list[at]))
    }

    fn add_column(&mut self, row: &PgRow, sequences: &Sequences) -> Result<(), Error> {
        let id: i64 = get(row, "table_id")?;
        let Some(table) = self.of(row)? else { return Ok(()) };
        let mut column = Column::new(text(row, "name")?, ColumnType::Native(text(row, "type")?));
        column.nullable = !get::<bool>(row, "not_null")?;
        column.collation = visible_name(row, "collation_schema", "collation")?;
        column.comment = optional(row, "comment")?;
        column.auto_increment = !get::<String>(row, "identity")?.is_empty();
        column.access = Access::ReadWrite;
        let what = || format!("column `{}.{}`", table.object_name(), column.name);
        if get(row, "has_expression")? {
            match get::<String>(row, "generated")?.as_str() {
                "" => {
                    let is_domain: bool = get(row, "is_domain")?;
                    column.default = match get::<Option<String>>(row, "expression")? {
                        Some(sql) if !is_domain && is_null(&sql) => None,
                        Some(sql) => Some(DefaultValue::expression(sql)),
                        None => Some(DefaultValue::expression(expression(row, "expression", what)?)),
                    };
                }
                kind => {
                    let stored = kind == "s";
                    column.generated = Some(Generated { expression: expression(row, "expression", what)?, stored });
                }
            }
        }
        if let Some(serial) = sequences.serial_type(id, &column) {
            column.column_type = ColumnType::native(serial);
            column.default = None;
            column.auto_increment = true;
        }
        table.columns.to_mut().push(column);
        Ok(())
    }

    fn add_constraint(&mut self, row: &PgRow) -> Result<(), Error> {
        let Some(table) = self.of(row)? else { return Ok(()) };
        let name = optional(row, "name")?;
        let columns = Cow::Owned(texts(row, "columns")?);
        match get::<String>(row, "kind")?.as_str() {
            "p" => table.primary_key = Some(PrimaryKey { name, columns, ..Default::default() }),
            "u" => table.uniques.to_mut().push(Unique { name, columns, ..Default::default() }),
            "f" => {
                let key = ForeignKey {
                    name,
                    columns,
                    references: ObjectName {
                        schema: optional(row, "foreign_schema")?,
                        name: text(row, "foreign_table")?,
                    },
                    referenced_columns: Cow::Owned(texts(row, "foreign_columns")?),
                    on_delete: action(&get::<String>(row, "on_delete")?),
                    on_update: action(&get::<String>(row, "on_update")?),
                    match_type: if get::<String>(row, "match_type")? == "f" {
                        MatchType::Full
                    } else {
                        MatchType::Simple
                    },
                    deferrable: match (get(row, "deferrable")?, get(row, "deferred")?) {
                        (false, _) => Deferrable::No,
                        (true, false) => Deferrable::InitiallyImmediate,
                        (true, true) => Deferrable::InitiallyDeferred,
                    },
                    ..ForeignKey::default()
                };
                table.foreign_keys.to_mut().push(key);
            }
            _ => {
                let what = || format!("check `{}` of `{}`", name.as_deref().unwrap_or_default(), table.object_name());
                let expression = expression(row, "expression", what)?;
                table.checks.to_mut().push(Check { name, expression, ..Default::default() });
            }
        }
        Ok(())
    }

    fn add_index_part(&mut self, row: &PgRow) -> Result<(), Error> {
        let id: i64 = get(row, "index_id")?;
        let is_new = self.last_index.replace(id) != Some(id);
        let Some(table) = self.of(row)? else { return Ok(()) };
        let table_name = table.object_name();
        let indexes = table.indexes.to_mut();
        if is_new {
            let predicate: Option<String> = get(row, "predicate")?;
            indexes.push(Index {
                name: optional(row, "name")?,
                parts: Cow::Borrowed(&[]),
                unique: get(row, "is_unique")?,
                method: optional(row, "method")?.filter(|method| method != "btree"),
                predicate: predicate.map(|sql| strip_parentheses(&sql).to_owned().into()),
                include: Cow::Borrowed(&[]),
                nulls_not_distinct: get(row, "nulls_not_distinct")?,
                ..Default::default()
            });
        }
        let Some(index) = indexes.last_mut() else { return Ok(()) };
        let column = optional(row, "column_name")?;
        if get(row, "is_included")? {
            index.include.to_mut().extend(column);
            return Ok(());
        }
        let what = || format!("index `{}` of `{table_name}`", index.name.as_deref().unwrap_or_default());
        let descending: bool = get(row, "descending")?;
        let nulls_first: bool = get(row, "nulls_first")?;
        let part = IndexPart {
            key: match column {
                Some(column) => IndexKey::Column(column),
                None => IndexKey::Expression(expression(row, "expression", what)?),
            },
            order: if descending { SortOrder::Descending } else { SortOrder::Ascending },
            nulls: match (descending, nulls_first) {
                (false, true) => Some(Nulls::First),
                (true, false) => Some(Nulls::Last),
                _ => None,
            },
            operator_class: visible_name(row, "operator_class_schema", "operator_class")?,
            collation: visible_name(row, "collation_schema", "collation")?,
            prefix_length: None,
        };
        index.parts.to_mut().push(part);
        Ok(())
    }
}

/// Whether a default is a bare null, which the server keeps for some types: `NULL::character varying`. For a domain that
/// says something, because it overrules the domain's own default.
fn is_null(sql: &str) -> bool {
    sql == "NULL"
        || sql.strip_prefix("NULL::").is_some_and(|name| {
            name.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | ' ' | '.' | '"' | '[' | ']'))
        })
}

/// <https://www.postgresql.org/docs/current/catalog-pg-constraint.html>
fn action(code: &str) -> ReferentialAction {
    match code {
        "r" => ReferentialAction::Restrict,
        "c" => ReferentialAction::Cascade,
        "n" => ReferentialAction::SetNull,
        "d" => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}

fn enum_type(row: &PgRow) -> Result<EnumType, Error> {
    Ok(EnumType {
        name: ObjectName { schema: optional(row, "schema")?, name: text(row, "name")? },
        values: texts(row, "labels")?,
        comment: optional(row, "comment")?,
    })
}

fn view(row: &PgRow) -> Result<View, Error> {
    let name = ObjectName { schema: optional(row, "schema")?, name: text(row, "name")? };
    let Some(query) = get::<Option<String>>(row, "query")? else {
        return Err(Error::Unreadable {
            object: format!("view `{name}`"),
            reason: "it changed meanwhile: try again".to_owned(),
        });
    };
    let schemas: Vec<Option<String>> = get(row, "read_schemas")?;
    let depends_on = (schemas.into_iter().zip(texts(row, "read_names")?))
        .map(|(schema, name)| ObjectName { schema: schema.map(Cow::Owned), name })
        .map(|name| Dependency::on(ObjectId::table(name)))
        .collect();
    Ok(View {
        name,
        query: query.trim().trim_end_matches(';').to_owned().into(),
        materialized: get(row, "materialized")?,
        columns: texts(row, "columns")?,
        depends_on,
        comment: optional(row, "comment")?,
        ..View::default()
    })
}
