//! The schema JSON: one table a document.

use serde::{Deserialize, Serialize};

use super::type_document::{NativeTypes, TypeDocument, TypeName};
use super::{
    Access, Check, Column, ColumnSql, DefaultValue, Dependency, EnumType, Exclusion, ForeignKey, FormerLabel,
    Generated, Index, List, Literal, Model, ObjectName, PrimaryKey, Schema, SqlObject, SqlPerDatabase, Str, Table,
    Unique, View,
};

/// Why a schema JSON document cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct DocumentError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, with the key.
    pub message: String,
}

/// Reads one table from schema JSON.
///
/// Lenient where the format allows it: `primary_key` defaults to false, `nullable` to true, and `_metadata` may be
/// missing.
///
/// # Errors
/// [`DocumentError`], with the place in the text.
///
/// ```
/// let table = cqrs_core::schema::read_table(r#"{"table_name": "t", "columns": [{"name": "id", "type": "Integer"}]}"#)?;
/// assert!(table.columns[0].nullable);
/// # Ok::<(), cqrs_core::schema::DocumentError>(())
/// ```
pub fn read_table(json: &str) -> Result<Table, DocumentError> {
    serde_json::from_str(json).map_err(|error| {
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        DocumentError {
            line: error.line(),
            column: error.column(),
            message: message.strip_suffix(&place).unwrap_or(&message).to_owned(),
        }
    })
}

/// Writes one table as schema JSON, ending in a newline.
///
/// # Panics
/// Never: a table holds only strings, numbers and booleans.
#[must_use]
pub fn write_table(table: &Table) -> String {
    let mut json = serde_json::to_string_pretty(table).expect("a table is plain data");
    json.push('\n');
    json
}

/// The keys of the format. `Table`'s serde goes through it, so that there is one format wherever a table is stored.
#[derive(Serialize, Deserialize)]
struct TableDocument {
    table_name: Str,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    schema: Option<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    class_name: Option<Str>,
    columns: Vec<ColumnDocument>,
    /// Only where the columns' `primary_key` does not say it all: the order of several columns, a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    primary_key: Option<PrimaryKey>,
    #[serde(default, skip_serializing_if = "<[Unique]>::is_empty")]
    uniques: List<Unique>,
    #[serde(default, skip_serializing_if = "<[Index]>::is_empty")]
    indexes: List<Index>,
    #[serde(default, skip_serializing_if = "<[ForeignKey]>::is_empty")]
    foreign_keys: List<ForeignKey>,
    #[serde(default, skip_serializing_if = "<[Check]>::is_empty")]
    checks: List<Check>,
    #[serde(default, skip_serializing_if = "<[Exclusion]>::is_empty")]
    exclusions: List<Exclusion>,
    #[serde(default, skip_serializing_if = "<[ObjectName]>::is_empty")]
    inherits: List<ObjectName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    partition_bound: Option<Str>,
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    options: List<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comment: Option<Str>,
    #[serde(default, skip_serializing_if = "<[Dependency]>::is_empty")]
    depends_on: List<Dependency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renamed_from: Option<Str>,
    #[serde(rename = "_metadata", default, skip_serializing_if = "Option::is_none")]
    metadata: Option<MetadataDocument>,
}

#[derive(Serialize, Deserialize)]
struct MetadataDocument {
    object_model_name: Str,
    object_model_code: Str,
    #[serde(default)]
    description: Str,
    #[serde(default)]
    module: Str,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    domain: Str,
}

#[derive(Serialize, Deserialize)]
struct ColumnDocument {
    name: Str,
    #[serde(rename = "type")]
    type_name: TypeName,
    #[serde(default)]
    primary_key: bool,
    #[serde(default = "yes")]
    nullable: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    length: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    precision: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scale: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unsigned: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time_zone: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    enum_name: Option<Str>,
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    values: List<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    enum_renamed_from: Option<Str>,
    #[serde(default, skip_serializing_if = "<[FormerLabel]>::is_empty")]
    former_labels: List<FormerLabel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    element: Option<Box<TypeDocument>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    native_type: Option<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    native_types: Option<NativeTypes>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    auto_increment: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_value: Option<LiteralDocument>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_expr: Option<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    generated: Option<Generated>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    collation: Option<Str>,
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    options: List<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comment: Option<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renamed_from: Option<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    backfill: Option<Str>,
    #[serde(default, skip_serializing_if = "SqlPerDatabase::is_empty")]
    default_expr_on: SqlPerDatabase,
    #[serde(default, skip_serializing_if = "SqlPerDatabase::is_empty")]
    backfill_on: SqlPerDatabase,
    #[serde(default, skip_serializing_if = "is_read_write")]
    access: Access,
}

