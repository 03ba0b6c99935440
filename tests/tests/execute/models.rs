//! Models with everything written out that the macros write elsewhere.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use cqrs_core::SqlType;
use cqrs_core::model::{ColumnValue, ColumnValues, Driver, EncodeError, Key, Keyed, ObjectModel, Patch, Read, Write};
use cqrs_core::schema::{Access, Column, ColumnType, List, PrimaryKey, Str, Table};
use rust_decimal::Decimal;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Severity {
    Low,
    VeryHigh,
}
cqrs_core::impl_sql_enum!(Severity, "Severity", { Low = "low", VeryHigh = "very high" });

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Mood {
    Calm,
    Angry,
}
cqrs_core::impl_sql_enum!(Mood, "mood", { Calm = "calm", Angry = "angry" });

#[derive(Debug, Clone, PartialEq, cqrs_core::SqlType)]
pub(crate) struct Code(pub(crate) String);

const fn table(
    schema: Option<&'static str>,
    name: &'static str,
    columns: &'static [Column],
    key: &'static [Str],
) -> Table {
    Table {
        schema: match schema {
            Some(schema) => Some(Cow::Borrowed(schema)),
            None => None,
        },
        name: Cow::Borrowed(name),
        columns: List::Constant(columns),
        primary_key: Some(PrimaryKey {
            name: None,
            columns: List::Constant(key),
            options: List::Constant(&[]),
            comment: None,
        }),
        uniques: List::Constant(&[]),
        indexes: List::Constant(&[]),
        foreign_keys: List::Constant(&[]),
        checks: List::Constant(&[]),
        exclusions: List::Constant(&[]),
        inherits: List::Constant(&[]),
        partition_bound: None,
        options: List::Constant(&[]),
        comment: None,
        depends_on: List::Constant(&[]),
        renamed_from: None,
        model: None,
    }
}

const COUNTED_ID: &[Column] = &[Column {
    name: Cow::Borrowed("id"),
    column_type: ColumnType::BigInteger,
    nullable: false,
    default: None,
    generated: None,
    auto_increment: true,
    collation: None,
    options: List::Constant(&[]),
    comment: None,
    renamed_from: None,
    backfill: None,
    sql_on: List::Constant(&[]),
    former_labels: List::Constant(&[]),
    access: Access::ReadWrite,
}];

/// A struct that is both write struct and patch. `Option` around a field: not set, left out.
macro_rules! values {
    ($type:ident of $model:ident { $($field:ident),* $(,)? }) => {
        impl Write for $type {
            type Model = $model;
        }
        impl Patch for $type {
            type Model = $model;
        }
        impl ColumnValues for $type {
            fn column_values(&self, driver: Driver) -> Result<Vec<ColumnValue>, EncodeError> {
                let mut values = Vec::new();
                $(if let Some(value) = &self.$field {
                    values.push((stringify!($field), value.to_value(driver)?));
                })*
                Ok(values)
            }
        }
    };
}

macro_rules! key {
    ($type:ident of $model:ident { $($field:ident: $field_type:ty),* }) => {
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct $type {
            $(pub(crate) $field: $field_type,)*
        }
        impl ColumnValues for $type {
            fn column_values(&self, driver: Driver) -> Result<Vec<ColumnValue>, EncodeError> {
                Ok(vec![$((stringify!($field), self.$field.to_value(driver)?)),*])
            }
        }
        cqrs_core::impl_from_row!($type { $($field: $field_type = stringify!($field)),* });
        impl Key for $type {
            type Model = $model;
        }
        impl Keyed for $model {
            type Key = $type;
        }
    };
}

macro_rules! read {
    ($type:ident of $model:ident { $($field:ident: $field_type:ty),* $(,)? }) => {
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct $type {
            $(pub(crate) $field: $field_type,)*
        }
        cqrs_core::impl_from_row!($type { $($field: $field_type = stringify!($field)),* });
        impl Read for $type {
            type Model = $model;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
        }
    };
}

/// One column of every type.
pub(crate) struct Sample;

impl ObjectModel for Sample {
    const TABLE_NAME: &'static str = "samples";
    const TABLE: &'static Table = &table(None, "samples", COUNTED_ID, &[Cow::Borrowed("id")]);
    type Write = SampleWrite;
    type Patch = SampleWrite;
    type Read = SampleRead;
}

