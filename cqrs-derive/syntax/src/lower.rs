use syn::ext::IdentExt;
use syn::{Ident, LitInt, LitStr, Path, Type};

use crate::column::{Access, ColumnAttributes, Deferrable, ForeignKey, Literal, ReferentialAction};
use crate::container::ForeignKeySpec;
use crate::field::Field;
use crate::index::{IndexKey, IndexPart, IndexSpec};
use crate::model::ObjectModel;
use crate::native::SqlTexts;

/// A table as declared, shaped like the schema's own `Table`. Rust types and foreign models are still to be looked up.
pub struct TableDef {
    /// The database schema.
    pub schema: Option<String>,
    /// The table's name.
    pub name: String,
    /// The columns, in order.
    pub columns: Vec<ColumnDef>,
    /// The columns of the primary key. None where the table has no key.
    pub primary_key: Vec<String>,
    /// The name given to it.
    pub primary_key_name: Option<String>,
    /// The unique constraints.
    pub uniques: Vec<UniqueDef>,
    /// The indexes.
    pub indexes: Vec<IndexDef>,
    /// The foreign keys.
    pub foreign_keys: Vec<ForeignKeyDef>,
    /// The check constraints.
    pub checks: Vec<CheckDef>,
    /// The comment.
    pub comment: Option<String>,
    /// The name that the table had before.
    pub renamed_from: Option<String>,
    /// What the model says of itself.
    pub model: ModelDef,
}

/// A column.
pub struct ColumnDef {
    /// The column's name.
    pub name: String,
    /// The field.
    pub field: Ident,
    /// The field's Rust type: it says whether the column may be null, and its type where `column_type` does not.
    pub rust_type: Type,
    /// The column's type as far as the attributes say it.
    pub column_type: TypeDef,
    /// The default.
    pub default: Option<DefaultDef>,
    /// The expression that it is computed from, and whether it is stored.
    pub generated: Option<(String, bool)>,
    /// Whether the database numbers the rows.
    pub auto_increment: bool,
    /// Whether it is part of the primary key.
    pub in_primary_key: bool,
    /// The collation.
    pub collation: Option<String>,
    /// The comment.
    pub comment: Option<String>,
    /// The name that it had before.
    pub renamed_from: Option<String>,
    /// The SQL expression that fills it in the rows that are there.
    pub backfill: Option<String>,
    /// The default on the databases that have one of their own: PostgreSQL, MySQL, SQLite.
    pub default_on: [Option<String>; 3],
    /// The same of what fills it in the rows that are there.
    pub backfill_on: [Option<String>; 3],
    /// Which side sees it.
    pub access: Access,
}

/// The type of a column as far as its attributes say it.
pub enum TypeDef {
    /// The type of the field.
    OfField,
    /// `text`: text without a bound.
    Text,
    /// `length = n`.
    String(u32),
    /// `precision = p, scale = s`.
    Numeric(u32, Option<u32>),
    /// `column_type = "…"`.
    Native(String),
    /// `column_type(postgres = "…", mysql = "…", sqlite = "…")`, and of the field elsewhere.
    PerDatabase([Option<String>; 3]),
}

/// A default.
#[derive(Clone)]
pub enum DefaultDef {
    /// `true`, `false`.
    Boolean(bool),
    /// A number as written.
    Number(String),
    /// Text.
    Text(String),
    /// An SQL expression.
    Expression(String),
}

/// A unique constraint.
pub struct UniqueDef {
    /// The name given to it.
    pub name: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
}

/// An index.
pub struct IndexDef {
    /// The name given to it.
    pub name: Option<String>,
    /// What is indexed.
    pub parts: Vec<IndexPartDef>,
    /// Whether two rows may not have the same key.
    pub unique: bool,
    /// The access method.
    pub method: Option<String>,
    /// The SQL condition of the rows that are in it.
    pub predicate: Option<String>,
    /// The columns that are stored in it and no part of its key.
    pub include: Vec<String>,
    /// Whether two nulls count as the same key.
    pub nulls_not_distinct: bool,
}

/// One part of an index's key.
pub struct IndexPartDef {
    /// The column or the SQL expression.
    pub key: IndexKeyDef,
    /// Whether it is descending.
    pub descending: bool,
    /// Whether nulls come first, where it is said.
    pub nulls_first: Option<bool>,
    /// The operator class.
    pub operator_class: Option<String>,
    /// The collation.
    pub collation: Option<String>,
    /// How many leading characters are indexed.
    pub prefix_length: Option<u32>,
}

/// What a part of an index is of.
pub enum IndexKeyDef {
    /// A column.
    Column(String),
    /// An SQL expression.
    Expression(String),
}

