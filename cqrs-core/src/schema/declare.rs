use std::collections::HashSet;

use super::{ColumnType, DefaultValue, EnumType, IndexKey, Literal, ObjectName, Schema, SqlObject, Str, Table, View};

/// The longest name that all three databases take as it stands, in bytes (PostgreSQL's `NAMEDATALEN` less one).
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>
const LONGEST_NAME: usize = 63;

/// Why declared tables do not make a schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DeclareError {
    /// Two models declare one table.
    #[error("table `{table}` is declared twice: by `{first}` and by `{second}`")]
    DuplicateTable {
        /// The table.
        table: String,
        /// The model seen first.
        first: String,
        /// The model seen second.
        second: String,
    },
    /// A foreign key refers to a table that no model declares.
    #[error("foreign key `{table}.{column}` refers to table `{target}`, which no model declares")]
    UnknownForeignTable {
        /// The table that refers.
        table: String,
        /// The column that refers.
        column: String,
        /// The table referred to.
        target: String,
    },
    /// A foreign key refers to a column that its table does not have.
    #[error(
        "foreign key `{table}.{column}` refers to `{target}.{target_column}`, a column that `{target}` does not have"
    )]
    UnknownForeignColumn {
        /// The table that refers.
        table: String,
        /// The column that refers.
        column: String,
        /// The table referred to.
        target: String,
        /// The column referred to.
        target_column: String,
    },
    /// A key, index or foreign key names a column that its table does not have.
    #[error("{what} of table `{table}` names column `{column}`, which the table does not have")]
    UnknownColumn {
        /// The table.
        table: String,
        /// What names the column: `primary key`, `index`, ….
        what: &'static str,
        /// The column.
        column: String,
    },
    /// Two models use one enum type with different labels.
    #[error("enum type `{name}` is declared twice with different labels: {first:?} and {second:?}")]
    EnumConflict {
        /// The type.
        name: String,
        /// The labels seen first.
        first: Vec<Str>,
        /// The labels seen second.
        second: Vec<Str>,
    },
    /// A default is not one of its enum's labels.
    #[error("the default of `{table}.{column}` is `{value}`, which is not a label of enum `{enum_name}`")]
    UnknownLabel {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The default.
        value: String,
        /// The enum.
        enum_name: String,
    },
    /// A view has the name of a table, or of another view.
    #[error("view `{view}` has the name of another view or of a table: give it another name")]
    DuplicateView {
        /// The view.
        view: String,
    },
    /// An SQL object is declared twice.
    #[error("{kind} `{object}` is declared twice: remove one `sql_object!`, or give them different names")]
    DuplicateObject {
        /// What it is.
        kind: &'static str,
        /// The object.
        object: String,
    },
    /// An SQL object belongs to a table that nothing declares.
    #[error("{kind} `{object}` is of `{table}`, which is neither the table of a model nor a view of a read model")]
    UnknownTable {
        /// What it is.
        kind: &'static str,
        /// The object.
        object: String,
        /// The table.
        table: String,
    },
}

/// What models, read models and SQL objects declare, before it is a [`Schema`].
#[derive(Debug, Clone, Default)]
pub struct Declared {
    /// The tables of models.
    pub tables: Vec<Table>,
    /// The views of read models.
    pub views: Vec<View>,
    /// Objects that are their SQL.
    pub objects: Vec<SqlObject>,
}

impl Declared {
    /// In the same order however they were found: by the linker, or file by file.
    pub(crate) fn sorted(mut self) -> Self {
        let class = |table: &Table| table.model.as_ref().map(|model| model.class_name.clone());
        self.tables.sort_by_key(|table| (table.object_name(), class(table)));
        self.views.sort_by_key(|view| view.name.clone());
        self.objects.sort_by_key(|object| object.id.clone());
        self
    }
}

impl Schema {
    /// Makes a schema from declared tables: gives every constraint and index that has none a name, collects the enum
    /// types, and checks that everything that is referred to exists.
    ///
    /// Names follow PostgreSQL's own convention (`customers_email_key`, `_idx`, `_fkey`, `_check`, `_pkey`) on every
    /// database; one that would be longer than 63 bytes is cut and ends in a hash of the whole.
    ///
    /// # Errors
    /// [`DeclareError`], for the first declaration that does not fit with the others.
    pub fn declare(tables: impl IntoIterator<Item = Table>) -> Result<Self, DeclareError> {
        Self::declare_all(Declared { tables: tables.into_iter().collect(), ..Declared::default() })
    }

