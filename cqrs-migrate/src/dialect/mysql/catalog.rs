//! Rows of the catalog -> Schema.

use std::collections::{BTreeMap, HashMap};

use cqrs_core::schema::{
    Check, Dependency, ForeignKey, Index, IndexKey, IndexPart, ObjectName, PrimaryKey, ReferentialAction, Schema,
    SortOrder, Str, Table, View,
};

use super::catalog_column::column;
use super::lower::as_unique;
use super::options::TableOptions;
use super::text::{comma_joins, literal, quote, tokens, unquote, without_database, without_outer_parentheses};
use crate::dialect::{HISTORY_TABLE, Introspected, NotManaged};
use crate::error::Error;

/// Everything that the queries yield.
#[derive(Debug)]
pub(super) struct Catalog {
    pub(super) mariadb: bool,
    pub(super) database: String,
    pub(super) collation: String,
    pub(super) tables: Vec<TableRow>,
    pub(super) columns: Vec<ColumnRow>,
    pub(super) statistics: Vec<StatisticRow>,
    pub(super) keys: Vec<KeyRow>,
    pub(super) rules: Vec<RuleRow>,
    pub(super) checks: Vec<CheckRow>,
    pub(super) views: Vec<ViewRow>,
    pub(super) objects: Vec<ObjectRow>,
    pub(super) partitions: Vec<PartitionRow>,
}

#[derive(Debug)]
pub(super) struct TableRow {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) engine: Option<String>,
    pub(super) collation: Option<String>,
    pub(super) options: String,
    pub(super) comment: String,
}

#[derive(Debug)]
pub(super) struct ColumnRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) column_type: String,
    pub(super) nullable: bool,
    pub(super) default: Option<String>,
    pub(super) collation: Option<String>,
    pub(super) extra: String,
    pub(super) expression: String,
    pub(super) comment: String,
}

#[derive(Debug)]
pub(super) struct StatisticRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) unique: bool,
    pub(super) column: Option<String>,
    pub(super) expression: Option<String>,
    pub(super) descending: bool,
    pub(super) prefix: Option<u32>,
    pub(super) method: String,
    pub(super) comment: String,
    pub(super) hidden: bool,
}

#[derive(Debug)]
pub(super) struct KeyRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) column: String,
    pub(super) referenced_database: String,
    pub(super) referenced_table: String,
    pub(super) referenced_column: String,
}

#[derive(Debug)]
pub(super) struct RuleRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) on_delete: String,
    pub(super) on_update: String,
}

#[derive(Debug)]
pub(super) struct CheckRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) of_column: bool,
    pub(super) expression: String,
    pub(super) enforced: bool,
}

#[derive(Debug)]
pub(super) struct ViewRow {
    pub(super) name: String,
    pub(super) query: String,
    pub(super) check_option: String,
    pub(super) security: String,
    pub(super) algorithm: String,
}

#[derive(Debug)]
pub(super) struct ObjectRow {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) table: Option<String>,
}

#[derive(Debug)]
pub(super) struct PartitionRow {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) subpartition: Option<String>,
    pub(super) method: String,
    pub(super) expression: String,
    pub(super) bound: Option<String>,
    pub(super) comment: String,
}

/// The `SHOW CREATE` text of the tables and views in [`Catalog::doubtful`].
#[derive(Debug, Default)]
pub(super) struct Exact {
    pub(super) definitions: HashMap<String, String>,
}

impl Exact {
    /// The expression as it really is: `????` in the catalog's text may stand for a character of four bytes.
    pub(super) fn expression(&self, owner: &str, expression: String) -> String {
        if !expression.contains("????") {
            return expression;
        }
        let definition = self.definitions.get(owner).map(String::as_str).unwrap_or_default();
        let found = definition.char_indices().find_map(|(at, _)| matched(&expression, &definition[at..]));
        found.map(str::to_owned).unwrap_or(expression)
    }

