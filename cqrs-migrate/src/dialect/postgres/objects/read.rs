//! The objects of a live database, and what everything in it needs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use cqrs_core::schema::{Dependency, ObjectId, ObjectKind, ObjectName, Schema, SqlObject, Str};
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection};

use super::super::introspect::{for_version, get, optional, text};
use super::super::rows::changed;
use super::super::sql::{serial_base, unqualified_behind};
use crate::error::{Error, READING_CATALOG};
use crate::graph::Graph;
use crate::introspect::Selection;

/// What the queries are bound to.
pub(in super::super) struct Scope<'a> {
    pub(in super::super) version: i32,
    pub(in super::super) default_schema: &'a str,
    /// The schema that is a shadow inside a transaction.
    pub(in super::super) only_schema: Option<&'a str>,
    /// The tables selected, by the server's numbers for them.
    pub(in super::super) tables: Option<&'a [i64]>,
}

/// A catalog table and the number of an object in it.
type Address = (i64, i64);

macro_rules! object_query {
    ($name:literal) => {
        concat!(
            include_str!("../queries/objects_scope.sql"),
            include_str!(concat!("../queries/objects_", $name, ".sql"))
        )
    };
}

const OF_DATABASE: &str = object_query!("of_database");

const OBJECTS: &[&str] = &[
    OF_DATABASE,
    object_query!("types"),
    object_query!("routines"),
    object_query!("operators"),
    object_query!("text_search"),
    object_query!("of_tables"),
];

const KINDS: &[ObjectKind] = &[
    ObjectKind::Namespace,
    ObjectKind::Extension,
    ObjectKind::Collation,
    ObjectKind::CompositeType,
    ObjectKind::Domain,
    ObjectKind::RangeType,
    ObjectKind::Sequence,
    ObjectKind::TextSearchDictionary,
    ObjectKind::TextSearchConfiguration,
    ObjectKind::Function,
    ObjectKind::Procedure,
    ObjectKind::Aggregate,
    ObjectKind::Operator,
    ObjectKind::OperatorFamily,
    ObjectKind::OperatorClass,
    ObjectKind::Cast,
    ObjectKind::Statistics,
    ObjectKind::Trigger,
    ObjectKind::Rule,
    ObjectKind::Policy,
    ObjectKind::Privileges,
];

/// Adds the objects to a schema that has its tables, views and enums already, and tells everything in it what it needs.
pub(in super::super) async fn read(
    connection: &mut PgConnection,
    scope: &Scope<'_>,
    selection: &Selection,
    schema: &mut Schema,
) -> Result<(), Error> {
    let mut ids: HashMap<Address, ObjectId> = HashMap::new();
    for query in OBJECTS {
        for row in rows(connection, scope, query).await? {
            let Some(object) = object(&row, scope, schema)? else { continue };
            ids.insert((get(&row, "class")?, get(&row, "id")?), object.id.clone());
            schema.add_object(object);
        }
    }
    let mut needs: BTreeMap<ObjectId, Vec<Dependency>> = BTreeMap::new();
    for row in rows(connection, scope, include_str!("../queries/dependencies.sql")).await? {
        let user = end(&row, &ids, ["user_class", "user_id", "user_kind", "user_schema", "user_name"])?;
        let on = end(&row, &ids, ["on_class", "on_id", "on_kind", "on_schema", "on_name"])?;
        let (Some(user), Some(on)) = (user, on) else { continue };
        let columns = get::<Vec<String>>(&row, "columns")?.into_iter().map(Cow::Owned).collect();
        needs.entry(user).or_default().push(Dependency { on, columns });
    }
    for (user, mut needs) in needs {
        needs.sort();
        set_needs(schema, &user, needs);
    }
    if selection.privileges {
        for row in rows(connection, scope, object_query!("privileges")).await? {
            let Some(mut privileges) = object(&row, scope, schema)? else { continue };
            let on = end(&row, &ids, ["on_class", "on_id", "on_kind", "on_schema", "on_name"])?;
            privileges.depends_on.extend(on.map(Dependency::on));
            schema.add_object(privileges);
        }
    }
    keep_selected(schema, scope, selection);
    Ok(())
}

/// The schemas and extensions of a database, in order of their names.
pub(in super::super) async fn furniture(connection: &mut PgConnection) -> Result<Vec<SqlObject>, Error> {
    let session = sqlx::query(include_str!("../queries/session.sql"))
        .bind(None::<Vec<String>>)
        .fetch_one(&mut *connection)
        .await
        .map_err(Error::database(READING_CATALOG))?;
    let default_schema: Option<String> = get(&session, "default_schema")?;
    let only_schema: Option<String> = get(&session, "only_schema")?;
    let scope = Scope {
        version: get(&session, "version")?,
        default_schema: default_schema.as_deref().unwrap_or_default(),
        only_schema: only_schema.as_deref(),
        tables: None,
    };
    let mut found = Vec::new();
    for row in rows(connection, &scope, OF_DATABASE).await? {
        found.extend(object(&row, &scope, &Schema::new())?);
    }
    found.retain(|object| matches!(object.id.kind, ObjectKind::Namespace | ObjectKind::Extension));
    found.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(found)
}

async fn rows(connection: &mut PgConnection, scope: &Scope<'_>, query: &str) -> Result<Vec<PgRow>, Error> {
    sqlx::query(AssertSqlSafe(for_version(query, scope.version)))
        .bind(scope.only_schema)
        .bind(scope.default_schema)
        .bind(scope.tables)
        .fetch_all(connection)
        .await
        .map_err(Error::database(READING_CATALOG))
}