    /// As [`Schema::declare`], with views and SQL objects.
    ///
    /// # Errors
    /// [`DeclareError`], for the first declaration that does not fit with the others.
    pub fn declare_all(declared: Declared) -> Result<Self, DeclareError> {
        let mut schema = Self::new();
        for mut table in declared.tables {
            name_parts(&mut table);
            check_columns(&table)?;
            collect_enums(&mut schema, &table)?;
            if let Some(first) = schema.tables.get(&table.object_name()) {
                return Err(DeclareError::DuplicateTable {
                    table: table.object_name().to_string(),
                    first: declared_by(first),
                    second: declared_by(&table),
                });
            }
            schema.add_table(table);
        }
        check_references(&schema)?;
        for mut view in declared.views {
            name_indexes(&mut view)?;
            if schema.tables.contains_key(&view.name) || schema.views.contains_key(&view.name) {
                return Err(DeclareError::DuplicateView { view: view.name.to_string() });
            }
            schema.add_view(view);
        }
        for object in declared.objects {
            add_object(&mut schema, object)?;
        }
        Ok(schema)
    }
}

/// The indexes of a materialized view are named and checked as those of a table.
fn name_indexes(view: &mut View) -> Result<(), DeclareError> {
    let mut table = Table::new(view.name.name.clone());
    (table.schema, table.columns) = (view.name.schema.clone(), view.fields.clone());
    table.indexes = std::mem::take(&mut view.indexes).into();
    name_parts(&mut table);
    check_columns(&table)?;
    view.indexes = table.indexes.into_vec();
    Ok(())
}

fn add_object(schema: &mut Schema, object: SqlObject) -> Result<(), DeclareError> {
    let (kind, name) = (object.id.kind.name(), object.id.to_string());
    if schema.objects.contains_key(&object.id) {
        return Err(DeclareError::DuplicateObject { kind, object: name });
    }
    if let Some(table) = object.id.table_name()
        && !schema.tables.contains_key(&table)
        && !schema.views.contains_key(&table)
    {
        return Err(DeclareError::UnknownTable { kind, object: object.id.name.to_string(), table: table.to_string() });
    }
    schema.add_object(object);
    Ok(())
}

fn declared_by(table: &Table) -> String {
    table.model.as_ref().map_or(&table.name, |model| &model.class_name).to_string()
}

/// Gives every constraint and index that has none its name.
pub(crate) fn name_parts(table: &mut Table) {
    let name = table.name.clone();
    let mut taken: HashSet<String> = (table.uniques.iter().map(|unique| &unique.name))
        .chain(table.indexes.iter().map(|index| &index.name))
        .chain(table.foreign_keys.iter().map(|key| &key.name))
        .chain(table.checks.iter().map(|check| &check.name))
        .flatten()
        .map(ToString::to_string)
        .collect();
    let mut give = |slot: &mut Option<Str>, columns: String, suffix: &str| {
        if slot.is_none() {
            let middle = if columns.is_empty() { String::new() } else { format!("_{columns}") };
            let candidates = std::iter::once(String::new()).chain((1..).map(|number: u32| number.to_string()));
            *slot = candidates
                .map(|number| shorten(format!("{name}{middle}_{suffix}{number}")))
                .find(|candidate| taken.insert(candidate.clone()))
                .map(Str::Owned);
        }
    };
    if let Some(key) = &mut table.primary_key {
        give(&mut key.name, String::new(), "pkey");
    }
    for unique in table.uniques.to_mut() {
        give(&mut unique.name, unique.columns.join("_"), "key");
    }
    for index in table.indexes.to_mut() {
        let parts: Vec<&str> = index
            .parts
            .iter()
            .map(|part| match &part.key {
                IndexKey::Column(column) => column.as_ref(),
                IndexKey::Expression(_) => "expr",
            })
            .collect();
        give(&mut index.name, parts.join("_"), "idx");
    }
    for key in table.foreign_keys.to_mut() {
        give(&mut key.name, key.columns.join("_"), "fkey");
    }
    for check in table.checks.to_mut() {
        give(&mut check.name, String::new(), "check");
    }
}

/// Cuts a name to what every database takes; what is cut off still counts, by its hash.
fn shorten(name: String) -> String {
    if name.len() <= LONGEST_NAME {
        return name;
    }
    // FNV-1a: stable across builds and machines, which `DefaultHasher` does not promise.
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let tail = format!("_{:08x}", hash >> 32);
    let mut end = LONGEST_NAME - tail.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{tail}", &name[..end])
}