    /// The query of a view, without its check option.
    fn view_query(&self, view: &str) -> Option<&str> {
        let head = format!(" VIEW {} AS ", quote(view));
        let (_, query) = self.definitions.get(view)?.split_once(&head)?;
        let without_option = |words| query.strip_suffix(words);
        Some(
            without_option(" WITH CASCADED CHECK OPTION")
                .or_else(|| without_option(" WITH LOCAL CHECK OPTION"))
                .unwrap_or(query),
        )
    }

    fn has_period(&self, table: &str) -> bool {
        self.definitions.get(table).is_some_and(|definition| definition.contains("\n  PERIOD FOR "))
    }
}

/// The beginning of `text` that the catalog would show as `shown`.
fn matched<'t>(shown: &str, text: &'t str) -> Option<&'t str> {
    let mut rest = text.chars();
    let mut shown = shown;
    while let Some(expected) = shown.chars().next() {
        let found = rest.next()?;
        if found == expected {
            shown = &shown[expected.len_utf8()..];
        } else if found.len_utf8() == 4 {
            shown = shown.strip_prefix("????")?;
        } else {
            return None;
        }
    }
    Some(&text[..text.len() - rest.as_str().len()])
}

/// Rows by the table that they belong to.
pub(super) struct ByTable<'c, T>(HashMap<&'c str, Vec<&'c T>>);

