//! A column's type in schema JSON.

use serde::{Deserialize, Serialize};

use super::{ColumnType, FormerLabel, IntegerSize, List, Str};

/// The keys that say a type. A column has them among its own; the values of an array have them under `element`.
#[derive(Serialize, Deserialize)]
pub(super) struct TypeDocument {
    #[serde(rename = "type")]
    pub(super) name: TypeName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) length: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) precision: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) scale: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) unsigned: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) time_zone: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) enum_name: Option<Str>,
    #[serde(default, skip_serializing_if = "<[Str]>::is_empty")]
    pub(super) values: List<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) enum_renamed_from: Option<Str>,
    #[serde(default, skip_serializing_if = "<[FormerLabel]>::is_empty")]
    pub(super) former_labels: List<FormerLabel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) element: Option<Box<TypeDocument>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) native_type: Option<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) native_types: Option<NativeTypes>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum TypeName {
    String,
    Text,
    TinyInteger,
    Integer,
    BigInteger,
    SmallInteger,
    Float,
    Double,
    Numeric,
    Boolean,
    Date,
    Time,
    DateTime,
    #[serde(rename = "JSON")]
    Json,
    LargeBinary,
    #[serde(rename = "UUID")]
    Uuid,
    Enum,
    #[serde(rename = "ARRAY")]
    Array,
    Native,
}

/// The words for a type on some databases.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NativeTypes {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    postgres: Option<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mysql: Option<Str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sqlite: Option<Str>,
}

impl TypeDocument {
    fn named(name: TypeName) -> Self {
        Self {
            name,
            length: None,
            precision: None,
            scale: None,
            unsigned: false,
            time_zone: None,
            enum_name: None,
            values: List::Constant(&[]),
            enum_renamed_from: None,
            former_labels: List::Constant(&[]),
            element: None,
            native_type: None,
            native_types: None,
        }
    }

    pub(super) fn new(column_type: &ColumnType) -> Self {
        let named = Self::named;
        match column_type {
            ColumnType::String { length } => Self { length: *length, ..named(TypeName::String) },
            ColumnType::Text => named(TypeName::Text),
            ColumnType::TinyInteger => named(TypeName::TinyInteger),
            ColumnType::SmallInteger => named(TypeName::SmallInteger),
            ColumnType::Integer => named(TypeName::Integer),
            ColumnType::BigInteger => named(TypeName::BigInteger),
            ColumnType::Unsigned(size) => {
                let signed = match size {
                    IntegerSize::Tiny => TypeName::TinyInteger,
                    IntegerSize::Small => TypeName::SmallInteger,
                    IntegerSize::Normal => TypeName::Integer,
                    IntegerSize::Big => TypeName::BigInteger,
                };
                Self { unsigned: true, ..named(signed) }
            }
            ColumnType::Float => named(TypeName::Float),
            ColumnType::Double => named(TypeName::Double),
            ColumnType::Numeric { precision, scale } => {
                Self { precision: *precision, scale: *scale, ..named(TypeName::Numeric) }
            }
            ColumnType::Boolean => named(TypeName::Boolean),
            ColumnType::Date => named(TypeName::Date),
            ColumnType::Time => named(TypeName::Time),
            ColumnType::DateTime { time_zone } => Self { time_zone: Some(*time_zone), ..named(TypeName::DateTime) },
            ColumnType::Json => named(TypeName::Json),
            ColumnType::Binary => named(TypeName::LargeBinary),
            ColumnType::Uuid => named(TypeName::Uuid),
            ColumnType::Enum { name, values, renamed_from, former_labels } => Self {
                enum_name: Some(name.clone()),
                values: values.clone(),
                enum_renamed_from: renamed_from.clone(),
                former_labels: former_labels.clone(),
                ..named(TypeName::Enum)
            },
            ColumnType::Array { element } => {
                Self { element: element.first().map(|element| Box::new(Self::new(element))), ..named(TypeName::Array) }
            }
            ColumnType::PerDatabase { postgres, mysql, sqlite, otherwise } => {
                let native_types =
                    NativeTypes { postgres: postgres.clone(), mysql: mysql.clone(), sqlite: sqlite.clone() };
                let base = otherwise.first().map_or_else(|| named(TypeName::Native), Self::new);
                Self { native_types: Some(native_types), ..base }
            }
            ColumnType::Native(text) => Self { native_type: Some(text.clone()), ..named(TypeName::Native) },
        }
    }

    /// The type, or the key that is missing.
    pub(super) fn column_type(mut self) -> Result<ColumnType, &'static str> {
        let Some(native) = self.native_types.take() else { return self.portable() };
        let nameless = matches!(self.name, TypeName::Native) && self.native_type.is_none();
        let otherwise = if nameless { Vec::new() } else { vec![self.portable()?] };
        let NativeTypes { postgres, mysql, sqlite } = native;
        Ok(ColumnType::PerDatabase { postgres, mysql, sqlite, otherwise: otherwise.into() })
    }

    fn portable(self) -> Result<ColumnType, &'static str> {
        Ok(match self.name {
            TypeName::TinyInteger if self.unsigned => ColumnType::Unsigned(IntegerSize::Tiny),
            TypeName::SmallInteger if self.unsigned => ColumnType::Unsigned(IntegerSize::Small),
            TypeName::Integer if self.unsigned => ColumnType::Unsigned(IntegerSize::Normal),
            TypeName::BigInteger if self.unsigned => ColumnType::Unsigned(IntegerSize::Big),
            TypeName::String => ColumnType::String { length: self.length },
            TypeName::Text => ColumnType::Text,
            TypeName::TinyInteger => ColumnType::TinyInteger,
            TypeName::SmallInteger => ColumnType::SmallInteger,
            TypeName::Integer => ColumnType::Integer,
            TypeName::BigInteger => ColumnType::BigInteger,
            TypeName::Float => ColumnType::Float,
            TypeName::Double => ColumnType::Double,
            TypeName::Numeric => ColumnType::Numeric { precision: self.precision, scale: self.scale },
            TypeName::Boolean => ColumnType::Boolean,
            TypeName::Date => ColumnType::Date,
            TypeName::Time => ColumnType::Time,
            TypeName::DateTime => ColumnType::DateTime { time_zone: self.time_zone.unwrap_or(true) },
            TypeName::Json => ColumnType::Json,
            TypeName::LargeBinary => ColumnType::Binary,
            TypeName::Uuid => ColumnType::Uuid,
            TypeName::Enum => ColumnType::Enum {
                name: self.enum_name.ok_or("enum_name")?,
                values: if self.values.is_empty() { return Err("values") } else { self.values },
                renamed_from: self.enum_renamed_from,
                former_labels: self.former_labels,
            },
            TypeName::Array => {
                let element = self.element.ok_or("element")?.column_type()?;
                ColumnType::Array { element: vec![element].into() }
            }
            TypeName::Native => ColumnType::Native(self.native_type.ok_or("native_type")?),
        })
    }
}
