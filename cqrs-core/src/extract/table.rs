use std::borrow::Cow;

use cqrs_syntax::names::did_you_mean;
use cqrs_syntax::{
    ColumnDef, DefaultDef, Field, ForeignKeyDef, IndexDef, IndexKeyDef, IndexPartDef, TableDef, TypeDef, UniqueDef,
    is_option, lower, option_inner,
};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Type};

use super::ExtractError;
use super::scope::Found;
use super::source::{Crate, Model, Named};
use super::types::{SqlShape, list_element, names, per_database, spelled};
use crate::expansion::misfit;
use crate::schema::{
    Access, Check, Column, ColumnSql, ColumnType, DefaultValue, Deferrable, ForeignKey, Generated, Index, IndexKey,
    IndexPart, List, Literal, Nulls, ObjectName, PrimaryKey, ReferentialAction, SortOrder, SqlPerDatabase, Str, Table,
    Unique,
};

/// The table of a model, with every type and foreign key looked up.
pub(super) fn table(source: &Crate, model: &Model) -> Result<Table, Vec<ExtractError>> {
    let definition = lower(&model.tree);
    let mut errors = Vec::new();
    let mut columns = Vec::new();
    for column in &definition.columns {
        match lower_column(source, model, column) {
            Ok(column) => columns.push(column),
            Err(error) => errors.push(error),
        }
    }
    let mut foreign_keys = Vec::new();
    for key in &definition.foreign_keys {
        match foreign_key(source, model, key) {
            Ok(key) => foreign_keys.push(key),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(assemble(definition, columns, foreign_keys)) } else { Err(errors) }
}

fn assemble(definition: TableDef, columns: Vec<Column>, foreign_keys: Vec<ForeignKey>) -> Table {
    let model = definition.model;
    Table {
        schema: definition.schema.map(Cow::Owned),
        columns: columns.into(),
        primary_key: (!definition.primary_key.is_empty()).then(|| PrimaryKey {
            name: definition.primary_key_name.map(Cow::Owned),
            columns: list(definition.primary_key),
            ..PrimaryKey::default()
        }),
        uniques: definition.uniques.into_iter().map(unique).collect(),
        indexes: definition.indexes.into_iter().map(index).collect(),
        foreign_keys: foreign_keys.into(),
        checks: (definition.checks.into_iter())
            .map(|check| Check {
                name: check.name.map(Cow::Owned),
                expression: check.expression.into(),
                ..Check::default()
            })
            .collect(),
        comment: definition.comment.map(Cow::Owned),
        renamed_from: definition.renamed_from.map(Cow::Owned),
        model: Some(crate::schema::Model {
            class_name: model.class_name.into(),
            name: model.name.into(),
            code: model.code.into(),
            module: model.module.into(),
            domain: model.domain.into(),
        }),
        ..Table::new(definition.name)
    }
}

fn lower_column(source: &Crate, model: &Model, column: &ColumnDef) -> Result<Column, ExtractError> {
    let wrong = |message: String| ExtractError::new(&model.file, column.rust_type.span(), message);
    let shape = source.sql_shape(model.module, &column.rust_type);
    let (column_type, nullable) = column_type(column, shape).map_err(wrong)?;
    if column.in_primary_key && nullable {
        return Err(wrong("a primary key is never null: its type cannot be an `Option`".to_owned()));
    }
    let default = column.default.as_ref().map(default);
    if let Some(DefaultValue::Value(literal)) = &default
        && let Some(message) = misfit(&column_type, literal)
    {
        return Err(ExtractError::new(
            &model.file,
            column.field.span(),
            format!("field `{}`: {message}", column.field),
        ));
    }
    Ok(Column {
        name: column.name.clone().into(),
        column_type,
        nullable,
        default,
        generated: (column.generated.clone())
            .map(|(expression, stored)| Generated { expression: expression.into(), stored }),
        auto_increment: column.auto_increment,
        collation: column.collation.clone().map(Cow::Owned),
        options: List::Constant(&[]),
        comment: column.comment.clone().map(Cow::Owned),
        renamed_from: column.renamed_from.clone().map(Cow::Owned),
        backfill: column.backfill.clone().map(Cow::Owned),
        sql_on: sql_on(column),
        former_labels: List::Constant(&[]),
        access: match column.access {
            cqrs_syntax::Access::ReadWrite => Access::ReadWrite,
            cqrs_syntax::Access::ReadOnly => Access::ReadOnly,
            cqrs_syntax::Access::WriteOnly => Access::WriteOnly,
            cqrs_syntax::Access::Version => Access::Version,
        },
    })
}

/// The column's type by its attributes, or else by the field's type. Where the attributes say the type, a field type that
/// cannot be looked up is taken for what it is spelled as: null only if it is an `Option`.
fn column_type(column: &ColumnDef, shape: Option<SqlShape>) -> Result<SqlShape, String> {
    let (field, ty) = (&column.field, spelled(&column.rust_type));
    let nullable = shape.as_ref().map_or_else(|| is_option(&column.rust_type), |(_, nullable)| *nullable);
    let of_field = shape.map(|(column_type, _)| column_type);
    let read_as = of_field.as_ref().map(ColumnType::read_as);
    let is_text = matches!(read_as, None | Some(ColumnType::String { .. }));
    let is_decimal = matches!(read_as, None | Some(ColumnType::Numeric { .. }));
    let column_type = match (&column.column_type, of_field) {
        (TypeDef::Native(native), _) => ColumnType::Native(native.clone().into()),
        (TypeDef::PerDatabase(words), Some(of_field)) => per_database(words.clone(), Some(of_field)),
        (TypeDef::Text, _) if is_text => ColumnType::Text,
        (TypeDef::String(length), _) if is_text => ColumnType::String { length: Some(*length) },
        (TypeDef::Text | TypeDef::String(_), _) => {
            return Err(format!("field `{field}`: `length` and `text` are for text, which `{ty}` is not"));
        }
        (TypeDef::Numeric(precision, scale), _) if is_decimal => {
            ColumnType::Numeric { precision: Some(*precision), scale: *scale }
        }
        (TypeDef::Numeric(..), _) => {
            return Err(format!(
                "field `{field}`: `precision` and `scale` are for exact decimals, which `{ty}` is not"
            ));
        }
        (TypeDef::OfField, Some(of_field)) => of_field,
        (TypeDef::OfField, None) if let Some(element) = list_element(&column.rust_type) => {
            let element = spelled(element);
            return Err(format!(
                "field `{field}`: `{element}` cannot be a value of an array: use `Json<Vec<{element}>>` for a JSON document"
            ));
        }
        (TypeDef::OfField | TypeDef::PerDatabase(_), None) => {
            return Err(format!(
                "field `{field}`: no column type is known for `{ty}`: write `#[column(column_type = \"…\")]` with the database's own name of the type"
            ));
        }
    };
    let counts = matches!(
        column_type.read_as(),
        ColumnType::TinyInteger
            | ColumnType::SmallInteger
            | ColumnType::Integer
            | ColumnType::BigInteger
            | ColumnType::Unsigned(_)
            | ColumnType::Native(_)
    );
    if column.auto_increment && !counts {
        return Err(format!("field `{field}`: `auto_increment` is for whole numbers, which `{ty}` is not"));
    }
    if column.access == cqrs_syntax::Access::Version && !counts {
        return Err(format!("field `{field}`: `version` counts in whole numbers, which `{ty}` is not"));
    }
    Ok((column_type, nullable))
}

fn sql_on(column: &ColumnDef) -> List<ColumnSql> {
    let [default, backfill] = [&column.default_on, &column.backfill_on].map(|on| {
        let [postgres, mysql, sqlite] = on.clone().map(|sql| sql.map(Cow::Owned));
        SqlPerDatabase { postgres, mysql, sqlite }
    });
    let sql = ColumnSql { default, backfill };
    (sql != ColumnSql::default()).then_some(sql).into_iter().collect()
}

fn default(default: &DefaultDef) -> DefaultValue {
    match default.clone() {
        DefaultDef::Boolean(value) => DefaultValue::Value(Literal::Boolean(value)),
        DefaultDef::Number(digits) => DefaultValue::Value(Literal::Number(digits.into())),
        DefaultDef::Text(text) => DefaultValue::Value(Literal::Text(text.into())),
        DefaultDef::Expression(sql) => DefaultValue::Expression(sql.into()),
    }
}

fn unique(unique: UniqueDef) -> Unique {
    Unique { name: unique.name.map(Cow::Owned), columns: list(unique.columns), ..Unique::default() }
}

fn index(index: IndexDef) -> Index {
    Index {
        name: index.name.map(Cow::Owned),
        parts: index.parts.into_iter().map(index_part).collect(),
        unique: index.unique,
        method: index.method.map(Cow::Owned),
        predicate: index.predicate.map(Cow::Owned),
        include: list(index.include),
        nulls_not_distinct: index.nulls_not_distinct,
        ..Index::default()
    }
}

fn index_part(part: IndexPartDef) -> IndexPart {
    IndexPart {
        key: match part.key {
            IndexKeyDef::Column(column) => IndexKey::Column(column.into()),
            IndexKeyDef::Expression(sql) => IndexKey::Expression(sql.into()),
        },
        order: if part.descending { SortOrder::Descending } else { SortOrder::Ascending },
        nulls: part.nulls_first.map(|first| if first { Nulls::First } else { Nulls::Last }),
        operator_class: part.operator_class.map(Cow::Owned),
        collation: part.collation.map(Cow::Owned),
        prefix_length: part.prefix_length,
    }
}

fn foreign_key(source: &Crate, model: &Model, key: &ForeignKeyDef) -> Result<ForeignKey, ExtractError> {
    let target = target(source, model, key)?;
    let mut referenced_columns = Vec::new();
    for part in &key.parts {
        let referenced = referenced_field(model, target, &part.field)?;
        check_types(source, (model, &part.rust_type), (target, &referenced.ty))?;
        referenced_columns.push(referenced.column_name());
    }
    Ok(ForeignKey {
        name: key.name.clone().map(Cow::Owned),
        columns: key.parts.iter().map(|part| Cow::Owned(part.column.clone())).collect(),
        references: ObjectName {
            schema: target.tree.schema.as_ref().map(|schema| Cow::Owned(schema.value())),
            name: target.tree.table.value().into(),
        },
        referenced_columns: list(referenced_columns),
        on_delete: action(key.on_delete),
        on_update: action(key.on_update),
        deferrable: match key.deferrable {
            None => Deferrable::No,
            Some(cqrs_syntax::Deferrable::InitiallyImmediate) => Deferrable::InitiallyImmediate,
            Some(cqrs_syntax::Deferrable::InitiallyDeferred) => Deferrable::InitiallyDeferred,
        },
        ..ForeignKey::default()
    })
}

fn referenced_field<'a>(model: &Model, target: &'a Model, referenced: &Ident) -> Result<&'a Field, ExtractError> {
    let name = referenced.unraw();
    if let Some(field) = target.tree.fields.iter().find(|field| field.ident.unraw() == name) {
        return Ok(field);
    }
    let known: Vec<String> = target.tree.fields.iter().map(|field| field.ident.unraw().to_string()).collect();
    let help = did_you_mean(&name.to_string(), known.iter().map(String::as_str));
    let message = format!("object model `{}` has no field `{name}`{help}", target.tree.ident);
    Err(ExtractError::new(&model.file, referenced.span(), message))
}