impl<'c, T> ByTable<'c, T> {
    fn new(rows: &'c [T], table: impl Fn(&'c T) -> &'c str) -> Self {
        let mut groups: HashMap<&str, Vec<&T>> = HashMap::new();
        for row in rows {
            groups.entry(table(row)).or_default().push(row);
        }
        Self(groups)
    }

    fn of(&self, table: &str) -> &[&'c T] {
        self.0.get(table).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What is found besides the schema.
#[derive(Default)]
pub(super) struct Remarks(Vec<NotManaged>);

impl Remarks {
    pub(super) fn add(&mut self, kind: &'static str, name: impl Into<Str>, table: Option<&str>) {
        let table = table.map(|name| ObjectName::new(name.to_owned()));
        self.0.push(NotManaged { kind, name: name.into(), table });
    }
}

impl Catalog {
    /// Tables and views whose catalog text does not tell all, with the word after `SHOW CREATE`.
    pub(super) fn doubtful(&self) -> BTreeMap<&str, &'static str> {
        let mut names = BTreeMap::new();
        for row in &self.columns {
            if row.expression.contains("????") || row.default.as_ref().is_some_and(|default| default.contains("????")) {
                names.insert(row.table.as_str(), "TABLE");
            }
        }
        for row in &self.checks {
            if row.expression.contains("????") || self.mariadb && may_be_a_period(&row.expression) {
                names.insert(row.table.as_str(), "TABLE");
            }
        }
        for row in &self.views {
            names.remove(row.name.as_str());
            if row.query.contains('\'') {
                names.insert(row.name.as_str(), "VIEW");
            }
        }
        names
    }

    pub(super) fn into_schema(self, exact: &Exact) -> Result<Introspected, Error> {
        let mut remarks = Remarks::default();
        let mut schema = Schema::new();
        let columns = ByTable::new(&self.columns, |row| &row.table);
        let statistics = ByTable::new(&self.statistics, |row| &row.table);
        let keys = ByTable::new(&self.keys, |row| &row.table);
        let checks = ByTable::new(&self.checks, |row| &row.table);
        let partitions = ByTable::new(&self.partitions, |row| &row.table);
        for row in self.tables.iter().filter(|row| row.name != HISTORY_TABLE) {
            if let Some(kind) = unmanageable(row, columns.of(&row.name), exact) {
                remarks.add(kind, row.name.clone(), None);
                continue;
            }
            if row.kind == "VIEW" {
                continue;
            }
            let mut table = Table::new(row.name.clone());
            table.comment = Some(row.comment.clone()).filter(|comment| !comment.is_empty()).map(Str::Owned);
            table.options = self.options(row, partitions.of(&row.name), &mut remarks).into_list();
            let checks = checks.of(&row.name);
            let mut built = Vec::new();
            for found in columns.of(&row.name) {
                let own = checks.iter().find(|check| check.of_column && check.name == found.name).copied();
                built.push(column(&self, row, found, own, exact, &mut remarks)?);
            }
            table.columns = built.into();
            self.add_indexes(&mut table, row, statistics.of(&row.name), &mut remarks);
            table.foreign_keys = self.foreign_keys(keys.of(&row.name), &mut remarks)?.into();
            table.checks = self.table_checks(checks, exact, &mut remarks).into();
            schema.add_table(table);
        }
        self.add_views(&mut schema, &columns, exact, &mut remarks);
        self.add_objects(&mut remarks);
        remarks
            .0
            .sort_by(|left, right| (left.kind, &left.name, &left.table).cmp(&(right.kind, &right.name, &right.table)));
        Ok(Introspected { schema, not_managed: remarks.0 })
    }

    fn options(&self, row: &TableRow, partitions: &[&PartitionRow], remarks: &mut Remarks) -> TableOptions {
        let mut options = TableOptions::parse(&[row.options.clone().into()]);
        options.engine = row.engine.clone().filter(|engine| engine != "InnoDB");
        options.collation = row.collation.clone().filter(|collation| *collation != self.collation);
        options.versioned = row.kind == "SYSTEM VERSIONED";
        // What Aria says of every table.
        options.others.retain(|(key, value)| (key.as_str(), value.as_str()) != ("transactional", "1"));
        options.partition = partition_clause(partitions);
        if !partitions.is_empty() && options.partition.is_none() {
            remarks.add("partitions", row.name.clone(), Some(&row.name));
        }
        options
    }

    fn add_indexes(&self, table: &mut Table, row: &TableRow, statistics: &[&StatisticRow], remarks: &mut Remarks) {
        for parts in statistics.chunk_by(|left, right| left.name == right.name) {
            let index = index(row, parts, self);
            if parts[0].name != "PRIMARY" {
                match as_unique(&index) {
                    Some(unique) => table.uniques.to_mut().push(unique),
                    None => table.indexes.to_mut().push(index),
                }
                continue;
            }
            let columns: Vec<Str> = parts.iter().filter_map(|part| part.column.clone()).map(Str::Owned).collect();
            if as_unique(&index).is_none() {
                remarks.add(
                    "primary key with a prefix, an order, a method or a comment",
                    row.name.clone(),
                    Some(&row.name),
                );
            }
            table.primary_key = Some(PrimaryKey { name: None, columns: columns.into(), ..Default::default() });
        }
    }

    fn foreign_keys(&self, keys: &[&KeyRow], remarks: &mut Remarks) -> Result<Vec<ForeignKey>, Error> {
        let mut found = Vec::new();
        for parts in keys.chunk_by(|left, right| left.name == right.name) {
            let first = parts[0];
            if first.referenced_database != self.database {
                remarks.add("foreign key to another database", first.name.clone(), Some(&first.table));
                continue;
            }
            let rule = self.rules.iter().find(|rule| rule.table == first.table && rule.name == first.name);
            let action = |text: Option<&String>| {
                let action = text.and_then(|text| ReferentialAction::from_sql(text));
                match action {
                    // MySQL says so where nothing is written, and means the same (from the manual, not run).
                    Some(ReferentialAction::NoAction) if !self.mariadb => Ok(ReferentialAction::Restrict),
                    Some(action) => Ok(action),
                    None => Err(Error::Unreadable {
                        object: format!("foreign key `{}` of table `{}`", first.name, first.table),
                        reason: format!("unknown action `{}`", text.map(String::as_str).unwrap_or_default()),
                    }),
                }
            };
            found.push(ForeignKey {
                name: Some(first.name.clone().into()),
                columns: parts.iter().map(|part| part.column.clone().into()).collect(),
                references: ObjectName::new(first.referenced_table.clone()),
                referenced_columns: parts.iter().map(|part| part.referenced_column.clone().into()).collect(),
                on_delete: action(rule.map(|rule| &rule.on_delete))?,
                on_update: action(rule.map(|rule| &rule.on_update))?,
                ..ForeignKey::default()
            });
        }
        Ok(found)
    }

    fn table_checks(&self, checks: &[&CheckRow], exact: &Exact, remarks: &mut Remarks) -> Vec<Check> {
        let mut found = Vec::new();
        for row in checks.iter().filter(|row| !row.of_column) {
            if !row.enforced {
                remarks.add("check that is not enforced", row.name.clone(), Some(&row.table));
                continue;
            }
            let expression = exact.expression(&row.table, self.expression(&row.expression));
            found.push(Check {
                name: Some(row.name.clone().into()),
                expression: expression.into(),
                ..Default::default()
            });
        }
        found
    }

    /// An expression as the server prints it in `SHOW CREATE`. MySQL's catalog escapes quotes and backslashes once more,
    /// and puts parentheses around (from the manual, not run).
    pub(super) fn expression(&self, text: &str) -> String {
        let text = if self.mariadb { text.to_owned() } else { text.replace("\\'", "'") };
        let text = without_database(&text, &self.database).map_or(text, |(text, _)| text);
        without_outer_parentheses(&text).to_owned()
    }

    fn add_views(&self, schema: &mut Schema, columns: &ByTable<'_, ColumnRow>, exact: &Exact, remarks: &mut Remarks) {
        for row in &self.views {
            if row.query.is_empty() {
                remarks.add("view that needs the privilege SHOW VIEW", row.name.clone(), None);
                continue;
            }
            let Some((listed, names)) = without_database(&row.query, &self.database) else {
                remarks.add("view with an alias that is the database's name", row.name.clone(), None);
                continue;
            };
            let exactly = exact.view_query(&row.name).and_then(|query| without_database(query, &self.database));
            let mut query = comma_joins(&exactly.map_or(listed, |(query, _)| query));
            if row.check_option != "NONE" {
                query.push_str(&format!(" WITH {} CHECK OPTION", row.check_option));
            }
            let mut options = Vec::new();
            if row.algorithm != "UNDEFINED" {
                options.push(format!("ALGORITHM={}", row.algorithm));
            }
            if row.security != "DEFINER" {
                options.push(format!("SQL SECURITY {}", row.security));
            }
            let mut depends_on: Vec<ObjectName> = names
                .into_iter()
                .filter(|name| self.tables.iter().any(|table| table.name == *name))
                .map(ObjectName::new)
                .collect();
            depends_on.sort();
            depends_on.dedup();
            schema.add_view(View {
                name: ObjectName::new(row.name.clone()),
                query: query.into(),
                materialized: false,
                columns: columns.of(&row.name).iter().map(|column| column.name.clone().into()).collect(),
                depends_on: depends_on.iter().map(|name| Dependency::on(schema.relation(name))).collect(),
                options: options.into_iter().map(Str::from).collect(),
                ..View::default()
            });
        }
    }

    fn add_objects(&self, remarks: &mut Remarks) {
        for row in &self.objects {
            let kind = match row.kind.as_str() {
                "TRIGGER" => "trigger",
                "FUNCTION" => "function",
                "PROCEDURE" => "procedure",
                "PACKAGE" => "package",
                "PACKAGE BODY" => "package body",
                "EVENT" => "event",
                _ => "routine",
            };
            remarks.add(kind, row.name.clone(), row.table.as_deref());
        }
    }
}