key!(SampleKey of Sample { id: i64 });

#[derive(Debug, Clone, Default)]
pub(crate) struct SampleWrite {
    pub(crate) id: Option<i64>,
    pub(crate) flag: Option<Option<bool>>,
    pub(crate) small: Option<Option<i16>>,
    pub(crate) medium: Option<Option<i32>>,
    pub(crate) big: Option<Option<i64>>,
    pub(crate) single: Option<Option<f32>>,
    pub(crate) twice: Option<Option<f64>>,
    pub(crate) name: Option<Option<Code>>,
    pub(crate) bytes: Option<Option<Vec<u8>>>,
    pub(crate) moment: Option<Option<DateTime<Utc>>>,
    pub(crate) wall: Option<Option<NaiveDateTime>>,
    pub(crate) day: Option<Option<NaiveDate>>,
    pub(crate) clock: Option<Option<NaiveTime>>,
    pub(crate) amount: Option<Option<Decimal>>,
    pub(crate) token: Option<Option<Uuid>>,
    pub(crate) document: Option<Option<serde_json::Value>>,
    pub(crate) severity: Option<Option<Severity>>,
}
values!(SampleWrite of Sample {
    id, flag, small, medium, big, single, twice, name, bytes, moment, wall, day, clock, amount, token, document, severity,
});

read!(SampleRead of Sample {
    flag: Option<bool>,
    small: Option<i16>,
    medium: Option<i32>,
    big: Option<i64>,
    single: Option<f32>,
    twice: Option<f64>,
    name: Option<Code>,
    bytes: Option<Vec<u8>>,
    moment: Option<DateTime<Utc>>,
    wall: Option<NaiveDateTime>,
    day: Option<NaiveDate>,
    clock: Option<NaiveTime>,
    amount: Option<Decimal>,
    token: Option<Uuid>,
    document: Option<serde_json::Value>,
    severity: Option<Severity>,
});

read!(SampleName of Sample { id: i64, name: String });

/// A key of two columns, a foreign key, a check, a required column and a default.
pub(crate) struct Line;

impl ObjectModel for Line {
    const TABLE_NAME: &'static str = "lines";
    const TABLE: &'static Table = &table(None, "lines", &[], &[Cow::Borrowed("order_code"), Cow::Borrowed("position")]);
    type Write = LineWrite;
    type Patch = LineWrite;
    type Read = LineRead;
}

key!(LineKey of Line { order_code: Code, position: i32 });

#[derive(Debug, Clone, Default)]
pub(crate) struct LineWrite {
    pub(crate) order_code: Option<Code>,
    pub(crate) position: Option<i32>,
    pub(crate) sample_id: Option<Option<i64>>,
    pub(crate) quantity: Option<i32>,
    pub(crate) note: Option<String>,
}
values!(LineWrite of Line { order_code, position, sample_id, quantity, note });

read!(LineRead of Line { order_code: Code, position: i32, sample_id: Option<i64>, quantity: i32, note: String });

/// A table and an enum type outside the default schema (PostgreSQL).
pub(crate) struct MoodRow;

impl ObjectModel for MoodRow {
    const TABLE_NAME: &'static str = "moods";
    const TABLE: &'static Table = &table(Some("apart"), "moods", &[], &[Cow::Borrowed("id")]);
    type Write = MoodWrite;
    type Patch = MoodWrite;
    type Read = MoodRead;
}

key!(MoodKey of MoodRow { id: i64 });

#[derive(Debug, Default)]
pub(crate) struct MoodWrite {
    pub(crate) id: Option<i64>,
    pub(crate) mood: Option<Option<Mood>>,
}
values!(MoodWrite of MoodRow { id, mood });

read!(MoodRead of MoodRow { mood: Option<Mood> });

/// A table that no database has.
pub(crate) struct Missing;

impl ObjectModel for Missing {
    const TABLE_NAME: &'static str = "missing";
    const TABLE: &'static Table = &table(None, "missing", COUNTED_ID, &[Cow::Borrowed("id")]);
    type Write = MissingWrite;
    type Patch = MissingWrite;
    type Read = MissingRead;
}

key!(MissingKey of Missing { id: i64 });

#[derive(Debug, Default)]
pub(crate) struct MissingWrite {
    pub(crate) id: Option<i64>,
}
values!(MissingWrite of Missing { id });

read!(MissingRead of Missing { id: i64 });
