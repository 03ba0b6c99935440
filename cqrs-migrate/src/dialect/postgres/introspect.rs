//! A live PostgreSQL database as a schema: the whole catalog in a fixed number of queries, in one snapshot.

use std::mem;
use std::time::Duration;

use cqrs_core::schema::{EnumType, ObjectId, ObjectName, Schema};
use sqlx::{Connection as _, PgConnection, Postgres, Transaction};

use super::catalog::{Catalog, Comments};
use super::column_types::ColumnTypes;
use super::constraints::Constraints;
use super::indexes::{Indexes, Relations};
use super::needs::{self, Ids, Wholes};
use super::rows::{Fields, PG_CLASS, PG_TYPE, is_of_change, reading};
use super::sequences::Sequences;
use super::sql::serial_base;
use super::tables::{ColumnRow, Tables, add_sequences};
use super::views::Views;
use super::{not_managed, objects};
use crate::dialect::{HISTORY_TABLE, Introspected};
use crate::error::Error;
use crate::introspect::Selection;

/// For how many milliseconds to wait before each further read of a schema that changed while it was read.
const PAUSES: [u64; 5] = [10, 20, 40, 80, 160];

/// Reads the schema, and what it cannot express.
///
/// On a connection that is in a transaction already (a shadow's), in that transaction. Elsewhere a schema that changed
/// meanwhile is read again, in another snapshot; what fails to the last is looked for among the views.
pub(crate) async fn introspect(connection: &mut PgConnection, selection: &Selection) -> Result<Introspected, Error> {
    if connection.is_in_transaction() {
        let transaction = connection.begin().await.map_err(reading())?;
        return read_in(transaction, selection, false).await;
    }
    let mut pauses = PAUSES.into_iter();
    loop {
        let next = pauses.next();
        let transaction = connection.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        match (read_in(transaction.await.map_err(reading())?, selection, next.is_none()).await, next) {
            (Err(error), Some(pause)) if is_of_change(&error) => tokio::time::sleep(Duration::from_millis(pause)).await,
            (found, _) => return found,
        }
    }
}

/// Reads in a transaction, and ends it.
async fn read_in(
    mut transaction: Transaction<'_, Postgres>,
    selection: &Selection,
    find_broken: bool,
) -> Result<Introspected, Error> {
    let found = async {
        let mut catalog = Catalog::open(&mut transaction, selection).await?;
        if find_broken {
            catalog.set(include_str!("queries/broken_views.sql")).await?;
        }
        read(&mut catalog, selection).await
    }
    .await;
    let ended = transaction.rollback().await.map_err(reading());
    let found = found?;
    ended?;
    Ok(found)
}

/// As [`introspect`] inside a transaction that the driver did not begin. Its settings are as they were afterwards.
pub(crate) async fn introspect_within(connection: &mut PgConnection, selection: &Selection) -> Result<Schema, Error> {
    sqlx::raw_sql("SAVEPOINT cqrs_introspect").execute(&mut *connection).await.map_err(reading())?;
    let found = read(&mut Catalog::open(connection, selection).await?, selection).await?;
    sqlx::raw_sql("ROLLBACK TO SAVEPOINT cqrs_introspect").execute(connection).await.map_err(reading())?;
    Ok(found.schema)
}