/// A foreign key.
pub struct ForeignKeyDef {
    /// The name given to it.
    pub name: Option<String>,
    /// The columns, in order.
    pub parts: Vec<ForeignKeyPartDef>,
    /// The model referred to.
    pub model: Path,
    /// What happens when the row referred to is deleted.
    pub on_delete: ReferentialAction,
    /// What happens when the key referred to changes.
    pub on_update: ReferentialAction,
    /// When it is checked, where that is not at each statement.
    pub deferrable: Option<Deferrable>,
}

/// One column of a foreign key.
pub struct ForeignKeyPartDef {
    /// The column.
    pub column: String,
    /// The field's Rust type.
    pub rust_type: Type,
    /// The field referred to.
    pub field: Ident,
}

/// A check constraint.
pub struct CheckDef {
    /// The name given to it.
    pub name: Option<String>,
    /// The SQL condition.
    pub expression: String,
}

/// What a model says of itself.
pub struct ModelDef {
    /// The struct's name.
    pub class_name: String,
    /// The name for people.
    pub name: String,
    /// The code for machines.
    pub code: String,
    /// The module.
    pub module: String,
    /// The domain.
    pub domain: String,
}

/// The table that a model declares. The one lowering: the macro and the source reader both go through it.
#[must_use]
pub fn lower(model: &ObjectModel) -> TableDef {
    TableDef {
        schema: text(&model.schema),
        name: model.table.value(),
        columns: model.fields.iter().map(column).collect(),
        primary_key: model.primary_key.iter().map(|field| column_of(model, field)).collect(),
        primary_key_name: text(&model.primary_key_name),
        uniques: uniques(model),
        indexes: indexes(model),
        foreign_keys: foreign_keys(model),
        checks: checks(model),
        comment: model.comment.clone(),
        renamed_from: text(&model.renamed_from),
        model: ModelDef {
            class_name: model.ident.unraw().to_string(),
            name: model.name.clone(),
            code: model.code.clone(),
            module: model.module.clone(),
            domain: model.domain.clone(),
        },
    }
}

fn column(field: &Field) -> ColumnDef {
    let attributes = &field.column;
    ColumnDef {
        name: field.column_name(),
        field: field.ident.clone(),
        rust_type: field.ty.clone(),
        column_type: column_type(attributes),
        default: default(attributes),
        generated: text(&attributes.generated).map(|expression| (expression, attributes.is_virtual.is_none())),
        auto_increment: attributes.auto_increment.is_some(),
        in_primary_key: field.in_primary_key,
        collation: text(&attributes.collation),
        comment: text(&attributes.comment).or_else(|| field.comment.clone()),
        renamed_from: text(&attributes.renamed_from),
        backfill: otherwise(&attributes.backfill),
        default_on: on(&attributes.default_expr),
        backfill_on: on(&attributes.backfill),
        access: attributes.access(),
    }
}

fn otherwise(sql: &Option<SqlTexts>) -> Option<String> {
    text(&sql.as_ref()?.otherwise)
}

fn on(sql: &Option<SqlTexts>) -> [Option<String>; 3] {
    sql.as_ref().map_or_else(Default::default, |sql| sql.on.texts())
}

fn column_type(attributes: &ColumnAttributes) -> TypeDef {
    if let Some(native) = text(&attributes.column_type) {
        TypeDef::Native(native)
    } else if let Some(native) = &attributes.native_types {
        TypeDef::PerDatabase(native.texts())
    } else if attributes.text.is_some() {
        TypeDef::Text
    } else if let Some(length) = number(&attributes.length) {
        TypeDef::String(length)
    } else if let Some(precision) = number(&attributes.precision) {
        TypeDef::Numeric(precision, number(&attributes.scale))
    } else {
        TypeDef::OfField
    }
}

fn default(attributes: &ColumnAttributes) -> Option<DefaultDef> {
    if let Some(expression) = otherwise(&attributes.default_expr) {
        return Some(DefaultDef::Expression(expression));
    }
    if let Some(value) = &attributes.default_value {
        return Some(match value.literal.clone() {
            Literal::Boolean(value) => DefaultDef::Boolean(value),
            Literal::Number(digits) => DefaultDef::Number(digits),
            Literal::Text(text) => DefaultDef::Text(text),
        });
    }
    // The first version, also of rows that are there when the column is added.
    attributes.version.as_ref().map(|_| DefaultDef::Number("1".to_owned()))
}