fn check_columns(table: &Table) -> Result<(), DeclareError> {
    let known = |what, column: &Str| match table.column(column) {
        Some(_) => Ok(()),
        None => Err(DeclareError::UnknownColumn {
            table: table.object_name().to_string(),
            what,
            column: column.to_string(),
        }),
    };
    for column in table.primary_key.iter().flat_map(|key| key.columns.iter()) {
        known("primary key", column)?;
    }
    for column in table.uniques.iter().flat_map(|unique| unique.columns.iter()) {
        known("unique constraint", column)?;
    }
    for index in table.indexes.iter() {
        for part in index.parts.iter() {
            if let IndexKey::Column(column) = &part.key {
                known("index", column)?;
            }
        }
        for column in index.include.iter() {
            known("index", column)?;
        }
    }
    for column in table.foreign_keys.iter().flat_map(|key| key.columns.iter()) {
        known("foreign key", column)?;
    }
    Ok(())
}

fn collect_enums(schema: &mut Schema, table: &Table) -> Result<(), DeclareError> {
    for column in table.columns.iter() {
        let ColumnType::Enum { name, values, renamed_from, former_labels } = column.column_type.value_type().read_as()
        else {
            continue;
        };
        if let Some(DefaultValue::Value(Literal::Text(value))) = &column.default
            && !values.contains(value)
        {
            return Err(DeclareError::UnknownLabel {
                table: table.object_name().to_string(),
                column: column.name.to_string(),
                value: value.to_string(),
                enum_name: name.to_string(),
            });
        }
        let declared = EnumType {
            name: ObjectName { schema: table.schema.clone(), name: name.clone() },
            values: values.to_vec(),
            comment: None,
            renamed_from: renamed_from.clone(),
            former_labels: former_labels.clone(),
        };
        match schema.enums.get(&declared.name) {
            Some(first) if first.values != declared.values => {
                return Err(DeclareError::EnumConflict {
                    name: name.to_string(),
                    first: first.values.clone(),
                    second: declared.values,
                });
            }
            _ => schema.add_enum(declared),
        }
    }
    Ok(())
}

fn check_references(schema: &Schema) -> Result<(), DeclareError> {
    for table in schema.tables.values() {
        for key in table.foreign_keys.iter() {
            let column = key.columns.first().map(ToString::to_string).unwrap_or_default();
            let Some(target) = schema.tables.get(&key.references) else {
                return Err(DeclareError::UnknownForeignTable {
                    table: table.object_name().to_string(),
                    column,
                    target: key.references.to_string(),
                });
            };
            if let Some(missing) = key.referenced_columns.iter().find(|name| target.column(name).is_none()) {
                return Err(DeclareError::UnknownForeignColumn {
                    table: table.object_name().to_string(),
                    column,
                    target: key.references.to_string(),
                    target_column: missing.to_string(),
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Column, ForeignKey, Unique};

    fn table(name: &'static str, columns: &[&'static str]) -> Table {
        let mut table = Table::new(name);
        table.columns = columns.iter().map(|column| Column::new(*column, ColumnType::Integer)).collect();
        table
    }

    #[test]
    fn unnamed_parts_get_names_that_do_not_clash() {
        let mut t = table("t", &["a", "b"]);
        let unique = |name: Option<&'static str>| Unique {
            name: name.map(Into::into),
            columns: ["a".into()][..].to_owned().into(),
            ..Unique::default()
        };
        t.uniques = vec![unique(Some("t_a_key")), unique(None)].into();
        let schema = Schema::declare([t]).unwrap();
        let names: Vec<_> =
            schema.tables.values().next().unwrap().uniques.iter().map(|u| u.name.clone().unwrap()).collect();
        assert_eq!(names, ["t_a_key", "t_a_key1"]);
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let first = shorten("x".repeat(80) + "a");
        let second = shorten("x".repeat(80) + "b");
        assert_eq!((first.len(), second.len()), (63, 63));
        assert_ne!(first, second);
        assert_eq!(shorten("é".repeat(40)).len(), 63, "54 bytes hold 27 whole letters, and the hash is 9");
    }

    #[test]
    fn a_foreign_key_to_nowhere_is_an_error() {
        let mut t = table("t", &["other_id"]);
        t.foreign_keys = vec![ForeignKey {
            name: None,
            columns: vec!["other_id".into()].into(),
            references: ObjectName::new("other"),
            referenced_columns: vec!["id".into()].into(),
            ..ForeignKey::default()
        }]
        .into();
        let error = Schema::declare([t]).unwrap_err();
        assert_eq!(error.to_string(), "foreign key `t.other_id` refers to table `other`, which no model declares");
    }
}