async fn read(catalog: &mut Catalog<'_>, selection: &Selection) -> Result<Introspected, Error> {
    let mut comments = catalog.comments().await?;
    let members = catalog.members().await?;
    let mut tables = Tables::default();
    let mut views = Views::default();
    let mut sequences = Sequences::default();
    let mut types = ColumnTypes::default();
    let mut wholes = Wholes::default();
    if catalog.has("tables") {
        catalog.relations(include_str!("queries/tables.sql"), |row| tables.add(row, &mut comments)).await?;
    }
    if catalog.has("inheritance") {
        catalog.relations(include_str!("queries/inherits.sql"), |row| tables.add_parent(row)).await?;
    }
    if catalog.has("views") {
        let add = |row: Fields<'_>| views.add(row, &mut comments, &mut wholes);
        catalog.relations(include_str!("queries/views.sql"), add).await?;
    }
    if catalog.has("tables") || catalog.has("views") {
        read_parts(catalog, &mut tables, &mut views, &mut types, &mut comments, &mut wholes).await?;
    }
    if catalog.has("sequences") {
        catalog.objects(include_str!("queries/sequences.sql"), |row| sequences.add(row, &mut comments)).await?;
    }
    catalog.in_part().await?;
    types.name(catalog).await?;
    sequences.sort();
    tables.complete(&types, &sequences)?;

    let mut schema = Schema::new();
    let mut ids = Ids::new();
    ids.extend(tables.list.iter().map(|table| ((PG_CLASS, table.id), ObjectId::table(table.table.object_name()))));
    ids.extend(views.list.iter().map(|view| ((PG_CLASS, view.id), ObjectId::view(view.view.name.clone()))));
    if catalog.has("enums") {
        let add = |mut row: Fields<'_>| {
            let id = row.id()?;
            let name = row.name()?;
            ids.insert((PG_TYPE, id), ObjectId::enum_type(name.clone()));
            let values = row.texts()?.into_iter().map(Into::into).collect();
            let comment = comments.take(PG_TYPE, id);
            schema.add_enum(EnumType { name, values, comment, renamed_from: None, former_labels: Vec::new().into() });
            Ok(())
        };
        catalog.objects(include_str!("queries/enums.sql"), add).await?;
    }
    objects::read(catalog, &mut comments, &mut ids, &mut schema).await?;
    let needs = needs::read(catalog, &tables, &views, wholes, &members).await?;

    let mut reports = mem::take(&mut tables.not_managed);
    reports.append(&mut views.not_managed);
    reports.append(&mut sequences.not_managed);
    let is_numbered = |table: u32, column: i16| {
        let column = tables.find(table).and_then(|table| table.column(column));
        column
            .is_some_and(|(column, _)| column.auto_increment && serial_base(column.column_type.native_text()).is_some())
    };
    for (address, sequence) in sequences.into_objects(is_numbered) {
        ids.insert(address, sequence.id.clone());
        schema.add_object(sequence);
    }
    let owned = tables.finish(&mut schema);
    views.finish(&mut schema, &types);
    needs::tell(&mut schema, needs, &ids);
    if selection.privileges {
        objects::read_privileges(catalog, &ids, &mut schema).await?;
    }
    if selection.owners {
        objects::read_owners(catalog, &ids, &mut schema).await?;
    }
    objects::keep_selected(&mut schema, &catalog.default_schema, selection);
    add_sequences(&mut schema, owned);
    let history = ObjectName::new(HISTORY_TABLE);
    schema.tables.remove(&history);

    let mut not_managed = Vec::new();
    if selection.not_managed {
        not_managed = not_managed::read(catalog, &members).await?;
        not_managed.append(&mut reports);
        not_managed.retain(|object| object.table.as_ref() != Some(&history));
        not_managed.sort_by(|a, b| (a.kind, &a.name, &a.table).cmp(&(b.kind, &b.name, &b.table)));
    }
    if selection.privileges {
        not_managed.retain(|object| !matches!(object.kind, "privileges" | "default privileges"));
    }
    Ok(Introspected { schema, not_managed })
}

/// The columns, constraints and indexes.
async fn read_parts(
    catalog: &mut Catalog<'_>,
    tables: &mut Tables,
    views: &mut Views,
    types: &mut ColumnTypes,
    comments: &mut Comments,
    wholes: &mut Wholes,
) -> Result<(), Error> {
    let mut constraints = Constraints::default();
    let mut indexes = Indexes::default();
    let add_column = |row: Fields<'_>| {
        let row = ColumnRow::read(row, types)?;
        if views.find(row.relation).is_some() {
            views.add_column(&row, comments, wholes)
        } else if tables.find(row.relation).is_some() {
            tables.add_column(row, comments, wholes)
        } else {
            indexes.set_part(row);
            Ok(())
        }
    };
    catalog.relations(include_str!("queries/columns.sql"), add_column).await?;
    let add_constraint = |row: Fields<'_>| constraints.add(row, tables, comments, wholes);
    catalog.relations(include_str!("queries/constraints.sql"), add_constraint).await?;
    constraints.resolve(catalog, tables).await?;
    let operator_classes = include_str!("queries/operator_classes.sql");
    catalog.bound(operator_classes, |query| query, |row| indexes.add_operator_class(row)).await?;
    let mut to = Relations { tables, views, constraints: &constraints, types, comments, wholes };
    catalog.relations(include_str!("queries/indexes.sql"), |row| indexes.add(row, &mut to)).await
}
