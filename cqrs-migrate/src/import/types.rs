//! Types of a database as Rust's.

use cqrs_core::schema::{Column, ColumnType, IntegerSize, PrimaryKey, Table};

use crate::dialect::Dialect;

/// The Rust type of a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RustType {
    /// As it stands in the struct, without `Option`.
    pub(super) name: String,
    /// What the file has to `use`.
    pub(super) imports: Vec<String>,
    /// The column that the type alone makes.
    pub(super) column_type: ColumnType,
}

/// What a field says of its column's type.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TypeAttribute {
    OfField,
    Text,
    Length(u32),
    Numeric(u32, Option<u32>),
    /// The database's own words.
    Native(String),
}

/// The most digits that a `rust_decimal::Decimal` always holds.
const DIGITS_OF_DECIMAL: u32 = 28;

impl RustType {
    pub(super) fn new(name: &str, imports: &[&str], column_type: ColumnType) -> Self {
        let imports = imports.iter().map(|import| (*import).to_owned()).collect();
        Self { name: name.to_owned(), imports, column_type }
    }

    fn vec(&self) -> Self {
        Self {
            name: format!("Vec<{}>", self.name),
            imports: self.imports.clone(),
            column_type: ColumnType::Array { element: vec![self.column_type.clone()].into() },
        }
    }
}

/// The Rust type that says the most of a column, and what has to be said besides.
pub(super) fn field_type(dialect: Dialect, table: &Table, column: &Column) -> (RustType, TypeAttribute) {
    let native = column.column_type.native_text();
    let portable = portable(dialect, native)
        .into_iter()
        .find(|(rust, attribute)| is_lowered_to(dialect, table, column, declared(rust, attribute)));
    portable.unwrap_or_else(|| {
        let rust = match dialect {
            Dialect::Postgres => of_postgres(native),
            Dialect::MySql => of_mysql(native),
            Dialect::Sqlite => of_sqlite(native),
        };
        (rust, TypeAttribute::Native(native.to_owned()))
    })
}

/// Whether a type of a field becomes the type that the column has.
pub(super) fn is_lowered_to(dialect: Dialect, table: &Table, column: &Column, declared: ColumnType) -> bool {
    let lowered =
        lowered(dialect, table, Column { column_type: declared, default: None, generated: None, ..column.clone() });
    lowered.is_some_and(|lowered| lowered.column_type == column.column_type)
}

/// A column as the database would have it.
pub(super) fn lowered(dialect: Dialect, table: &Table, column: Column) -> Option<Column> {
    let mut alone = Table::new(table.name.clone());
    alone.schema = table.schema.clone();
    if column.auto_increment {
        alone.primary_key = Some(PrimaryKey { columns: vec![column.name.clone()].into(), ..PrimaryKey::default() });
    }
    let column = Column { options: Vec::new().into(), ..column };
    alone.columns = vec![column].into();
    let lowered = dialect.rules().lower_table(&alone).ok()?;
    lowered.columns.first().cloned()
}

/// What a field of that type declares its column to be, with such an attribute.
pub(super) fn declared(rust: &RustType, attribute: &TypeAttribute) -> ColumnType {
    match attribute {
        TypeAttribute::OfField => rust.column_type.clone(),
        TypeAttribute::Text => ColumnType::Text,
        TypeAttribute::Length(length) => ColumnType::String { length: Some(*length) },
        TypeAttribute::Numeric(precision, scale) => ColumnType::Numeric { precision: Some(*precision), scale: *scale },
        TypeAttribute::Native(native) => {
            let words = || Some(native.clone().into());
            let otherwise = vec![rust.column_type.clone()].into();
            ColumnType::PerDatabase { postgres: words(), mysql: words(), sqlite: words(), otherwise }
        }
    }
}

pub(super) fn string() -> RustType {
    RustType::new("String", &[], ColumnType::String { length: None })
}

fn decimal(precision: Option<u32>) -> RustType {
    let column_type = ColumnType::Numeric { precision: None, scale: None };
    match precision {
        Some(digits) if digits > DIGITS_OF_DECIMAL => {
            RustType::new("BigDecimal", &["bigdecimal::BigDecimal"], column_type)
        }
        _ => RustType::new("Decimal", &["rust_decimal::Decimal"], column_type),
    }
}

