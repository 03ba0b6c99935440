//! The parts that `#[object_model]` puts its constants together from.

use std::borrow::Cow;
use std::marker::PhantomData;

use crate::model::{ColumnValue, Driver, EncodeError, Relation, SqlDecimal, SqlText, SqlType, ToValue};
use crate::schema::{
    Access, Column, ColumnSql, ColumnType, DefaultValue, Generated, List, Literal, ObjectName, Str, Table,
};

mod fields;
mod read_model;
mod sql_object;

pub use fields::{Assemble, FieldValue, Fields, NextValue, deserialize, filled};
pub use read_model::{Hidden, Reads, Shown, ShownBy, ViewBody, view};
pub use sql_object::{ObjectParts, sql_object};

/// A column of a model, with the type of its field, and whether queries return it. What `belongs_to = Model::field` refers
/// to, and what the field of a read model reads.
#[derive(Debug)]
pub struct Field<M, T, A = Shown> {
    /// The schema of the model's table.
    pub schema: Option<&'static str>,
    /// The model's table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    types: Types<M, T, A>,
}

type Types<M, T, A> = PhantomData<fn() -> (M, T, A)>;

impl<M, T, A> Field<M, T, A> {
    /// A column of a table.
    #[must_use]
    pub const fn new(schema: Option<&'static str>, table: &'static str, column: &'static str) -> Self {
        Self { schema, table, column, types: PhantomData }
    }

    /// The table that a foreign key of the type `F` refers to.
    #[must_use]
    pub const fn referred_by<F: References<T>>(self) -> ObjectName {
        ObjectName { schema: optional(self.schema), name: Cow::Borrowed(self.table) }
    }

    /// The column, read by a field of the type `F`.
    #[must_use]
    pub const fn read_by<F: Reads<T, M>>(self) -> &'static str
    where
        A: ShownBy<M>,
    {
        self.column
    }
}

/// A model's fields, spelled as the fields.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an object model",
    label = "`belongs_to` takes a field of a struct with `#[object_model]`, and `of` takes such a struct"
)]
pub trait HasColumns {
    /// A struct with the fields' names.
    type Fields;
    /// The model, or the view.
    type Model: Relation;
    /// The fields. What a model does not have is no second error on a value, as it would be on a type.
    const FIELDS: Self::Fields;
}

/// A field type that can refer to a column of that type: the same type, whether one or the other is an `Option` or not.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot refer to a column of type `{Target}`",
    label = "the field referred to has the type `{Target}`",
    note = "write `{Target}`, or `Option<{Target}>` where the reference may be missing"
)]
pub trait References<Target> {}
impl<T: SqlType> References<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: SqlType> References<T> for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: SqlType> References<Option<T>> for T {}

/// The values that a command sets, with the names of their columns.
///
/// # Errors
/// [`EncodeError`] where the database cannot hold a value exactly.
pub fn values(driver: Driver, given: &[(&'static str, Option<&dyn ToValue>)]) -> Result<Vec<ColumnValue>, EncodeError> {
    let mut values = Vec::with_capacity(given.len());
    for (column, value) in given {
        if let Some(value) = value {
            values.push((*column, value.to_value(driver)?));
        }
    }
    Ok(values)
}

/// A field type that the database can number.
#[diagnostic::on_unimplemented(
    message = "`auto_increment` is for whole numbers, which `{Self}` is not",
    label = "write `i64` or `i32`, or remove `auto_increment`"
)]
pub trait SqlInteger: SqlType {}
#[diagnostic::do_not_recommend]
impl SqlInteger for i8 {}
#[diagnostic::do_not_recommend]
impl SqlInteger for u8 {}
#[diagnostic::do_not_recommend]
impl SqlInteger for u16 {}
#[diagnostic::do_not_recommend]
impl SqlInteger for i16 {}
#[diagnostic::do_not_recommend]
impl SqlInteger for i32 {}
#[diagnostic::do_not_recommend]
impl SqlInteger for i64 {}
#[diagnostic::do_not_recommend]
impl SqlInteger for u32 {}
#[diagnostic::do_not_recommend]
impl SqlInteger for u64 {}

/// A field type that can count updates.
#[diagnostic::on_unimplemented(
    message = "`version` counts in whole numbers, which `{Self}` is not",
    label = "write `i64`, or remove `version`"
)]
pub trait SqlVersion: SqlType {}
#[diagnostic::do_not_recommend]
impl<T: SqlInteger> SqlVersion for T {}

/// `text`
#[must_use]
pub const fn text<T: SqlText>() -> ColumnType {
    ColumnType::Text
}

/// `length = n`
#[must_use]
pub const fn string<T: SqlText>(length: u32) -> ColumnType {
    ColumnType::String { length: Some(length) }
}

/// `precision = p, scale = s`
#[must_use]
pub const fn numeric<T: SqlDecimal>(precision: u32, scale: Option<u32>) -> ColumnType {
    ColumnType::Numeric { precision: Some(precision), scale }
}

/// `version`
#[must_use]
pub const fn version<T: SqlVersion>() -> ColumnType {
    T::TYPE
}

/// `column_type(postgres = "…", mysql = "…", sqlite = "…")`, `#[sql_type(…)]`
#[must_use]
pub const fn per_database<T: SqlType>(
    postgres: Option<&'static str>,
    mysql: Option<&'static str>,
    sqlite: Option<&'static str>,
) -> ColumnType {
    ColumnType::PerDatabase {
        postgres: optional(postgres),
        mysql: optional(mysql),
        sqlite: optional(sqlite),
        otherwise: List::Constant(T::TYPES),
    }
}

/// `auto_increment`
#[must_use]
pub const fn integer<T: SqlInteger>() -> ColumnType {
    T::TYPE
}