/// None for a sequence that is said by the type of the column that it numbers.
fn object(row: &PgRow, scope: &Scope<'_>, schema: &Schema) -> Result<Option<SqlObject>, Error> {
    let kind: &str = get(row, "kind")?;
    let Some(kind) = KINDS.iter().copied().find(|known| known.name() == kind) else {
        return Err(Error::Unreadable { object: kind.to_owned(), reason: "it is of no known kind".to_owned() });
    };
    let mut id = ObjectId {
        kind,
        name: ObjectName { schema: optional(row, "schema")?, name: text(row, "name")? },
        table: optional(row, "table_name")?,
        signature: optional(row, "signature")?,
    };
    if let (ObjectKind::Sequence, Some(table)) = (kind, id.table_name()) {
        (id.table, id.signature) = (None, None);
        let column = get::<Option<&str>>(row, "signature")?;
        let column = column.and_then(|column| schema.tables.get(&table)?.column(column));
        if column.is_some_and(|column| column.auto_increment && serial_base(column.column_type.native_text()).is_some())
        {
            return Ok(None);
        }
    }
    let Some(definition) = get::<Option<&str>>(row, "definition")? else {
        return Err(changed(format!("{kind} `{id}`")));
    };
    let definition = definition.trim_end().trim_end_matches(';');
    // The server prints the schema of these also where it is the default one.
    let keyword = match kind {
        ObjectKind::Trigger => Some("ON"),
        ObjectKind::Rule => Some("TO"),
        ObjectKind::Statistics => Some("STATISTICS"),
        _ => None,
    };
    let definition = match keyword {
        Some(keyword) => {
            // A session's own temporary schema, as a shadow may be, has another name in what is printed.
            let is_temporary = scope.only_schema.is_some_and(|schema| schema.starts_with("pg_temp_"));
            unqualified_behind(definition, keyword, if is_temporary { "pg_temp" } else { scope.default_schema })
        }
        None => definition.to_owned(),
    };
    let mut options: Vec<Str> = get::<Vec<String>>(row, "options")?.into_iter().map(Cow::Owned).collect();
    options.sort();
    Ok(Some(SqlObject {
        id,
        definition: definition.into(),
        options: options.into(),
        comment: optional(row, "comment")?,
        depends_on: Vec::new(),
    }))
}

/// One end of a dependency: a table, view or enum by its name, anything else by its number. None for what is no object of
/// the schema.
fn end(row: &PgRow, ids: &HashMap<Address, ObjectId>, columns: [&str; 5]) -> Result<Option<ObjectId>, Error> {
    let [class, id, kind, schema, name] = columns;
    let Some(kind) = get::<Option<&str>>(row, kind)? else {
        let (class, id): (Option<i64>, Option<i64>) = (get(row, class)?, get(row, id)?);
        return Ok(class.zip(id).and_then(|address| ids.get(&address)).cloned());
    };
    let name = ObjectName { schema: optional(row, schema)?, name: text(row, name)? };
    Ok(Some(match kind {
        "view" => ObjectId::view(name),
        "enum" => ObjectId::enum_type(name),
        _ => ObjectId::table(name),
    }))
}

fn set_needs(schema: &mut Schema, user: &ObjectId, needs: Vec<Dependency>) {
    match user.kind {
        ObjectKind::Table => {
            if let Some(table) = schema.tables.get_mut(&user.name) {
                table.depends_on = needs.into();
            }
        }
        ObjectKind::View => {
            if let Some(view) = schema.views.get_mut(&user.name) {
                view.depends_on = needs;
            }
        }
        _ => {
            if let Some(object) = schema.objects.get_mut(user) {
                object.depends_on = needs;
            }
        }
    }
}

/// Leaves out what is neither in a selected schema, nor of a selected table, nor needed by any of these.
fn keep_selected(schema: &mut Schema, scope: &Scope<'_>, selection: &Selection) {
    if selection.schemas.is_none() && selection.tables.is_none() {
        return;
    }
    let is_selected = |object: &SqlObject| match (&selection.tables, &selection.schemas) {
        // The query yields only those of the selected tables.
        (Some(_), _) => object.id.table.is_some() || object.id.kind == ObjectKind::Statistics,
        (None, Some(schemas)) => match object.id.kind {
            ObjectKind::Namespace => schemas.contains(&*object.id.name.name),
            ObjectKind::Extension | ObjectKind::Cast | ObjectKind::Privileges => false,
            _ => schemas.contains(object.id.name.schema.as_deref().unwrap_or(scope.default_schema)),
        },
        (None, None) => true,
    };
    let selected = schema.objects.values().filter(|object| is_selected(object)).map(|object| object.id.clone());
    let tables = schema.tables.keys().cloned().map(ObjectId::table);
    let views = schema.views.keys().cloned().map(ObjectId::view);
    let enums = schema.enums.keys().cloned().map(ObjectId::enum_type);
    let roots: BTreeSet<ObjectId> = selected.chain(tables).chain(views).chain(enums).collect();
    let needed = Graph::of(schema).with_needs(roots);
    // Privileges go with what they are for.
    let is_needed = |object: &SqlObject| match object.depends_on.as_slice() {
        [Dependency { on, .. }] if object.id.kind == ObjectKind::Privileges => needed.contains(on),
        _ => needed.contains(&object.id),
    };
    schema.objects.retain(|_, object| is_needed(object));
}