fn moment() -> RustType {
    RustType::new("DateTime<Utc>", &["chrono::DateTime", "chrono::Utc"], ColumnType::DateTime { time_zone: true })
}

fn clock_reading() -> RustType {
    RustType::new("NaiveDateTime", &["chrono::NaiveDateTime"], ColumnType::DateTime { time_zone: false })
}

fn date() -> RustType {
    RustType::new("NaiveDate", &["chrono::NaiveDate"], ColumnType::Date)
}

fn time() -> RustType {
    RustType::new("NaiveTime", &["chrono::NaiveTime"], ColumnType::Time)
}

fn json() -> RustType {
    RustType::new("Value", &["serde_json::Value"], ColumnType::Json)
}

fn bytes() -> RustType {
    RustType::new("Vec<u8>", &[], ColumnType::Binary)
}

fn uuid() -> RustType {
    RustType::new("Uuid", &["uuid::Uuid"], ColumnType::Uuid)
}

fn integers() -> [RustType; 8] {
    [
        ("i64", ColumnType::BigInteger),
        ("i32", ColumnType::Integer),
        ("i16", ColumnType::SmallInteger),
        ("i8", ColumnType::TinyInteger),
        ("u32", ColumnType::Unsigned(IntegerSize::Normal)),
        ("u64", ColumnType::Unsigned(IntegerSize::Big)),
        ("u16", ColumnType::Unsigned(IntegerSize::Small)),
        ("u8", ColumnType::Unsigned(IntegerSize::Tiny)),
    ]
    .map(|(name, column_type)| RustType::new(name, &[], column_type))
}

fn integer(name: &str) -> RustType {
    let [first, rest @ ..] = integers();
    rest.into_iter().find(|integer| integer.name == name).unwrap_or(first)
}

fn boolean() -> RustType {
    RustType::new("bool", &[], ColumnType::Boolean)
}

fn single() -> RustType {
    RustType::new("f32", &[], ColumnType::Float)
}

fn double() -> RustType {
    RustType::new("f64", &[], ColumnType::Double)
}

/// The types that are the same on every database, those first that say more. Of two that one database spells alike, the
/// first is meant: sixteen bytes are bytes, unless the database itself knows what a UUID is.
fn portable(dialect: Dialect, native: &str) -> Vec<(RustType, TypeAttribute)> {
    let numbers = numbers(native);
    let of_field = |rust: RustType| (rust, TypeAttribute::OfField);
    let mut scalars: Vec<RustType> = integers().into();
    scalars.extend([boolean(), single(), double(), string(), date(), time(), clock_reading(), moment()]);
    let mut types: Vec<(RustType, TypeAttribute)> = scalars.iter().cloned().map(of_field).collect();
    types.push((string(), TypeAttribute::Text));
    if let Some(length) = numbers.first() {
        types.push((string(), TypeAttribute::Length(*length)));
        types.push((decimal(Some(*length)), TypeAttribute::Numeric(*length, numbers.get(1).copied())));
        // `decimal(10)` and `decimal(10,0)` are one.
        types.push((decimal(Some(*length)), TypeAttribute::Numeric(*length, None)));
    }
    types.extend([decimal(None), json(), bytes()].map(of_field));
    if dialect == Dialect::Postgres {
        scalars.extend([decimal(None), uuid()]);
        types.push(of_field(uuid()));
        let is_element = |rust: &&RustType| !matches!(rust.name.as_str(), "i8" | "u8" | "u16" | "u32" | "u64");
        types.extend(scalars.iter().filter(is_element).map(|rust| of_field(rust.vec())));
        types.extend(ranges().map(of_field));
        let inet = ColumnType::PerDatabase {
            postgres: Some("inet".into()),
            mysql: None,
            sqlite: None,
            otherwise: vec![ColumnType::String { length: Some(49) }].into(),
        };
        types.push(of_field(RustType::new("IpNetwork", &["ipnetwork::IpNetwork"], inet)));
    }
    types
}

