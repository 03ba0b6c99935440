//! Tables and views -> models with names, types and defaults. What refers to other models comes later.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_core::schema::{Column, DefaultValue, EnumType, ObjectId, ObjectName, SqlObject, Str, Table, View};

use super::labels::{Labels, Newtype, domain};
use super::names::{Taken, file, snake};
use super::objects;
use super::types::{self, RustType, TypeAttribute};
use super::values;
use super::{Import, Left};
use crate::dialect::Dialect;
use crate::graph::is_spelled;

/// The longest name that a model declares, in bytes.
const LONGEST_NAME: usize = 63;

/// Everything that is written.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) models: Vec<Draft>,
    /// The types that models share, by the modules of their domains.
    pub(super) shared: BTreeMap<String, Shared>,
    /// The domains by their modules.
    pub(super) domains: BTreeMap<String, String>,
    /// SQL objects by the modules of their domains, in an order in which they can be made.
    pub(super) objects: BTreeMap<String, Vec<SqlObject>>,
}

/// The types of one domain that several tables may have.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) module: String,
    pub(super) enums: Vec<Labels>,
    pub(super) newtypes: Vec<Newtype>,
}

/// One model, or the read model of a view.
#[derive(Debug)]
pub(super) struct Draft {
    /// The table. Of a view, the columns that are read, the indexes and the comment.
    pub(super) table: Table,
    pub(super) view: Option<View>,
    pub(super) class: String,
    pub(super) domain: String,
    /// The modules of the domain and of the table.
    pub(super) path: [String; 2],
    pub(super) fields: Vec<Field>,
    /// Enums that are this table's own.
    pub(super) enums: Vec<Labels>,
    /// The foreign keys that no field says.
    pub(super) foreign_keys: Vec<Reference>,
}

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) column: Column,
    pub(super) name: String,
    pub(super) rust: RustType,
    pub(super) attribute: TypeAttribute,
    pub(super) default: Option<DefaultValue>,
    pub(super) belongs_to: Option<Reference>,
}

/// A foreign key to another model.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// Which one of the table's.
    pub(super) at: usize,
    /// The model as it is written, and what has to be imported for it.
    pub(super) class: String,
    pub(super) import: Option<String>,
    /// Fields, each with the one referred to.
    pub(super) fields: Vec<(String, String)>,
}

impl Draft {
    pub(super) fn id(&self) -> ObjectId {
        let name = self.table.object_name();
        if self.view.is_some() { ObjectId::view(name) } else { ObjectId::table(name) }
    }

    pub(super) fn field(&self, column: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.column.name == column)
    }
}

/// What gives names that no two models share.
#[derive(Debug, Default)]
struct Naming {
    classes: Taken,
    modules: BTreeMap<String, Taken>,
    /// Named types that have a Rust type already.
    types: BTreeMap<String, RustType>,
}

pub(super) fn drafts(import: &Import, left: &mut Vec<Left>) -> Drafts {
    let mut drafts = Drafts::default();
    let mut naming = Naming::default();
    let mut tables = Vec::new();
    for table in import.schema.tables.values() {
        let id = ObjectId::table(table.object_name());
        match import.refused.get(&id).cloned().or_else(|| reason_against(table)) {
            _ if !import.asked.contains(&id) => {}
            Some(why) => left.push(Left::whole(&id, why)),
            None => tables.push(table.clone()),
        }
    }
    let beside = objects::beside(import, &tables, left);
    let tables = tables.into_iter().map(|table| (table, None));
    let views = beside.views.into_iter().map(|(table, view)| (table, Some(view)));
    let named: Vec<(String, Table, Option<View>)> =
        tables.chain(views).map(|(table, view)| (naming.classes.class(&table.name), table, view)).collect();
    for (class, table, view) in named {
        let draft = draft(import, class, table, view, &mut naming, &mut drafts);
        drafts.models.push(draft);
    }
    for object in beside.objects {
        let domain = import.domain_of(objects::namespace(import.schema, &object.id));
        let folder = folder(&domain);
        drafts.domains.insert(folder.clone(), domain);
        drafts.objects.entry(folder).or_default().push(object);
    }
    drafts
}

fn draft(
    import: &Import,
    class: String,
    table: Table,
    view: Option<View>,
    naming: &mut Naming,
    drafts: &mut Drafts,
) -> Draft {
    let domain = import.domain_of(table.schema.as_deref());
    let folder = folder(&domain);
    let module = naming.modules.entry(folder.clone()).or_default().module(&table.name);
    drafts.domains.insert(folder.clone(), domain.clone());
    let (names, columns) = (field_names(&table), table.columns.clone());
    let mut draft = Draft {
        table,
        view,
        class,
        domain,
        path: [folder, module],
        fields: Vec::new(),
        enums: Vec::new(),
        foreign_keys: Vec::new(),
    };
    for column in columns.iter() {
        let (rust, attribute) = field_type(import, &mut draft, column, naming, drafts);
        let default = values::default(import.dialect, &draft.table, column, &types::declared(&rust, &attribute));
        draft.fields.push(Field {
            column: column.clone(),
            name: names.get(&column.name).cloned().unwrap_or_default(),
            rust,
            attribute,
            default,
            belongs_to: None,
        });
    }
    draft
}