/// The two types have to be one, as for the compiler. Where the source does not say what a type is, only that can tell.
fn check_types(source: &Crate, field: (&Model, &Type), referenced: (&Model, &Type)) -> Result<(), ExtractError> {
    let [of_field, of_referenced] = [field, referenced].map(|(model, ty)| source.identity(model.module, ty));
    if of_field.is_none() || of_referenced.is_none() || of_field == of_referenced {
        return Ok(());
    }
    let ((model, ty), target) = (field, option_inner(referenced.1).unwrap_or(referenced.1));
    let (written, target) = (spelled(ty), spelled(target));
    let message = format!(
        "a field of type `{written}` cannot refer to a column of type `{target}`: write `{target}`, or `Option<{target}>` where the reference may be missing"
    );
    Err(ExtractError::new(&model.file, ty.span(), message))
}

/// The model that a path names: the one that the path leads to, or else the only one of that name in the crate.
fn target<'a>(source: &'a Crate, model: &Model, key: &ForeignKeyDef) -> Result<&'a Model, ExtractError> {
    let path = names(&key.model);
    if let Found::Here(Named::Model(at), _) = source.resolve(model.module, &path) {
        return Ok(&source.models[*at]);
    }
    let name = path.last().map(String::as_str).unwrap_or_default();
    let mut named = source.models.iter().filter(|model| model.tree.ident.unraw() == name);
    let message = match (named.next(), named.next()) {
        (Some(only), None) => return Ok(only),
        (Some(_), Some(_)) => {
            format!("several object models are called `{name}`: write the path of the one that is meant")
        }
        (None, _) => {
            let known: Vec<String> = source.models.iter().map(|model| model.tree.ident.to_string()).collect();
            let help = did_you_mean(name, known.iter().map(String::as_str));
            format!("this crate has no object model `{name}`{help}")
        }
    };
    Err(ExtractError::new(&model.file, key.model.span(), message))
}

fn action(action: cqrs_syntax::ReferentialAction) -> ReferentialAction {
    match action {
        cqrs_syntax::ReferentialAction::NoAction => ReferentialAction::NoAction,
        cqrs_syntax::ReferentialAction::Restrict => ReferentialAction::Restrict,
        cqrs_syntax::ReferentialAction::Cascade => ReferentialAction::Cascade,
        cqrs_syntax::ReferentialAction::SetNull => ReferentialAction::SetNull,
        cqrs_syntax::ReferentialAction::SetDefault => ReferentialAction::SetDefault,
    }
}

fn list(names: Vec<String>) -> List<Str> {
    names.into_iter().map(Cow::Owned).collect()
}
