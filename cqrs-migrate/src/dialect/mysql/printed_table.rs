//! `SHOW CREATE TABLE` -> a table.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cqrs_core::schema::{
    Check, Dependency, ForeignKey, Index, IndexKey, IndexPart, ObjectId, ObjectKind, ObjectName, PrimaryKey,
    ReferentialAction, SortOrder, Str, Table,
};

use super::lower::as_unique;
use super::options::{KEY_PARTS, TableOptions, WITHOUT_OVERLAPS};
use super::printed_column::column;
use super::reader::{Reader, is_number, without_comments};
use super::text::{
    has_bytes, needs_prefix, quote, string_value, type_name, without_database, without_outer_parentheses,
};

/// What the server says of itself, which is needed to understand what it prints.
#[derive(Debug, Default)]
pub(super) struct Server {
    pub(super) mariadb: bool,
    /// The database that the session is in.
    pub(super) database: String,
    /// Its collation.
    pub(super) collation: String,
    /// The collation that each character set has by itself.
    pub(super) collations: BTreeMap<String, String>,
}

impl Server {
    /// An expression with names as they are in every database.
    pub(super) fn expression(&self, text: &str) -> String {
        let text = without_database(text, &self.database).map_or_else(|| text.to_owned(), |(text, _)| text);
        without_outer_parentheses(&text).to_owned()
    }

    /// The collation that a definition names, or that its character set implies.
    pub(super) fn collation_of(&self, set: Option<&str>, collation: Option<String>) -> Option<String> {
        collation.or_else(|| self.collations.get(set?).cloned())
    }
}

/// A table, and what of its text no clause of ours stands for.
pub(super) struct PrintedTable {
    pub(super) table: Table,
    /// The kind of each, and its text.
    pub(super) unknown: Vec<(&'static str, String)>,
}

/// Reads the text of `SHOW CREATE TABLE`.
/// <https://mariadb.com/kb/en/show-create-table/>, <https://dev.mysql.com/doc/refman/8.4/en/show-create-table.html>
///
/// # Errors
/// What of the text is not understood.
pub(super) fn table(server: &Server, name: &str, printed: &str) -> Result<PrintedTable, String> {
    let unreadable = |line: &Reader<'_>| format!("what is `{}`", line.text());
    let printed = with_quoted_foreign_keys(printed);
    let (text, ignored) = without_comments(&printed);
    let mut reader = Reader::new(&text);
    while !reader.is_end() && reader.peek() != "(" {
        reader.next();
    }
    let items = reader.items().ok_or("the server prints no columns of it")?;
    let mut unknown: Vec<_> = ignored.into_iter().map(|text| ("option that the engine does not know", text)).collect();
    let mut table = Table::new(name.to_owned());
    let mut tail = tail(server, reader, &mut table, &mut unknown);
    let collation = tail.collation.clone();
    tail.collation = collation.clone().filter(|it| *it != server.collation);

    let mut keys = Vec::new();
    for mut line in items {
        if line.peek().starts_with('`') {
            let (column, strange) = column(server, collation.as_deref(), line);
            unknown.extend(strange.map(|text| ("column attribute", format!("{}: {text}", column.name))));
            table.columns.to_mut().push(column);
        } else if line.is("PERIOD FOR") {
            tail.periods.push(line.text().to_owned());
        } else if line.is("CONSTRAINT") || line.is("FOREIGN KEY") || line.is("CHECK") {
            constraint(server, &mut line, &mut table).ok_or_else(|| unreadable(&line))?;
        } else {
            keys.push(line);
        }
    }
    for mut line in keys {
        key(server, &mut line, &tail, &mut table).ok_or_else(|| unreadable(&line))?;
    }
    table.depends_on = needs(server, &table, &tail).into();
    table.options = tail.into_list();
    // A default is written in hexadecimal digits; nothing else can be.
    if has_bytes(&printed) && format!("{table:?}").contains("\\u{10ff") {
        unknown.push(("text that is not UTF-8", name.to_owned()));
    }
    Ok(PrintedTable { table, unknown })
}

/// MariaDB 10.11.14 prints the names in foreign keys, but for that of the table, as they are: others double their backticks.
fn with_quoted_foreign_keys(printed: &str) -> Cow<'_, str> {
    const START: &str = "\n  CONSTRAINT `";
    let mut items = printed.split(START);
    if items.clone().skip(1).all(|item| quoted_foreign_key(item).is_none()) {
        return Cow::Borrowed(printed);
    }
    let mut quoted = items.next().unwrap_or_default().to_owned();
    for item in items {
        quoted += START;
        quoted += &quoted_foreign_key(item).unwrap_or_else(|| item.to_owned());
    }
    Cow::Owned(quoted)
}