impl Import<'_> {
    fn domain_of(&self, schema: Option<&str>) -> String {
        self.domain.or(schema).unwrap_or(self.default_domain).to_owned()
    }
}

/// The fields of the columns. A column that has the name of a field already keeps it, whatever the others are called.
fn field_names(table: &Table) -> BTreeMap<Str, String> {
    let mut taken = Taken::default();
    let is_field = |column: &&Column| snake(&column.name, "column") == column.name;
    let (fields, others): (Vec<&Column>, Vec<&Column>) = table.columns.iter().partition(is_field);
    fields.into_iter().chain(others).map(|column| (column.name.clone(), taken.field(&column.name))).collect()
}

/// The module of a domain, which is not a file that a crate begins with.
fn folder(domain: &str) -> String {
    let name = file(domain, "domain");
    match name.as_str() {
        "lib" | "main" | "mod" | "bin" | "self" | "super" | "crate" => format!("{name}_domain"),
        _ => name,
    }
}

/// Why a table cannot be a model, and what to do. It may also be the columns of a view.
pub(super) fn reason_against(table: &Table) -> Option<String> {
    if table.partition_bound.is_some() {
        return Some("it is a partition of a table that is a model, and stays as it is".to_owned());
    }
    if let Some(parent) = table.inherits.first() {
        return Some(format!("it inherits from `{parent}`, which no model says: it stays as it is"));
    }
    if table.columns.is_empty() {
        return Some("it has no columns, and a model has one at least: add one to the table".to_owned());
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    if let Some(column) = table.columns.iter().find(|column| !seen.insert(column.name.to_lowercase())) {
        return Some(format!(
            "two of its columns are called `{}` but for the case of letters: rename one in the database",
            column.name
        ));
    }
    let names = (table.columns.iter().map(|column| Some(&column.name)))
        .chain([Some(&table.name), table.schema.as_ref()])
        .chain(table.uniques.iter().map(|unique| unique.name.as_ref()))
        .chain(table.indexes.iter().map(|index| index.name.as_ref()))
        .chain(table.foreign_keys.iter().map(|key| key.name.as_ref()))
        .chain(table.checks.iter().map(|check| check.name.as_ref()));
    let too_long = names.flatten().find(|name| name.len() > LONGEST_NAME)?;
    Some(format!(
        "the name `{too_long}` has {} bytes, and a model's {LONGEST_NAME} at most: rename it in the database",
        too_long.len()
    ))
}

/// An enum, a newtype, or else what the words of the type say.
fn field_type(
    import: &Import,
    draft: &mut Draft,
    column: &Column,
    naming: &mut Naming,
    drafts: &mut Drafts,
) -> (RustType, TypeAttribute) {
    let native = column.column_type.native_text();
    if import.dialect == Dialect::MySql
        && let Some((labels, rust)) =
            Labels::of_column(import.dialect, &draft.table, column, &draft.class, &mut naming.classes)
    {
        draft.enums.push(labels);
        return (rust, TypeAttribute::OfField);
    }
    if let Some(rust) = shared_type(import, draft, native, naming, drafts) {
        return (rust, TypeAttribute::OfField);
    }
    types::field_type(import.dialect, &draft.table, column)
}

/// The enum type in the schema of a table that is the type of a column.
pub(super) fn enum_of<'a>(import: &'a Import, table: &Table, native: &str) -> Option<&'a EnumType> {
    let named = import.schema.enums.values().find(|named| is_spelled(&named.name, native));
    named.filter(|named| named.name.schema == table.schema)
}

/// A type of PostgreSQL that has a name of its own: an enum type in the schema of the table, or a domain.
fn shared_type(
    import: &Import,
    draft: &Draft,
    native: &str,
    naming: &mut Naming,
    drafts: &mut Drafts,
) -> Option<RustType> {
    let labels = enum_of(import, &draft.table, native);
    let newtype = domain(import.schema, native);
    let of: &ObjectName = labels.map(|labels| &labels.name).or(newtype.map(|newtype| &newtype.id.name))?;
    let owner = import.domain_of(of.schema.as_deref());
    let folder = folder(&owner);
    if !naming.types.contains_key(native) {
        drafts.domains.entry(folder.clone()).or_insert(owner);
        let shared = drafts.shared.entry(folder.clone()).or_default();
        if shared.module.is_empty() {
            shared.module = naming.modules.entry(folder.clone()).or_default().module("sql_types");
        }
        let rust = match (labels, newtype) {
            (Some(labels), _) => {
                let (labels, rust) = Labels::of_type(labels, &mut naming.classes);
                shared.enums.push(labels);
                rust
            }
            (None, Some(newtype)) => {
                let (newtype, rust) = Newtype::of_domain(newtype, native, &draft.table, &mut naming.classes);
                shared.newtypes.push(newtype);
                rust
            }
            (None, None) => return None,
        };
        naming.types.insert(native.to_owned(), rust);
    }
    let mut rust = naming.types.get(native)?.clone();
    let module = &drafts.shared.get(&folder)?.module;
    let place =
        if folder == draft.path[0] { "super".to_owned() } else { format!("crate::{}", super::names::spelled(&folder)) };
    rust.imports.push(format!("{place}::{module}::{}", rust.name));
    Some(rust)
}