/// `unique` of the fields, then their `unique_key` groups, then `unique(…)` of the model.
fn uniques(model: &ObjectModel) -> Vec<UniqueDef> {
    let mut uniques: Vec<UniqueDef> = (model.fields.iter())
        .filter(|field| field.column.unique.is_some())
        .map(|field| UniqueDef { name: None, columns: vec![field.column_name()] })
        .collect();
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for field in &model.fields {
        let Some(group) = text(&field.column.unique_key) else { continue };
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, columns)) => columns.push(field.column_name()),
            None => groups.push((group, vec![field.column_name()])),
        }
    }
    uniques.extend(groups.into_iter().map(|(_, columns)| UniqueDef { name: None, columns }));
    uniques.extend(model.uniques.iter().map(|unique| UniqueDef {
        name: text(&unique.name),
        columns: unique.fields.iter().map(|field| column_of(model, field)).collect(),
    }));
    uniques
}

fn indexes(model: &ObjectModel) -> Vec<IndexDef> {
    let of_fields = (model.fields.iter())
        .filter(|field| field.column.indexed.is_some())
        .map(|field| IndexSpec {
            parts: vec![IndexPart::new(IndexKey::Field(field.ident.unraw()))],
            ..IndexSpec::default()
        })
        .map(|index| index_def(model, &index));
    of_fields.chain(model.indexes.iter().map(|index| index_def(model, index))).collect()
}

fn index_def(model: &ObjectModel, index: &IndexSpec) -> IndexDef {
    let part = |part: &IndexPart| IndexPartDef {
        key: match &part.key {
            IndexKey::Field(field) => IndexKeyDef::Column(column_of(model, field)),
            IndexKey::Expression(sql) => IndexKeyDef::Expression(sql.value()),
        },
        descending: part.descending,
        nulls_first: part.nulls_first,
        operator_class: text(&part.operator_class),
        collation: text(&part.collation),
        prefix_length: number(&part.prefix_length),
    };
    IndexDef {
        name: text(&index.name),
        parts: index.parts.iter().map(part).collect(),
        unique: index.unique,
        method: text(&index.method),
        predicate: text(&index.predicate),
        include: index.include.iter().map(|field| column_of(model, field)).collect(),
        nulls_not_distinct: index.nulls_not_distinct,
    }
}

/// `belongs_to` of the fields, then `foreign_key(…)` of the model.
fn foreign_keys(model: &ObjectModel) -> Vec<ForeignKeyDef> {
    let of_fields = model.fields.iter().filter_map(|field| {
        let target = field.column.belongs_to.as_ref()?;
        let action = |slot: &Option<(Ident, ReferentialAction)>| slot.as_ref().map(|(_, action)| *action);
        let spec = ForeignKeySpec {
            name: None,
            parts: vec![(field.ident.unraw(), target.clone())],
            on_delete: action(&field.column.on_delete),
            on_update: action(&field.column.on_update),
            deferrable: field.column.deferrable,
        };
        foreign_key(model, &spec)
    });
    of_fields.chain(model.foreign_keys.iter().filter_map(|key| foreign_key(model, key))).collect()
}

fn foreign_key(model: &ObjectModel, key: &ForeignKeySpec) -> Option<ForeignKeyDef> {
    let part = |(name, target): &(Ident, ForeignKey)| {
        let field = model.fields.iter().find(|field| field.ident.unraw() == *name)?;
        Some(ForeignKeyPartDef {
            column: field.column_name(),
            rust_type: field.ty.clone(),
            field: target.field.clone(),
        })
    };
    Some(ForeignKeyDef {
        name: text(&key.name),
        model: key.parts.first()?.1.model.clone(),
        parts: key.parts.iter().filter_map(part).collect(),
        on_delete: key.on_delete.unwrap_or(ReferentialAction::NoAction),
        on_update: key.on_update.unwrap_or(ReferentialAction::NoAction),
        deferrable: key.deferrable,
    })
}

fn checks(model: &ObjectModel) -> Vec<CheckDef> {
    let of_fields = (model.fields.iter())
        .filter_map(|field| text(&field.column.check))
        .map(|expression| CheckDef { name: None, expression });
    let of_model =
        (model.checks.iter()).map(|check| CheckDef { name: text(&check.name), expression: check.expression.value() });
    of_fields.chain(of_model).collect()
}

/// The column of a field that is known to exist.
fn column_of(model: &ObjectModel, name: &Ident) -> String {
    (model.fields.iter())
        .find(|field| field.ident.unraw() == *name)
        .map_or_else(|| name.to_string(), Field::column_name)
}

fn text(slot: &Option<LitStr>) -> Option<String> {
    slot.as_ref().map(LitStr::value)
}

fn number(slot: &Option<LitInt>) -> Option<u32> {
    slot.as_ref().and_then(|number| number.base10_parse().ok())
}
