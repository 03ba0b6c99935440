//! A column's line in `SHOW CREATE TABLE` -> a column.

use cqrs_core::schema::{Column, ColumnType, DefaultValue, Generated, Str};

use super::options::NO_DEFAULT;
use super::printed_table::Server;
use super::reader::Reader;
use super::text::{
    byte_literal, has_bytes, has_collation, is_string, literal, normalize_type, quote, string_value, tokens, type_name,
};

/// What MariaDB makes of `json`: `longtext` in that collation, with a check of its own.
/// <https://mariadb.com/kb/en/json-data-type/>
const JSON_COLLATION: &str = "utf8mb4_bin";

/// The column, and what of its line no clause of ours stands for.
pub(super) fn column(server: &Server, table_collation: Option<&str>, mut line: Reader<'_>) -> (Column, Option<String>) {
    let name = line.name().unwrap_or_default();
    let native = normalize_type(column_type(&mut line).to_owned().into());
    let mut read = Read { nullable: true, ..Read::default() };
    while !line.is_end() {
        read.attribute(server, &native, &mut line);
    }

    let collation = server.collation_of(read.set.as_deref(), read.collation);
    let collation = collation.or_else(|| table_collation.map(str::to_owned)).filter(|_| has_collation(&native));
    let json_check = format!("json_valid({})", quote(&name));
    let is_json = native == "longtext"
        && collation.as_deref() == Some(JSON_COLLATION)
        && read.check.as_ref().is_some_and(|check| *check == json_check);
    read.options.extend(read.check.filter(|_| !is_json).map(|check| format!("CHECK ({check})")));
    // A column that may be null has the default NULL, unless that was dropped.
    // https://mariadb.com/kb/en/alter-table/#alter-column
    let computed = read.generated.is_some() || read.is_row_time || read.auto_increment;
    if server.mariadb && read.nullable && !read.has_default && !computed {
        read.options.push(NO_DEFAULT.to_owned());
    }
    read.options.sort();

    let mut column = Column::new(name, ColumnType::native(if is_json { "json".into() } else { native }));
    column.nullable = read.nullable && !read.is_row_time;
    column.auto_increment = read.auto_increment;
    column.collation = collation.filter(|it| !is_json && Some(it.as_str()) != table_collation).map(Str::Owned);
    column.comment = read.comment.map(Str::Owned);
    column.options = read.options.into_iter().map(Str::Owned).collect();
    column.generated = read.generated;
    column.default = read.default.map(|sql| DefaultValue::Expression(sql.into()));
    (column, (!read.unknown.is_empty()).then(|| read.unknown.join(" ")))
}

/// A word, its arguments, and the words that belong to a number's type.
fn column_type<'a>(line: &mut Reader<'a>) -> &'a str {
    let start = line.place();
    line.next();
    line.group();
    while line.is("unsigned") || line.is("zerofill") || line.is("precision") {
        line.next();
    }
    line.since(start)
}

#[derive(Default)]
struct Read {
    nullable: bool,
    auto_increment: bool,
    set: Option<String>,
    collation: Option<String>,
    generated: Option<Generated>,
    is_row_time: bool,
    has_default: bool,
    default: Option<String>,
    comment: Option<String>,
    check: Option<String>,
    options: Vec<String>,
    unknown: Vec<String>,
}

impl Read {
    /// <https://mariadb.com/kb/en/create-table/#column-options>,
    /// <https://dev.mysql.com/doc/refman/8.4/en/create-table.html>
    fn attribute(&mut self, server: &Server, native: &str, line: &mut Reader<'_>) {
        let start = line.place();
        if line.take("CHARACTER SET") {
            self.set = line.name();
        } else if line.take("COLLATE") {
            self.collation = line.name();
        } else if line.take("NOT NULL") {
            self.nullable = false;
        } else if line.take("NULL") {
            self.nullable = true;
        } else if line.take("DEFAULT") {
            self.has_default = true;
            self.default = default(server, native, line.value());
        } else if line.take("ON UPDATE") {
            self.options.push(format!("ON UPDATE {}", current_timestamp(line.value())));
        } else if line.take("AUTO_INCREMENT") {
            self.auto_increment = true;
        } else if line.take("COMMENT") {
            self.comment = line.string().filter(|comment| !comment.is_empty());
        } else if line.take("CHECK") {
            self.check = line.group().map(|check| server.expression(check));
        } else if line.take("GENERATED ALWAYS AS") || line.take("AS") {
            if let Some(expression) = line.group() {
                let stored = line.take("STORED") || line.take("PERSISTENT");
                line.take("VIRTUAL");
                self.generated = Some(Generated { expression: server.expression(expression).into(), stored });
            } else {
                line.next();
                line.next();
                self.is_row_time = true;
                self.options.push(line.since(start).to_uppercase());
            }
        } else if line.take("WITHOUT SYSTEM VERSIONING") || line.take("WITH SYSTEM VERSIONING") {
            self.options.push(line.since(start).to_uppercase());
        } else if line.take("SRID") || line.take("STORAGE") || line.take("COLUMN_FORMAT") {
            line.next();
            self.options.push(line.since(start).to_uppercase());
        } else if line.take("INVISIBLE") || line.take("COMPRESSED") || line.take("NOT SECONDARY") {
            self.options.push(line.since(start).to_uppercase());
        } else {
            line.next();
            if line.take("=") {
                line.value();
                self.options.push(line.since(start).to_owned());
            } else {
                self.unknown.push(line.since(start).to_owned());
            }
        }
    }
}

/// A default in one spelling. MySQL prints numbers in quotes, and the current time in another way than MariaDB (from the
/// manual, not run). `None` for `NULL`, which is no default.
fn default(server: &Server, native: &str, printed: &str) -> Option<String> {
    if printed.eq_ignore_ascii_case("NULL") {
        return None;
    }
    let number = type_name(native).ends_with("int") || matches!(type_name(native), "decimal" | "float" | "double");
    Some(match tokens(printed).as_slice() {
        [string] if is_string(string) => {
            let value = string_value(string)?;
            match () {
                () if number && !server.mariadb => value,
                () if has_bytes(&value) => byte_literal(&value),
                () => literal(&value),
            }
        }
        _ => current_timestamp(&server.expression(printed)),
    })
}

/// `CURRENT_TIMESTAMP` as MariaDB spells it; anything else as it is.
fn current_timestamp(printed: &str) -> String {
    match printed.to_lowercase().strip_prefix("current_timestamp") {
        Some("") => "current_timestamp()".to_owned(),
        Some(precision) if precision.starts_with('(') && precision.ends_with(')') => {
            format!("current_timestamp{precision}")
        }
        _ => printed.to_owned(),
    }
}
