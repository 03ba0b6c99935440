//! The objects of a live database.

use std::borrow::Cow;
use std::collections::BTreeSet;

use cqrs_core::schema::{Dependency, ObjectId, ObjectKind, Schema, SqlObject, Str};
use sqlx::PgConnection;

use super::super::catalog::{Catalog, Comments};
use super::super::needs::Ids;
use super::super::rows::{Fields, changed};
use super::super::sql::{quote_name, unqualified_behind};
use super::target;
use crate::error::Error;
use crate::graph::Graph;
use crate::introspect::Selection;

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
    object_query!("collations"),
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

/// Adds the objects to a schema, but for sequences.
pub(in super::super) async fn read(
    catalog: &mut Catalog<'_>,
    comments: &mut Comments,
    ids: &mut Ids,
    schema: &mut Schema,
) -> Result<(), Error> {
    let scope = Scope::of(catalog);
    for query in OBJECTS {
        let add = |mut row: Fields<'_>| {
            let address = row.address()?;
            let mut object = scope.object(&mut row)?;
            object.comment = match object.id.kind {
                ObjectKind::Namespace | ObjectKind::Extension => row.optional()?,
                _ => comments.take(address.0, address.1),
            };
            ids.insert(address, object.id.clone());
            schema.add_object(object);
            Ok(())
        };
        catalog.objects(query, add).await?;
    }
    Ok(())
}

/// Adds the privileges of roles to a schema.
pub(in super::super) async fn read_privileges(
    catalog: &mut Catalog<'_>,
    ids: &Ids,
    schema: &mut Schema,
) -> Result<(), Error> {
    let scope = Scope::of(catalog);
    let add = |mut row: Fields<'_>| {
        row.address()?;
        let mut privileges = scope.object(&mut row)?;
        let on = row.optional_id()?.zip(row.optional_id()?).and_then(|address| ids.get(&address));
        privileges.depends_on.extend(on.cloned().map(Dependency::on));
        schema.add_object(privileges);
        Ok(())
    };
    catalog.objects(object_query!("privileges"), add).await
}

/// Adds to a schema who owns what is in it.
pub(in super::super) async fn read_owners(
    catalog: &mut Catalog<'_>,
    ids: &Ids,
    schema: &mut Schema,
) -> Result<(), Error> {
    let add = |mut row: Fields<'_>| {
        let address = row.address()?;
        let role: &str = row.take()?;
        if let Some(id) = ids.get(&address) {
            schema.add_object(owner(id, role));
        }
        Ok(())
    };
    catalog.objects(include_str!("../queries/owners.sql"), add).await
}

/// That a role owns an object.
fn owner(id: &ObjectId, role: &str) -> SqlObject {
    let (word, name) = match id.kind {
        // It takes every kind of relation: https://www.postgresql.org/docs/current/sql-altertable.html
        ObjectKind::Table | ObjectKind::View => ("TABLE".to_owned(), quote_name(&id.name)),
        ObjectKind::Enum => ("TYPE".to_owned(), quote_name(&id.name)),
        _ => target(id),
    };
    let of = match &id.signature {
        Some(signature) => format!("{} {signature}", id.kind),
        None => id.kind.to_string(),
    };
    let owner = ObjectId { signature: Some(of.into()), ..ObjectId::new(ObjectKind::Owner, id.name.clone()) };
    let mut owner = SqlObject::new(owner, format!("ALTER {word} {name} OWNER TO {role}"));
    owner.depends_on.push(Dependency::on(id.clone()));
    owner
}

/// The schemas and extensions of a database, in order of their names.
pub(in super::super) async fn furniture(connection: &mut PgConnection) -> Result<Vec<SqlObject>, Error> {
    let mut catalog = Catalog::of_kinds(connection, &["schemas", "extensions"]).await?;
    let scope = Scope::of(&catalog);
    let mut found = Vec::new();
    let add = |mut row: Fields<'_>| {
        row.address()?;
        let mut object = scope.object(&mut row)?;
        object.comment = row.optional()?;
        found.push(object);
        Ok(())
    };
    catalog.objects(OF_DATABASE, add).await?;
    found.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(found)
}

/// The schemas that objects are printed with.
struct Scope {
    default_schema: String,
    /// Whether it is a session's own temporary schema that is read, as a shadow may be: in what is printed that has another
    /// name.
    is_temporary: bool,
}

impl Scope {
    fn of(catalog: &Catalog<'_>) -> Self {
        Self {
            default_schema: catalog.default_schema.clone(),
            is_temporary: catalog.only_schema.as_deref().is_some_and(|schema| schema.starts_with("pg_temp_")),
        }
    }

    /// A row, after the address of the object and without its comment.
    fn object(&self, row: &mut Fields<'_>) -> Result<SqlObject, Error> {
        let kind: &str = row.take()?;
        let Some(kind) = KINDS.iter().copied().find(|known| known.name() == kind) else {
            return Err(Error::Unreadable { object: kind.to_owned(), reason: "it is of no known kind".to_owned() });
        };
        let id = ObjectId { kind, name: row.name()?, table: row.optional()?, signature: row.optional()? };
        let Some(definition) = row.take::<Option<&str>>()? else {
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
                let schema = if self.is_temporary { "pg_temp" } else { &self.default_schema };
                unqualified_behind(definition, keyword, schema)
            }
            None => definition.to_owned(),
        };
        let mut options: Vec<Str> = row.texts()?.into_iter().map(Cow::Owned).collect();
        options.sort();
        Ok(SqlObject { options: options.into(), ..SqlObject::new(id, definition) })
    }
}

/// Leaves out what is neither in a selected schema, nor of a selected table, nor needed by any of these.
pub(in super::super) fn keep_selected(schema: &mut Schema, default_schema: &str, selection: &Selection) {
    if selection.schemas.is_none() && selection.tables.is_none() {
        return;
    }
    let is_selected = |object: &SqlObject| match (&selection.tables, &selection.schemas) {
        // The query yields only those of the selected tables.
        (Some(_), _) => object.id.table.is_some() || object.id.kind == ObjectKind::Statistics,
        (None, Some(schemas)) => match object.id.kind {
            ObjectKind::Namespace => schemas.contains(&*object.id.name.name),
            ObjectKind::Extension | ObjectKind::Cast | ObjectKind::Privileges | ObjectKind::Owner => false,
            _ => schemas.contains(object.id.name.schema.as_deref().unwrap_or(default_schema)),
        },
        (None, None) => true,
    };
    let selected = schema.objects.values().filter(|object| is_selected(object)).map(|object| object.id.clone());
    let tables = schema.tables.keys().cloned().map(ObjectId::table);
    let views = schema.views.keys().cloned().map(ObjectId::view);
    let enums = schema.enums.keys().cloned().map(ObjectId::enum_type);
    let roots: BTreeSet<ObjectId> = selected.chain(tables).chain(views).chain(enums).collect();
    let needed = Graph::of(schema).with_needs(roots);
    // Privileges and owners go with what they are of.
    let is_needed = |object: &SqlObject| match object.depends_on.as_slice() {
        [Dependency { on, .. }] if matches!(object.id.kind, ObjectKind::Privileges | ObjectKind::Owner) => {
            needed.contains(on)
        }
        _ => needed.contains(&object.id),
    };
    schema.objects.retain(|_, object| is_needed(object));
}
