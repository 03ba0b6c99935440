//! Whether models are what a database is.

use cqrs_core::schema::{ObjectId, ObjectName, Schema};

use crate::change::Change;
use crate::connection::DatabaseUrl;
use crate::dialect::NotManaged;
use crate::diff::Renames;
use crate::error::Error;
use crate::managed::{adopt, declared_beside, objects_besides, take_managed_part};
use crate::prepare::{Request, normalize, prepare};
use crate::spelling::Spellings;

/// Whether everything declared can be made by itself, as on another database.
pub(crate) async fn stand_alone(url: &DatabaseUrl, declared: &Schema) -> Result<(), Error> {
    let declared = url.dialect().lower(declared)?;
    let tables = declared.tables.keys().cloned().map(ObjectId::table);
    normalize(url, &declared, &tables.chain(declared_beside(&declared)).collect()).await.map(drop)
}

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
    let beside = declared_beside(&after);
    let (part, unmanaged) = take_managed_part(&mut live.clone(), &names, &beside, &after);
    let mut not_managed = adopt(url.dialect(), &mut after, &part, &beside);
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