fn yes() -> bool {
    true
}

fn is_read_write(access: &Access) -> bool {
    *access == Access::ReadWrite
}

/// A number stays the text that it was written as, so that `1.50` keeps its zero.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum LiteralDocument {
    Boolean(bool),
    Number { number: Str },
    Integer(i64),
    Text(Str),
}

/// A whole schema: its objects in lists, because JSON knows no other keys than text.
#[derive(Serialize, Deserialize)]
struct SchemaDocument {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tables: Vec<Table>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    enums: Vec<EnumType>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    views: Vec<View>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    objects: Vec<SqlObject>,
}

impl Serialize for Schema {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { tables, enums, views, objects } = self.clone();
        let document = SchemaDocument {
            tables: tables.into_values().collect(),
            enums: enums.into_values().collect(),
            views: views.into_values().collect(),
            objects: objects.into_values().collect(),
        };
        document.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = SchemaDocument::deserialize(deserializer)?;
        let mut schema = Self::new();
        document.tables.into_iter().for_each(|table| schema.add_table(table));
        document.enums.into_iter().for_each(|enum_type| schema.add_enum(enum_type));
        document.views.into_iter().for_each(|view| schema.add_view(view));
        document.objects.into_iter().for_each(|object| schema.add_object(object));
        Ok(schema)
    }
}

/// As in a table's document, where a key is told with the table.
impl Serialize for Column {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ColumnDocument::new(self, false).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ColumnDocument::deserialize(deserializer)?.column().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Table {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TableDocument::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TableDocument::deserialize(deserializer)?.table().map_err(serde::de::Error::custom)
    }
}

impl From<Table> for TableDocument {
    fn from(table: Table) -> Self {
        let key: &[Str] = table.primary_key.as_ref().map_or(&[], |key| &key.columns);
        let columns: Vec<ColumnDocument> =
            table.columns.iter().map(|column| ColumnDocument::new(column, key.contains(&column.name))).collect();
        let said = columns.iter().filter(|column| column.primary_key).map(|column| &column.name);
        let is_plain = |key: &PrimaryKey| *key == PrimaryKey { columns: key.columns.clone(), ..PrimaryKey::default() };
        let all_said = said.eq(key.iter()) && table.primary_key.as_ref().is_none_or(is_plain);
        let primary_key = if all_said { None } else { table.primary_key };
        let (class_name, metadata) = table.model.map_or((None, None), |model| {
            let metadata = MetadataDocument {
                object_model_name: model.name,
                object_model_code: model.code,
                description: table.comment.clone().unwrap_or_default(),
                module: model.module,
                domain: model.domain,
            };
            (Some(model.class_name), Some(metadata))
        });
        Self {
            table_name: table.name,
            schema: table.schema,
            class_name,
            columns,
            primary_key,
            uniques: table.uniques,
            indexes: table.indexes,
            foreign_keys: table.foreign_keys,
            checks: table.checks,
            exclusions: table.exclusions,
            inherits: table.inherits,
            partition_bound: table.partition_bound,
            options: table.options,
            comment: table.comment.filter(|_| metadata.is_none()),
            depends_on: table.depends_on,
            renamed_from: table.renamed_from,
            metadata,
        }
    }
}