/// Why an object is left out of the schema as a whole.
fn unmanageable(row: &TableRow, columns: &[&ColumnRow], exact: &Exact) -> Option<&'static str> {
    match row.kind.as_str() {
        "BASE TABLE" | "SYSTEM VERSIONED" => {}
        "VIEW" => return None,
        "SEQUENCE" => return Some("sequence"),
        _ => return Some("table of an unknown kind"),
    }
    let row_times = |column: &&ColumnRow| matches!(column.expression.as_str(), "ROW START" | "ROW END");
    if exact.has_period(&row.name) || columns.iter().any(row_times) {
        return Some("table with a period");
    }
    match row.engine.as_deref() {
        Some("InnoDB" | "MyISAM" | "Aria" | "MEMORY" | "ARCHIVE" | "CSV" | "BLACKHOLE" | "ROCKSDB" | "ndbcluster") => {
            None
        }
        _ => Some("table of a storage engine with settings of its own"),
    }
}

/// A period is stored as a check that compares two columns.
fn may_be_a_period(expression: &str) -> bool {
    let tokens = tokens(expression);
    matches!(tokens.as_slice(), [start, " ", "<", " ", end] if unquote(start).is_some() && unquote(end).is_some())
}

fn index(row: &TableRow, parts: &[&StatisticRow], catalog: &Catalog) -> Index {
    let first = parts[0];
    let memory = row.engine.as_deref() == Some("MEMORY");
    let method = match first.method.to_lowercase().as_str() {
        "btree" => memory.then_some("btree"),
        // MariaDB hashes a unique key that is too long for a tree, by itself.
        "hash" => (!memory && !first.unique).then_some("hash"),
        "fulltext" => Some("fulltext"),
        "spatial" => Some("spatial"),
        "vector" => Some("vector"),
        _ => Some("rtree"),
    };
    let special = matches!(method, Some("fulltext" | "spatial" | "vector"));
    let mut options = Vec::new();
    if !first.comment.is_empty() {
        options.push(format!("COMMENT {}", literal(&first.comment)));
    }
    if first.hidden {
        options.push(if catalog.mariadb { "IGNORED" } else { "INVISIBLE" }.to_owned());
    }
    let part = |row: &&StatisticRow| {
        let key = match (&row.column, &row.expression) {
            (Some(column), _) => IndexKey::Column(column.clone().into()),
            (None, expression) => {
                IndexKey::Expression(catalog.expression(expression.as_deref().unwrap_or_default()).into())
            }
        };
        let mut part = IndexPart::new(key);
        part.order = if row.descending { SortOrder::Descending } else { SortOrder::Ascending };
        part.prefix_length = row.prefix.filter(|_| !special);
        part
    };
    Index {
        name: Some(first.name.clone().into()),
        parts: parts.iter().map(part).collect(),
        unique: first.unique,
        method: method.map(Str::Borrowed),
        options: options.into_iter().map(Str::from).collect(),
        ..Index::default()
    }
}