/// What follows the first backtick of a foreign key, where a name in it is not quoted.
fn quoted_foreign_key(item: &str) -> Option<String> {
    const COLUMNS: &str = "` FOREIGN KEY (`";
    const TABLE: &str = "`) REFERENCES ";
    const REFERENCED: &str = " (`";
    let (name, rest) = item.split_once(COLUMNS)?;
    let (columns, rest) = rest.split_once(TABLE)?;
    let (table, rest) = rest.split_once(REFERENCED)?;
    let (referenced, rest) = rest.split_once("`)")?;
    let is_quoted = |name: &str| !name.replace("``", "").contains('`');
    if [name].into_iter().chain(columns.split("`, `")).chain(referenced.split("`, `")).all(is_quoted) {
        return None;
    }
    let names = |list: &str| list.split("`, `").map(|name| name.replace('`', "``")).collect::<Vec<_>>().join("`, `");
    Some([&names(name), COLUMNS, &names(columns), TABLE, table, REFERENCED, &names(referenced), "`)", rest].concat())
}

/// What follows the parenthesis. The collation is the table's own, even where it is the database's too. A number that is an
/// option of the engine is printed in quotes where it was given so, and before MariaDB 10.11.14 always.
/// <https://mariadb.com/kb/en/engine-defined-new-tablefieldindex-attributes/>
fn tail(
    server: &Server,
    mut reader: Reader<'_>,
    table: &mut Table,
    unknown: &mut Vec<(&'static str, String)>,
) -> TableOptions {
    let mut options = TableOptions::default();
    let mut set = None;
    while !reader.is_end() {
        let start = reader.place();
        if reader.take("PARTITION BY") {
            options.partition = Some(partition_clause(reader.rest(), options.engine.as_deref().unwrap_or("InnoDB")));
            break;
        } else if reader.take("WITH SYSTEM VERSIONING") {
            options.versioned = true;
        } else if reader.take("DEFAULT") || reader.take(",") {
            // A word that means nothing.
        } else if reader.take("TABLESPACE") {
            let name = reader.name().unwrap_or_default();
            options.others.push(("TABLESPACE".to_owned(), quote(&name)));
        } else {
            let two_words = reader.is("DATA DIRECTORY") || reader.is("INDEX DIRECTORY") || reader.is("CHARACTER SET");
            reader.next();
            if two_words {
                reader.next();
            }
            let key = reader.since(start).to_owned();
            if !reader.take("=") && !reader.is("TABLESPACE") {
                unknown.push(("table option", key));
                continue;
            }
            match key.to_uppercase().as_str() {
                "COMMENT" => table.comment = reader.string().filter(|comment| !comment.is_empty()).map(Str::Owned),
                "AUTO_INCREMENT" => drop(reader.value()),
                "ENGINE" => options.engine = Some(reader.value().to_owned()).filter(|engine| engine != "InnoDB"),
                "CHARSET" | "CHARACTER SET" => set = Some(reader.value().to_owned()),
                "COLLATE" => options.collation = Some(reader.value().to_owned()),
                _ => {
                    let value = reader.value();
                    let number = string_value(value).filter(|text| key.starts_with('`') && is_number(text));
                    options.others.push((key, number.unwrap_or_else(|| server.expression_kept(value))));
                }
            }
        }
    }
    options.collation = server.collation_of(set.as_deref(), options.collation);
    options
}

impl Server {
    /// Without the database in front of names, and with its parentheses: `UNION=(`a`,`b`)`.
    fn expression_kept(&self, text: &str) -> String {
        without_database(text, &self.database).map_or_else(|| text.to_owned(), |(text, _)| text)
    }
}

/// What follows `PARTITION BY`, on one line and without the engine that each partition has from its table.
fn partition_clause(text: &str, engine: &str) -> String {
    let mut clause = String::with_capacity(text.len());
    let mut reader = Reader::new(text);
    let mut end = 0;
    while !reader.is_end() {
        let spaced = reader.place() > end;
        if reader.is(&format!("ENGINE = {engine}")) {
            for _ in 0..3 {
                reader.next();
            }
        } else {
            if spaced && !clause.is_empty() && !clause.ends_with('(') {
                clause.push(' ');
            }
            clause.push_str(reader.next());
        }
        end = reader.end();
    }
    clause
}

/// A key or index: a line that begins with what it is.
fn key(server: &Server, line: &mut Reader<'_>, options: &TableOptions, table: &mut Table) -> Option<()> {
    let mut index = Index::default();
    let mut is_primary = false;
    loop {
        let word = line.next().to_uppercase();
        match word.as_str() {
            "PRIMARY" => is_primary = true,
            "UNIQUE" => index.unique = true,
            "FULLTEXT" | "SPATIAL" | "VECTOR" => index.method = Some(word.to_lowercase().into()),
            "KEY" | "INDEX" => break,
            _ => return None,
        }
    }
    if !is_primary {
        index.name = Some(line.name()?.into());
    }
    let special = index.method.is_some();
    let mut clauses: Vec<String> = Vec::new();
    for part in line.items()? {
        if part.text().to_uppercase().ends_with(WITHOUT_OVERLAPS) {
            clauses.push(part.text().to_owned());
            continue;
        }
        let mut part = index_part(server, part)?;
        part.prefix_length = part.prefix_length.filter(|_| !special);
        index.parts.to_mut().push(part);
    }
    while !line.is_end() {
        let start = line.place();
        if line.take("USING") {
            let method = line.next().to_lowercase();
            // InnoDB has no other.
            if !(method == "btree" && options.engine.is_none()) {
                index.method = Some(method.into());
            }
        } else if line.take("COMMENT") {
            index.comment = line.string().filter(|comment| !comment.is_empty()).map(Str::Owned);
        } else if line.take("WITH PARSER") {
            clauses.push(format!("WITH PARSER {}", quote(&line.name()?)));
        } else {
            line.next();
            if line.take("=") {
                line.value();
            }
            clauses.push(line.since(start).to_owned());
        }
    }
    if index.method.as_deref() == Some("hash") && index.unique && is_long(&index, options, table) {
        index.method = None;
    }
    clauses.sort();
    if is_primary {
        table.primary_key = Some(primary_key(index, clauses));
        return Some(());
    }
    index.options = clauses.into_iter().map(Str::Owned).collect();
    match as_unique(&index) {
        Some(unique) => table.uniques.to_mut().push(unique),
        None => table.indexes.to_mut().push(index),
    }
    Some(())
}

fn index_part(server: &Server, mut reader: Reader<'_>) -> Option<IndexPart> {
    let key = match reader.group() {
        Some(expression) => IndexKey::Expression(server.expression(expression).into()),
        None => IndexKey::Column(reader.name()?.into()),
    };
    let mut part = IndexPart::new(key);
    part.prefix_length = reader.group().and_then(|length| length.parse().ok());
    if reader.take("DESC") {
        part.order = SortOrder::Descending;
    }
    Some(part)
}

/// A primary key has columns and nothing else in the schema's own fields: a prefix or an order is a clause.
fn primary_key(index: Index, mut clauses: Vec<String>) -> PrimaryKey {
    let plain = |part: &IndexPart| part.prefix_length.is_none() && part.order == SortOrder::Ascending;
    if !index.parts.iter().all(plain) {
        let parts: Vec<String> = index.parts.iter().map(super::render::index_part).collect();
        clauses.insert(0, format!("{KEY_PARTS}{})", parts.join(",")));
    }
    if let Some(method) = &index.method {
        clauses.push(format!("USING {}", method.to_uppercase()));
    }
    let name_of = |part: &IndexPart| match &part.key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expression(_) => None,
    };
    PrimaryKey {
        name: None,
        columns: index.parts.iter().filter_map(name_of).collect(),
        options: clauses.into_iter().map(Str::Owned).collect(),
        comment: index.comment,
    }
}