impl TableDocument {
    fn table(self) -> Result<Table, String> {
        let marked: Vec<Str> =
            self.columns.iter().filter(|column| column.primary_key).map(|column| column.name.clone()).collect();
        let primary_key = match self.primary_key {
            Some(key) => Some(key),
            None if marked.is_empty() => None,
            None => Some(PrimaryKey { columns: marked.into(), ..PrimaryKey::default() }),
        };
        let columns: Result<Vec<Column>, String> = self.columns.into_iter().map(ColumnDocument::column).collect();
        let (comment, model) = match self.metadata {
            None => (self.comment, None),
            Some(metadata) => {
                let description = Some(metadata.description).filter(|text| !text.is_empty());
                let model = Model {
                    class_name: self.class_name.unwrap_or_default(),
                    name: metadata.object_model_name,
                    code: metadata.object_model_code,
                    module: metadata.module,
                    domain: metadata.domain,
                };
                (self.comment.or(description), Some(model))
            }
        };
        Ok(Table {
            schema: self.schema,
            name: self.table_name,
            columns: columns?.into(),
            primary_key,
            uniques: self.uniques,
            indexes: self.indexes,
            foreign_keys: self.foreign_keys,
            checks: self.checks,
            exclusions: self.exclusions,
            inherits: self.inherits,
            partition_bound: self.partition_bound,
            options: self.options,
            comment,
            depends_on: self.depends_on,
            renamed_from: self.renamed_from,
            model,
        })
    }
}

impl ColumnDocument {
    fn new(column: &Column, primary_key: bool) -> Self {
        let (default_value, default_expr) = match &column.default {
            None => (None, None),
            Some(DefaultValue::Value(literal)) => (Some(LiteralDocument::new(literal)), None),
            Some(DefaultValue::Expression(sql)) => (None, Some(sql.clone())),
        };
        let of = TypeDocument::new(&column.column_type);
        let sql_on = column.sql_on.first().cloned().unwrap_or_default();
        Self {
            name: column.name.clone(),
            type_name: of.name,
            primary_key,
            nullable: column.nullable,
            length: of.length,
            precision: of.precision,
            scale: of.scale,
            unsigned: of.unsigned,
            time_zone: of.time_zone,
            enum_name: of.enum_name,
            values: of.values,
            enum_renamed_from: of.enum_renamed_from,
            former_labels: of.former_labels,
            element: of.element,
            native_type: of.native_type,
            native_types: of.native_types,
            auto_increment: column.auto_increment,
            default_value,
            default_expr,
            generated: column.generated.clone(),
            collation: column.collation.clone(),
            options: column.options.clone(),
            comment: column.comment.clone(),
            renamed_from: column.renamed_from.clone(),
            backfill: column.backfill.clone(),
            default_expr_on: sql_on.default,
            backfill_on: sql_on.backfill,
            access: column.access,
        }
    }

    fn column(self) -> Result<Column, String> {
        let of = TypeDocument {
            name: self.type_name,
            length: self.length,
            precision: self.precision,
            scale: self.scale,
            unsigned: self.unsigned,
            time_zone: self.time_zone,
            enum_name: self.enum_name,
            values: self.values,
            enum_renamed_from: self.enum_renamed_from,
            former_labels: self.former_labels,
            element: self.element,
            native_type: self.native_type,
            native_types: self.native_types,
        };
        let column_type =
            of.column_type().map_err(|key| format!("column `{}`: this type needs the key `{key}`", self.name))?;
        let default = match (self.default_value, self.default_expr) {
            (None, None) => None,
            (Some(value), None) => Some(DefaultValue::Value(value.literal())),
            (None, Some(sql)) => Some(DefaultValue::Expression(sql)),
            (Some(_), Some(_)) => {
                return Err(format!("column `{}`: `default_value` and `default_expr` exclude each other", self.name));
            }
        };
        let sql_on = ColumnSql { default: self.default_expr_on, backfill: self.backfill_on };
        Ok(Column {
            name: self.name,
            column_type,
            nullable: self.nullable,
            default,
            generated: self.generated,
            auto_increment: self.auto_increment,
            collation: self.collation,
            options: self.options,
            comment: self.comment,
            renamed_from: self.renamed_from,
            backfill: self.backfill,
            sql_on: (sql_on != ColumnSql::default()).then_some(sql_on).into_iter().collect(),
            former_labels: List::Constant(&[]),
            access: self.access,
        })
    }
}

impl LiteralDocument {
    fn new(literal: &Literal) -> Self {
        match literal {
            Literal::Boolean(value) => Self::Boolean(*value),
            Literal::Text(text) => Self::Text(text.clone()),
            Literal::Number(text) => match text.parse::<i64>() {
                Ok(number) if number.to_string() == *text => Self::Integer(number),
                _ => Self::Number { number: text.clone() },
            },
        }
    }

