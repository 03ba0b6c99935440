//! What everything needs, out of `pg_depend`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cqrs_core::schema::{Dependency, ObjectId, ObjectKind, Schema, Str};

use super::catalog::Catalog;
use super::rows::{Address, Fields, PG_CLASS, PG_CONSTRAINT, PG_EXTENSION};
use super::tables::Tables;
use super::views::Views;
use crate::error::Error;

/// The objects of the schema by their addresses.
pub(super) type Ids = HashMap<Address, ObjectId>;

/// What is a part of a table (an index, a default, a constraint), of a view (its query) or of another object speaks for
/// the whole.
#[derive(Default)]
pub(super) struct Wholes(HashMap<Address, Address>);

impl Wholes {
    pub(super) fn add(&mut self, part: Address, whole: Address) {
        self.0.insert(part, whole);
    }

    fn of(&self, part: Address) -> Address {
        self.0.get(&part).copied().unwrap_or(part)
    }

    /// Those that are not parts of tables or views.
    async fn read(&mut self, catalog: &mut Catalog<'_>) -> Result<(), Error> {
        let add = |mut row: Fields<'_>| {
            self.0.insert(row.address()?, row.address()?);
            Ok(())
        };
        catalog.objects(include_str!("queries/wholes.sql"), add).await
    }
}

/// One object that needs another one, and the column of the other one.
pub(super) struct Need {
    user: Address,
    on: Address,
    column: Option<Str>,
}

/// Which object needs which, by their addresses. A member of an extension is the extension.
pub(super) async fn read(
    catalog: &mut Catalog<'_>,
    tables: &Tables,
    views: &Views,
    mut wholes: Wholes,
    members: &HashMap<Address, u32>,
) -> Result<Vec<Need>, Error> {
    wholes.read(catalog).await?;
    let mut needs = Vec::new();
    let default_schema = catalog.default_schema.clone();
    let add = |mut row: Fields<'_>| {
        let (part, on_part): (Address, Address) = (row.address()?, row.address()?);
        let (number, name): (i32, Option<&str>) = (row.take()?, row.take()?);
        let (user, whole) = (wholes.of(part), wholes.of(on_part));
        // A constraint that is a part of nothing is a foreign key.
        if (part.0 == PG_CONSTRAINT && user == part) || members.contains_key(&user) {
            return Ok(());
        }
        let on = members.get(&whole).map_or(whole, |extension| (PG_EXTENSION, *extension));
        if user == on {
            return Ok(());
        }
        let column = match name {
            Some(name) => Some(name.to_owned().into()),
            None => i16::try_from(number).ok().and_then(|number| column(tables, views, on, number)),
        };
        needs.push(Need { user, on, column });
        Ok(())
    };
    catalog.bound(include_str!("queries/needs.sql"), |query| query.bind(default_schema), add).await?;
    Ok(needs)
}

fn column(tables: &Tables, views: &Views, relation: Address, number: i16) -> Option<Str> {
    if relation.0 != PG_CLASS {
        return None;
    }
    match tables.find(relation.1) {
        Some(table) => table.column(number).map(|(column, _)| column.name.clone()),
        None => views.find(relation.1)?.column(number).map(|(name, _)| name.clone()),
    }
}

/// Tells everything in the schema what it needs of the schema.
pub(super) fn tell(schema: &mut Schema, needs: Vec<Need>, ids: &Ids) {
    let mut columns: BTreeMap<&ObjectId, BTreeMap<&ObjectId, BTreeSet<Str>>> = BTreeMap::new();
    for need in needs {
        if let (Some(user), Some(on)) = (ids.get(&need.user), ids.get(&need.on)) {
            columns.entry(user).or_default().entry(on).or_default().extend(need.column);
        }
    }
    for (user, needs) in columns {
        let need = |(on, columns): (&ObjectId, BTreeSet<Str>)| Dependency {
            on: on.clone(),
            columns: columns.into_iter().collect(),
        };
        let mut needs: Vec<Dependency> = needs.into_iter().map(need).collect();
        needs.sort();
        set(schema, user, needs);
    }
}

fn set(schema: &mut Schema, user: &ObjectId, needs: Vec<Dependency>) {
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