/// What follows `PARTITION BY`. `None` for partitions that have partitions and those of a history.
/// <https://mariadb.com/kb/en/partitioning-types-overview/>
fn partition_clause(partitions: &[&PartitionRow]) -> Option<String> {
    let first = partitions.first()?;
    if first.subpartition.is_some() || first.method == "SYSTEM_TIME" {
        return None;
    }
    let head = format!("{} ({})", first.method, first.expression);
    let bounded = first.method.contains("RANGE") || first.method.contains("LIST");
    let numbered =
        partitions.iter().enumerate().all(|(at, row)| row.name == format!("p{at}") && row.comment.is_empty());
    if !bounded && numbered {
        // One is what the server makes where no number is given.
        let number = if partitions.len() == 1 { String::new() } else { format!(" PARTITIONS {}", partitions.len()) };
        return Some(head + &number);
    }
    let list: Option<Vec<String>> = partitions.iter().map(|row| partition(row, bounded)).collect();
    Some(format!("{head} ({})", list?.join(", ")))
}

fn partition(row: &PartitionRow, bounded: bool) -> Option<String> {
    let mut sql = format!("PARTITION {}", quote(&row.name));
    if bounded {
        let bound = row.bound.as_ref()?;
        sql.push_str(&match (row.method.as_str(), bound.as_str()) {
            (_, "DEFAULT") => " DEFAULT".to_owned(),
            ("RANGE", "MAXVALUE") => " VALUES LESS THAN MAXVALUE".to_owned(),
            ("RANGE" | "RANGE COLUMNS", _) => format!(" VALUES LESS THAN ({bound})"),
            _ => format!(" VALUES IN ({bound})"),
        });
    }
    if !row.comment.is_empty() {
        sql.push_str(&format!(" COMMENT = {}", literal(&row.comment)));
    }
    Some(sql)
}