/// What few columns have.
#[derive(Debug, Clone, Copy)]
pub struct ColumnExtras {
    /// The expression that it is computed from, and whether it is stored.
    pub generated: Option<(&'static str, bool)>,
    /// Whether the database numbers the rows.
    pub auto_increment: bool,
    /// The collation.
    pub collation: Option<&'static str>,
    /// The name that it had before.
    pub renamed_from: Option<&'static str>,
    /// The SQL expression that fills it in the rows that are there.
    pub backfill: Option<&'static str>,
    /// The expressions that databases have of their own.
    pub sql_on: &'static [ColumnSql],
    /// Which side sees it.
    pub access: Access,
}

/// A column that has nothing but a name, a type and a comment.
#[must_use]
pub const fn column(
    name: &'static str,
    column_type: ColumnType,
    nullable: bool,
    comment: Option<&'static str>,
) -> Column {
    let extras = ColumnExtras {
        generated: None,
        auto_increment: false,
        collation: None,
        renamed_from: None,
        backfill: None,
        sql_on: &[],
        access: Access::ReadWrite,
    };
    column_with(name, column_type, nullable, comment, None, extras)
}

/// A column with everything that it can have.
#[must_use]
pub const fn column_with(
    name: &'static str,
    column_type: ColumnType,
    nullable: bool,
    comment: Option<&'static str>,
    default: Option<DefaultValue>,
    extras: ColumnExtras,
) -> Column {
    let generated = match extras.generated {
        Some((expression, stored)) => Some(Generated { expression: Cow::Borrowed(expression), stored }),
        None => None,
    };
    Column {
        name: Cow::Borrowed(name),
        column_type,
        nullable,
        default,
        generated,
        auto_increment: extras.auto_increment,
        collation: optional(extras.collation),
        options: List::Constant(&[]),
        comment: optional(comment),
        renamed_from: optional(extras.renamed_from),
        backfill: optional(extras.backfill),
        sql_on: List::Constant(extras.sql_on),
        former_labels: List::Constant(&[]),
        access: extras.access,
    }
}

const fn optional(text: Option<&'static str>) -> Option<Cow<'static, str>> {
    match text {
        Some(text) => Some(Cow::Borrowed(text)),
        None => None,
    }
}

/// Fails to compile where a column of the primary key may be null.
#[track_caller]
pub const fn assert_key(table: &Table, at: usize) {
    assert!(!declared(table, at).nullable, "a primary key is never null: its type cannot be an `Option`");
}

/// Fails to compile where a column's plain default is of another kind than the column.
#[track_caller]
pub const fn assert_default(table: &Table, at: usize) {
    let column = declared(table, at);
    if let Some(DefaultValue::Value(literal)) = &column.default
        && let Some(expected) = misfit(&column.column_type, literal)
    {
        panic!("{}", expected);
    }
}

const fn declared(table: &Table, at: usize) -> &Column {
    match &table.columns {
        List::Constant(columns) => &columns[at],
        List::Shared(_) => panic!("a table of a model is a constant"),
    }
}

/// What is wrong with a plain default of a column of that type, if something is.
pub(crate) const fn misfit(column_type: &ColumnType, literal: &Literal) -> Option<&'static str> {
    match (column_type, literal) {
        (ColumnType::Native(_) | ColumnType::PerDatabase { .. }, _)
        | (ColumnType::Boolean, Literal::Boolean(_))
        | (ColumnType::Float | ColumnType::Double | ColumnType::Numeric { .. }, Literal::Number(_)) => None,
        (
            ColumnType::TinyInteger
            | ColumnType::SmallInteger
            | ColumnType::Integer
            | ColumnType::BigInteger
            | ColumnType::Unsigned(_),
            Literal::Number(digits),
        ) => {
            let digits = match digits {
                Cow::Borrowed(digits) => digits.as_bytes(),
                Cow::Owned(digits) => digits.as_bytes(),
            };
            if !is_whole(digits) {
                Some("the default of this column is a whole number: write `default_value = 1`")
            } else if digits[0] == b'-' && matches!(column_type, ColumnType::Unsigned(_)) {
                Some("this column holds no negative numbers: write `default_value = 0`")
            } else {
                None
            }
        }
        (ColumnType::Boolean, _) => {
            Some("the default of this column is a boolean: write `default_value = true` or `default_value = false`")
        }
        (
            ColumnType::TinyInteger
            | ColumnType::SmallInteger
            | ColumnType::Integer
            | ColumnType::BigInteger
            | ColumnType::Unsigned(_)
            | ColumnType::Float
            | ColumnType::Double
            | ColumnType::Numeric { .. },
            _,
        ) => Some("the default of this column is a number: write `default_value = 1`"),
        (ColumnType::Enum { values: List::Constant(values), .. }, Literal::Text(Cow::Borrowed(label))) => {
            let expected = "the enum has no such label: write one as the database has it, which is `snake_case` of the variant unless `#[sql_enum]` says otherwise";
            if is_among(label, values) { None } else { Some(expected) }
        }
        (_, Literal::Text(_)) => None,
        _ => Some("the default of this column is text: write `default_value = \"…\"`"),
    }
}

const fn is_among(label: &str, values: &[Str]) -> bool {
    let mut at = 0;
    while at < values.len() {
        if let Cow::Borrowed(value) = &values[at]
            && is_equal(label.as_bytes(), value.as_bytes())
        {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_equal(left: &[u8], right: &[u8]) -> bool {
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

const fn is_whole(digits: &[u8]) -> bool {
    let mut at = 0;
    while at < digits.len() {
        if !digits[at].is_ascii_digit() && digits[at] != b'-' {
            return false;
        }
        at += 1;
    }
    true
}