/// Whether MariaDB hashes the unique key by itself, because it is too long for a tree.
/// <https://mariadb.com/kb/en/getting-started-with-indexes/#unique-index>
fn is_long(index: &Index, options: &TableOptions, table: &Table) -> bool {
    let longest = match options.engine.as_deref() {
        None => 3072,
        Some("MyISAM") => 1000,
        Some(_) => 2300,
    };
    let mut bytes = 0;
    for part in index.parts.iter() {
        let IndexKey::Column(name) = &part.key else { return false };
        let Some(column) = table.column(name) else { return false };
        let native = column.column_type.native_text();
        if needs_prefix(native) && part.prefix_length.is_none() {
            return true;
        }
        let length = native.split(['(', ')']).nth(1).and_then(|length| length.parse::<u32>().ok()).unwrap_or_default();
        let collation = column.collation.as_deref().or(options.collation.as_deref()).unwrap_or("utf8mb4");
        let wide = match type_name(native) {
            "varchar" | "char" if collation.starts_with("utf8mb3") => 3,
            "varchar" | "char" if collation.starts_with("utf8mb4") => 4,
            _ => 1,
        };
        bytes += part.prefix_length.unwrap_or(length) * wide;
    }
    bytes > longest
}

/// A foreign key or check.
fn constraint(server: &Server, line: &mut Reader<'_>, table: &mut Table) -> Option<()> {
    let name = if line.take("CONSTRAINT") { Some(Str::Owned(line.name()?)) } else { None };
    if line.take("CHECK") {
        let expression = server.expression(line.group()?).into();
        let rest = line.rest().trim();
        let options = if rest.is_empty() { Vec::new() } else { vec![Str::Owned(rest.to_uppercase())] };
        table.checks.to_mut().push(Check { name, expression, options: options.into(), ..Check::default() });
        return Some(());
    }
    if !line.take("FOREIGN KEY") {
        return None;
    }
    let columns = names(line.items()?)?;
    if !line.take("REFERENCES") {
        return None;
    }
    let mut references = ObjectName::new(line.name()?);
    if line.take(".") {
        references = ObjectName { schema: Some(references.name), name: line.name()?.into() };
    }
    references.schema = references.schema.filter(|schema| *schema != server.database);
    let referenced_columns = names(line.items()?)?;
    // What nothing is written for. https://mariadb.com/kb/en/foreign-keys/#constraints
    let (mut on_delete, mut on_update) = (ReferentialAction::Restrict, ReferentialAction::Restrict);
    while line.take("ON") {
        let target = if line.take("DELETE") {
            &mut on_delete
        } else if line.take("UPDATE") {
            &mut on_update
        } else {
            return None;
        };
        let start = line.place();
        line.next();
        if !line.is_end() && !line.is("ON") {
            line.next();
        }
        *target = match ReferentialAction::from_sql(line.since(start))? {
            // MySQL means the same by both (from the manual, not run).
            ReferentialAction::NoAction if !server.mariadb => ReferentialAction::Restrict,
            action => action,
        };
    }
    let key = ForeignKey { name, columns, references, referenced_columns, on_delete, on_update, ..Default::default() };
    table.foreign_keys.to_mut().push(key);
    Some(())
}