    fn literal(self) -> Literal {
        match self {
            Self::Boolean(value) => Literal::Boolean(value),
            Self::Number { number } => Literal::Number(number),
            Self::Integer(number) => Literal::Number(number.to_string().into()),
            Self::Text(text) => Literal::Text(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{ColumnType, IndexPart, IntegerSize, ObjectId, ObjectKind, SqlPerDatabase};

    #[test]
    fn what_is_written_reads_back() {
        let mut table = Table::new("t");
        let mut id = Column::new("id", ColumnType::String { length: Some(36) });
        id.default = Some(DefaultValue::Value(Literal::Number("1.50".into())));
        let backfill = SqlPerDatabase { mysql: Some("uuid()".into()), ..SqlPerDatabase::default() };
        id.sql_on = vec![ColumnSql { backfill, ..ColumnSql::default() }].into();
        let severity = ColumnType::Enum {
            name: "severity".into(),
            values: vec!["low".into(), "high".into()].into(),
            renamed_from: Some("urgency".into()),
            former_labels: vec![FormerLabel { label: "high".into(), renamed_from: "urgent".into() }].into(),
        };
        table.columns = vec![id, Column::new("severity", severity)].into();
        table.primary_key =
            Some(PrimaryKey { columns: vec!["severity".into(), "id".into()].into(), ..Default::default() });
        table.indexes = vec![Index { parts: vec![IndexPart::column("id")].into(), ..Default::default() }].into();
        table.inherits = vec![ObjectName::new("base")].into();
        table.foreign_keys = vec![ForeignKey {
            columns: vec!["id".into()].into(),
            references: ObjectName::qualified("app", "other"),
            referenced_columns: vec!["id".into()].into(),
            on_delete: super::super::ReferentialAction::Cascade,
            options: vec!["NOT VALID".into()].into(),
            ..Default::default()
        }]
        .into();
        let json = write_table(&table);
        assert_eq!(read_table(&json).unwrap(), table, "{json}");
    }

    #[test]
    fn a_schema_reads_back() {
        let mut schema = Schema::new();
        schema.add_table(Table::new("t"));
        schema.add_view(View {
            query: "SELECT 1".into(),
            query_on: SqlPerDatabase { mysql: Some("SELECT 2".into()), ..SqlPerDatabase::default() },
            fields: vec![Column::new("id", ColumnType::BigInteger)].into(),
            ..View::default()
        });
        let function = ObjectId {
            signature: Some("(integer)".into()),
            ..ObjectId::new(ObjectKind::Function, ObjectName::qualified("app", "f"))
        };
        schema.add_object(SqlObject::new(function, "CREATE FUNCTION …"));
        let json = serde_json::to_string(&schema).unwrap();
        let read = serde_json::from_str::<Schema>(&json).unwrap();
        assert_eq!(read, schema, "{json}");
        assert_eq!(read.views[&ObjectName::default()].fields, schema.views[&ObjectName::default()].fields, "{json}");
    }

    #[test]
    fn every_type_reads_back() {
        let unsigned = [IntegerSize::Tiny, IntegerSize::Small, IntegerSize::Normal, IntegerSize::Big];
        let mut types: Vec<ColumnType> = unsigned.map(ColumnType::Unsigned).into();
        let moment = ColumnType::DateTime { time_zone: false };
        types.push(ColumnType::TinyInteger);
        types.push(ColumnType::Array { element: vec![moment.clone()].into() });
        for otherwise in [vec![], vec![moment], vec![ColumnType::native("box")]] {
            types.push(ColumnType::PerDatabase {
                postgres: Some("citext".into()),
                mysql: None,
                sqlite: Some("TEXT".into()),
                otherwise: otherwise.into(),
            });
        }
        let mut table = Table::new("t");
        table.columns = types.into_iter().zip(0..).map(|(of, at)| Column::new(format!("c{at}"), of)).collect();
        let json = write_table(&table);
        assert_eq!(read_table(&json).unwrap(), table, "{json}");
    }

    #[test]
    fn errors_say_where() {
        let error =
            read_table("{\"table_name\": \"t\",\n \"columns\": [{\"name\": \"a\", \"type\": \"Strin\"}]}").unwrap_err();
        assert_eq!(error.line, 2);
        assert!(error.message.contains("Strin"), "{error}");
    }
}
