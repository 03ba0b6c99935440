//! Whether models are what a database is.

use std::collections::BTreeSet;

use cqrs_core::schema::{ObjectName, Schema};

use crate::change::Change;
use crate::connection::DatabaseUrl;
use crate::dialect::NotManaged;
use crate::diff::Renames;
use crate::error::Error;
use crate::managed::{adopt, managed_part, objects_besides};
use crate::prepare::{Request, prepare};
use crate::spelling::Spellings;

/// What a comparison of a database with models comes to.
#[derive(Debug)]
pub(crate) struct Compared {
    /// What would turn the database into what the models say.
    pub(crate) changes: Vec<Change>,
    /// The part of the database that the models speak of.
    pub(crate) part: Schema,
    /// Tables and views that no model declares.
    pub(crate) unmanaged: Vec<ObjectName>,
    /// Everything else that no model says.
    pub(crate) not_managed: Vec<NotManaged>,
}

/// Compares a live database with declared models, which shall take it over.
pub(crate) async fn compare(url: &DatabaseUrl, live: &Schema, declared: &Schema) -> Result<Compared, Error> {
    let mut after = url.dialect().lower(declared)?;
    let names = declared.tables.keys().cloned().collect();
    let (part, unmanaged) = managed_part(live, &names, &BTreeSet::new(), &after);
    let mut not_managed = adopt(url.dialect(), &mut after, &part, &BTreeSet::new());
    not_managed.extend(objects_besides(live, &part));
    let request = Request {
        dialect: url.dialect(),
        before: &part,
        before_is_live: true,
        after: &after,
        spellings: &Spellings::default(),
        renames: Renames::default(),
        shadow: Some(url),
        verify: false,
    };
    let changes = prepare(request).await?.changes;
    Ok(Compared { changes, part, unmanaged, not_managed })
}