fn names(items: Vec<Reader<'_>>) -> Option<cqrs_core::schema::List<Str>> {
    items.into_iter().map(|mut name| name.name().map(Str::Owned)).collect::<Option<Vec<_>>>().map(Into::into)
}

/// The sequences that its defaults read, and the tables that it is a union of.
fn needs(server: &Server, table: &Table, options: &TableOptions) -> Vec<Dependency> {
    let mut found = Vec::new();
    for column in table.columns.iter() {
        let default = super::render::default_text(column).unwrap_or_default();
        if !default.contains('(') {
            continue;
        }
        let mut reader = Reader::new(default);
        while !reader.is_end() {
            let word = reader.next().to_lowercase();
            if matches!(word.as_str(), "nextval" | "lastval" | "setval")
                && let Some(name) = reader.group().and_then(|arguments| Reader::new(arguments).name())
            {
                found.push(Dependency::on(ObjectId::new(ObjectKind::Sequence, ObjectName::new(name))));
            }
        }
    }
    let unions = options.others.iter().filter(|(key, _)| key.eq_ignore_ascii_case("UNION"));
    for (_, value) in unions {
        let tables = Reader::new(value).items().unwrap_or_default();
        let mut tables: Vec<_> = tables.into_iter().filter_map(|mut name| name.name()).collect();
        tables.retain(|name| *name != server.database);
        found.extend(tables.into_iter().map(|name| Dependency::on(ObjectId::table(ObjectName::new(name)))));
    }
    found.sort();
    found.dedup();
    found
}