/// <https://www.postgresql.org/docs/current/rangetypes.html>
fn ranges() -> impl Iterator<Item = RustType> {
    let elements = [
        ("int4range", integer("i32")),
        ("int8range", integer("i64")),
        ("numrange", decimal(None)),
        ("daterange", date()),
        ("tsrange", clock_reading()),
        ("tstzrange", moment()),
    ];
    elements.into_iter().map(|(name, of)| {
        let mut imports = of.imports.clone();
        imports.push("cqrs_core::types::Range".to_owned());
        let column_type = ColumnType::PerDatabase {
            postgres: Some(name.into()),
            mysql: None,
            sqlite: None,
            otherwise: Vec::new().into(),
        };
        RustType { name: format!("Range<{}>", of.name), imports, column_type }
    })
}

/// The numbers in the first parentheses: `numeric(12,2)` has 12 and 2.
fn numbers(native: &str) -> Vec<u32> {
    let inside = native.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(inside, _)| inside);
    inside.split(',').map_while(|number| number.trim().parse().ok()).collect()
}

/// The type without its numbers: `timestamp(3) with time zone` is `timestamp with time zone`.
fn bare(native: &str) -> String {
    let Some((before, rest)) = native.split_once('(') else { return native.to_owned() };
    let after = rest.split_once(')').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// What a value of such a type is cast to and from: text, unless there is something better.
fn of_postgres(native: &str) -> RustType {
    if let Some(element) = native.strip_suffix("[]") {
        let element = of_postgres(element);
        let is_element =
            !matches!(element.column_type, ColumnType::Json | ColumnType::Binary | ColumnType::Array { .. });
        return if is_element { element.vec() } else { string().vec() };
    }
    match bare(native).as_str() {
        "timestamp with time zone" => moment(),
        "timestamp without time zone" => clock_reading(),
        "time without time zone" => time(),
        "numeric" => decimal(numbers(native).first().copied()),
        "json" => json(),
        "oid" => integer("i64"),
        "boolean" => boolean(),
        "smallint" | "smallserial" => integer("i16"),
        "integer" | "serial" => integer("i32"),
        "bigint" | "bigserial" => integer("i64"),
        "real" => single(),
        "double precision" => double(),
        "date" => date(),
        "uuid" => uuid(),
        _ => string(),
    }
}

/// <https://dev.mysql.com/doc/refman/8.0/en/data-types.html>
fn of_mysql(native: &str) -> RustType {
    let unsigned = native.contains("unsigned");
    let whole = |signed, without_sign| integer(if unsigned { without_sign } else { signed });
    let name = native.split(['(', ' ']).next().unwrap_or_default();
    match name {
        "tinyint" => whole("i8", "u8"),
        "smallint" => whole("i16", "u16"),
        "mediumint" | "int" => whole("i32", "u32"),
        "bigint" => whole("i64", "u64"),
        "year" => integer("u16"),
        "bit" => integer("u64"),
        "float" => single(),
        "double" => double(),
        "decimal" => decimal(numbers(native).first().copied()),
        "date" => date(),
        "time" => time(),
        "datetime" => clock_reading(),
        "timestamp" => moment(),
        "json" => json(),
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" | "geometry" | "point"
        | "linestring" | "polygon" | "multipoint" | "multilinestring" | "multipolygon" | "geometrycollection" => {
            bytes()
        }
        _ => string(),
    }
}

/// By the affinity of the words, and the words themselves where it is that of a number.
/// <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>
fn of_sqlite(native: &str) -> RustType {
    let words = native.to_uppercase();
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if has(&["INT"]) {
        integer("i64")
    } else if has(&["CHAR", "CLOB", "TEXT", "STRING"]) {
        string()
    } else if words.is_empty() || has(&["BLOB"]) {
        bytes()
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        double()
    } else if has(&["BOOL"]) {
        boolean()
    } else if has(&["TIMESTAMP"]) {
        moment()
    } else if has(&["DATETIME"]) {
        clock_reading()
    } else if has(&["DATE"]) {
        date()
    } else if has(&["TIME"]) {
        time()
    } else if has(&["JSON"]) {
        json()
    } else {
        decimal(numbers(native).first().copied())
    }
}
