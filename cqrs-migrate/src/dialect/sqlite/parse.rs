//! `CREATE` statements as `sqlite_schema` keeps them -> schema types.

use std::borrow::Cow;

use cqrs_core::schema::{
    Check, Column, ColumnType, DefaultValue, Deferrable, ForeignKey, Generated, Index, IndexKey, IndexPart, MatchType,
    ObjectName, PrimaryKey, ReferentialAction, SortOrder, Str, Table, Unique, View,
};
use sqlite3_parser::ast::{
    self, Cmd, ColumnConstraint, ColumnDefinition, CreateTableBody, DeferSubclause, Expr, ForeignKeyClause,
    InitDeferredPred, Literal, NamedTableConstraint, RefAct, RefArg, ResolveType, SortedColumn, Stmt, TabFlags,
    TableConstraint,
};
use sqlite3_parser::lexer::sql::Parser;
use sqlite3_parser::{Bump, FallibleIterator};

use super::alter::has_rowid_column;
use super::lower::ROWID_ALIAS_TYPE;
use super::print::{self, Scope};
use super::render::{NUMBERED_KEY, default_clause, fuller, not_null_clause};
use super::words::{canonical_type, quote, quote_all, text, unquote};

/// A table, and what of it the schema types cannot say: kind and name.
pub(super) struct ParsedTable {
    pub(super) table: Table,
    pub(super) unsaid: Vec<(&'static str, String)>,
}

pub(super) fn table(name: &str, sql: &str) -> Result<ParsedTable, String> {
    with_statement(sql, |statement| match statement {
        Stmt::CreateTable { body: CreateTableBody::ColumnsAndConstraints { columns, constraints, flags }, .. } => {
            Some(TableReader::new(name, columns).read(columns, constraints.unwrap_or_default(), *flags))
        }
        _ => None,
    })
}

pub(super) fn index(name: &str, sql: &str, table: &Table) -> Result<Index, String> {
    let columns = column_names(table);
    let scope = Scope { table: &table.name, columns: &columns };
    with_statement(sql, |statement| match statement {
        Stmt::CreateIndex { unique, columns: parts, where_clause, .. } => Some(Index {
            name: Some(name.to_owned().into()),
            parts: parts.iter().map(|part| index_part(part, scope, table)).collect(),
            unique: *unique,
            method: None,
            predicate: where_clause.as_ref().map(|predicate| print::expression(predicate, scope).into()),
            include: Cow::Borrowed(&[]),
            nulls_not_distinct: false,
            ..Default::default()
        }),
        _ => None,
    })
}

/// A view without its columns, and the names that may be tables or views which it reads. A list of columns is part of the
/// query, so that [`View::columns`] need not be written down to make the view again.
pub(super) fn view(name: &str, sql: &str) -> Result<(View, Vec<String>), String> {
    with_statement(sql, |statement| match statement {
        Stmt::CreateView { columns, select, .. } => {
            let query = print::sql(*select, None);
            let query = match columns {
                None => query,
                Some(columns) => {
                    let columns: Vec<String> = columns.iter().map(|column| unquote(column.col_name.0)).collect();
                    let view = quote(name);
                    format!("WITH {view}({}) AS ({query}) SELECT * FROM {view}", quote_all(&columns))
                }
            };
            let view = View { name: ObjectName::new(name.to_owned()), query: query.into(), ..View::default() };
            Some((view, print::reads(*select)))
        }
        _ => None,
    })
}

fn with_statement<T>(sql: &str, read: impl FnOnce(&Stmt<'_>) -> Option<T>) -> Result<T, String> {
    let bump = Bump::new();
    match Parser::new(&bump, sql.as_bytes()).next() {
        Ok(Some(Cmd::Stmt(statement))) => read(&statement).ok_or_else(|| "it is another kind of statement".to_owned()),
        Ok(_) => Err("there is no statement".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn column_names(table: &Table) -> Vec<String> {
    table.columns.iter().map(|column| column.name.to_string()).collect()
}

struct TableReader {
    table: Table,
    columns: Vec<String>,
    unsaid: Vec<(&'static str, String)>,
}

impl TableReader {
    fn new(name: &str, columns: &[ColumnDefinition<'_>]) -> Self {
        let columns = columns.iter().map(|column| unquote(column.col_name.0)).collect();
        Self { table: Table::new(name.to_owned()), columns, unsaid: Vec::new() }
    }

    fn read(
        mut self,
        columns: &[ColumnDefinition<'_>],
        constraints: &[NamedTableConstraint<'_>],
        flags: TabFlags,
    ) -> ParsedTable {
        for definition in columns {
            let column = self.column(definition);
            self.table.columns.to_mut().push(column);
        }
        for constraint in constraints {
            self.table_constraint(constraint);
        }
        for (flag, option) in [(TabFlags::Strict, "STRICT"), (TabFlags::WithoutRowid, "WITHOUT ROWID")] {
            if flags.contains(flag) {
                self.table.options.to_mut().push(option.into());
            }
        }
        let without_rowid = flags.contains(TabFlags::WithoutRowid);
        if without_rowid {
            // There is no alias of the rowid here, so a plain NOT NULL needs no words of its own.
            let plain = |column: &Column| fuller(&not_null_clause(&column.name), "NOT NULL");
            let said: Vec<Str> = self.table.columns.iter().map(plain).collect();
            self.table.options.to_mut().retain(|option| !said.contains(option));
        }
        self.keys_are_not_null(without_rowid);
        ParsedTable { table: self.table, unsaid: self.unsaid }
    }

    /// Only the rowid's alias and the keys of tables without rowid are: <https://www.sqlite.org/quirks.html#primary_keys_can_sometimes_contain_nulls>.
    fn keys_are_not_null(&mut self, without_rowid: bool) {
        if let Some(key) = self.table.primary_key.clone()
            && (without_rowid || has_rowid_column(&self.table))
        {
            for column in self.table.columns.to_mut() {
                column.nullable &= !key.columns.contains(&column.name);
            }
        }
    }

    fn expression(&self, expression: &Expr<'_>) -> Str {
        print::expression(expression, Scope { table: &self.table.name, columns: &self.columns }).into()
    }

    /// A column's name as its definition spells it.
    fn spelled(&self, word: &str) -> Str {
        let name = unquote(word);
        let own = self.columns.iter().find(|column| column.eq_ignore_ascii_case(&name));
        own.cloned().unwrap_or(name).into()
    }

    fn column(&mut self, definition: &ColumnDefinition<'_>) -> Column {
        let name: Str = unquote(definition.col_name.0).into();
        let column_type = definition.col_type.as_ref().map(|declared| print::sql(declared, None)).unwrap_or_default();
        let mut column = Column::new(name.clone(), ColumnType::native(canonical_type(&column_type)));
        column.nullable = true;
        let mut not_null = false;
        for constraint in definition.constraints {
            let constraint_name: Option<Str> = constraint.name.as_ref().map(|name| unquote(name.0).into());
            match &constraint.constraint {
                ColumnConstraint::PrimaryKey { order, conflict_clause, auto_increment } => {
                    column.auto_increment = *auto_increment;
                    if *order == Some(ast::SortOrder::Desc) {
                        self.unsaid.push(("descending primary key", name.to_string()));
                    }
                    let (plain, numbering) = match auto_increment {
                        true => (NUMBERED_KEY.to_owned(), " AUTOINCREMENT"),
                        false => (format!("PRIMARY KEY ({})", quote(&name)), ""),
                    };
                    let bare = plain.strip_suffix(numbering).unwrap_or(&plain).to_owned();
                    self.conflict(*conflict_clause, &name, &plain, |conflict| format!("{bare}{conflict}{numbering}"));
                    self.table.primary_key = Some(PrimaryKey {
                        name: constraint_name,
                        columns: vec![name.clone()].into(),
                        ..Default::default()
                    });
                }
                ColumnConstraint::NotNull { nullable, conflict_clause } => {
                    column.nullable = *nullable;
                    let plain = not_null_clause(&name);
                    let named = constraint_name.as_ref().map(|name| format!("CONSTRAINT {} ", quote(name)));
                    let full = format!("{}NOT NULL{}", named.unwrap_or_default(), conflict_sql(*conflict_clause));
                    if full != "NOT NULL" {
                        self.table.options.to_mut().push(fuller(&plain, &full));
                    }
                    self.report_conflict(*conflict_clause, &name);
                    self.unsaid.extend(constraint_name.map(|name| ("name of a NOT NULL constraint", name.to_string())));
                    not_null = !*nullable;
                }
                ColumnConstraint::Unique(conflict_clause) => {
                    let plain = format!("UNIQUE ({})", quote(&name));
                    self.conflict(*conflict_clause, &name, &plain, |conflict| format!("{plain}{conflict}"));
                    let unique =
                        Unique { name: constraint_name, columns: vec![name.clone()].into(), ..Default::default() };
                    self.table.uniques.to_mut().push(unique);
                }
                ColumnConstraint::Check(condition) => {
                    let check =
                        Check { name: constraint_name, expression: self.expression(condition), ..Default::default() };
                    self.table.checks.to_mut().push(check);
                }
                ColumnConstraint::Default(value) => {
                    column.default = default(value);
                    if column.default.is_none() {
                        self.table.options.to_mut().push(fuller(&default_clause(&name), "DEFAULT NULL"));
                    }
                }
                ColumnConstraint::Defer(clause) => {
                    if let Some(key) = self.table.foreign_keys.to_mut().last_mut() {
                        key.deferrable = deferrable(Some(clause));
                    }
                }
                ColumnConstraint::Collate { collation_name } => column.collation = collation(collation_name.0),
                ColumnConstraint::ForeignKey { clause, defer_clause } => {
                    self.foreign_key(constraint_name, vec![name.clone()], clause, defer_clause.as_ref());
                }
                ColumnConstraint::Generated { expr, typ } => {
                    let stored = typ.as_ref().is_some_and(|kind| kind.0.eq_ignore_ascii_case("STORED"));
                    column.generated = Some(Generated { expression: self.expression(expr), stored });
                }
            }
        }
        // An alias of the rowid is not null without saying so.
        if not_null && column.column_type.native_text() == ROWID_ALIAS_TYPE && !self.has_option(&not_null_clause(&name))
        {
            self.table.options.to_mut().push(fuller(&not_null_clause(&name), "NOT NULL"));
        }
        column
    }

    fn has_option(&self, clause: &str) -> bool {
        self.table.options.iter().any(|option| option.starts_with(clause))
    }

    fn table_constraint(&mut self, constraint: &NamedTableConstraint<'_>) {
        let name: Option<Str> = constraint.name.as_ref().map(|name| unquote(name.0).into());
        match &constraint.constraint {
            TableConstraint::PrimaryKey { columns, auto_increment, conflict_clause } => {
                let columns = self.key("PRIMARY KEY", columns, *conflict_clause);
                if *auto_increment {
                    for column in self.table.columns.to_mut() {
                        column.auto_increment = columns.contains(&column.name);
                    }
                }
                self.table.primary_key = Some(PrimaryKey { name, columns: columns.into(), ..Default::default() });
            }
            TableConstraint::Unique { columns, conflict_clause } => {
                let columns = self.key("UNIQUE", columns, *conflict_clause);
                self.table.uniques.to_mut().push(Unique { name, columns: columns.into(), ..Default::default() });
            }
            TableConstraint::Check(condition, conflict_clause) => {
                let check = Check { name, expression: self.expression(condition), ..Default::default() };
                // SQLite reads the clause and ignores it: <https://www.sqlite.org/lang_conflict.html>.
                self.report_conflict(*conflict_clause, &check.expression);
                self.table.checks.to_mut().push(check);
            }
            TableConstraint::ForeignKey { columns, clause, defer_clause } => {
                let columns = columns.iter().map(|column| self.spelled(column.col_name.0)).collect();
                self.foreign_key(name, columns, clause, defer_clause.as_ref());
            }
        }
    }

    fn report_conflict(&mut self, how: Option<ResolveType>, name: &str) {
        if !conflict_sql(how).is_empty() {
            self.unsaid.push(("conflict clause", name.to_owned()));
        }
    }

    /// Keeps what a clause says with its `ON CONFLICT`.
    fn conflict(&mut self, how: Option<ResolveType>, name: &str, plain: &str, full: impl FnOnce(&str) -> String) {
        self.report_conflict(how, name);
        if !conflict_sql(how).is_empty() {
            self.table.options.to_mut().push(fuller(plain, &full(conflict_sql(how))));
        }
    }

    /// The columns of a primary key or unique constraint.
    fn key(&mut self, kind: &str, parts: &[SortedColumn<'_>], how: Option<ResolveType>) -> Vec<Str> {
        let mut columns = Vec::new();
        let mut in_full = Vec::new();
        for part in parts {
            let (key, collation) = key_and_collation(&part.expr);
            let column = name_of(key).map_or_else(|| print::sql(key, None).into(), |word| self.spelled(word));
            let mut full = quote(&column);
            if let Some(collation) = &collation {
                full.push_str(&format!(" COLLATE {}", quote(collation)));
            }
            if part.order == Some(ast::SortOrder::Desc) {
                full.push_str(" DESC");
            }
            if full != quote(&column) {
                self.unsaid.push(("order or collation of a key", full.clone()));
            }
            columns.push(column);
            in_full.push(full);
        }
        self.report_conflict(how, &columns.join(", "));
        let plain = format!("{kind} ({})", quote_all(&columns));
        let full = format!("{kind} ({}){}", in_full.join(", "), conflict_sql(how));
        if plain != full {
            self.table.options.to_mut().push(fuller(&plain, &full));
        }
        columns
    }

    fn foreign_key(
        &mut self,
        name: Option<Str>,
        columns: Vec<Str>,
        clause: &ForeignKeyClause<'_>,
        defer_clause: Option<&DeferSubclause>,
    ) {
        let mut key = ForeignKey {
            name,
            columns: columns.into(),
            references: ObjectName::new(unquote(clause.tbl_name.0)),
            referenced_columns: clause
                .columns
                .unwrap_or_default()
                .iter()
                .map(|column| Str::from(unquote(column.col_name.0)))
                .collect(),
            deferrable: deferrable(defer_clause),
            ..ForeignKey::default()
        };
        for argument in clause.args {
            match argument {
                RefArg::OnDelete(action) => key.on_delete = referential_action(*action),
                RefArg::OnUpdate(action) => key.on_update = referential_action(*action),
                RefArg::OnInsert(_) => self.unsaid.push(("ON INSERT of a foreign key", key.columns.join(", "))),
                RefArg::Match(kind) => match unquote(kind.0) {
                    kind if kind.eq_ignore_ascii_case("SIMPLE") => {}
                    kind if kind.eq_ignore_ascii_case("FULL") => key.match_type = MatchType::Full,
                    _ => self.unsaid.push(("MATCH of a foreign key", key.columns.join(", "))),
                },
            }
        }
        self.table.foreign_keys.to_mut().push(key);
    }
}

/// `ABORT` is what there is without a clause. <https://www.sqlite.org/lang_conflict.html>
fn conflict_sql(how: Option<ResolveType>) -> &'static str {
    match how {
        None | Some(ResolveType::Abort) => "",
        Some(ResolveType::Rollback) => " ON CONFLICT ROLLBACK",
        Some(ResolveType::Fail) => " ON CONFLICT FAIL",
        Some(ResolveType::Ignore) => " ON CONFLICT IGNORE",
        Some(ResolveType::Replace) => " ON CONFLICT REPLACE",
    }
}

fn referential_action(action: RefAct) -> ReferentialAction {
    match action {
        RefAct::SetNull => ReferentialAction::SetNull,
        RefAct::SetDefault => ReferentialAction::SetDefault,
        RefAct::Cascade => ReferentialAction::Cascade,
        RefAct::Restrict => ReferentialAction::Restrict,
        RefAct::NoAction => ReferentialAction::NoAction,
    }
}

/// <https://www.sqlite.org/foreignkeys.html#fk_deferred>
fn deferrable(clause: Option<&DeferSubclause>) -> Deferrable {
    match clause {
        None | Some(DeferSubclause { deferrable: false, .. }) => Deferrable::No,
        Some(DeferSubclause { init_deferred: Some(InitDeferredPred::InitiallyDeferred), .. }) => {
            Deferrable::InitiallyDeferred
        }
        Some(_) => Deferrable::InitiallyImmediate,
    }
}

/// `BINARY` is what there is without a collation.
fn collation(word: &str) -> Option<Str> {
    let name = unquote(word);
    if name.eq_ignore_ascii_case("BINARY") { None } else { Some(canonical_collation(name)) }
}

/// Names of collations are equal without regard to case.
fn canonical_collation(name: String) -> Str {
    ["BINARY", "NOCASE", "RTRIM"]
        .into_iter()
        .find(|built_in| built_in.eq_ignore_ascii_case(&name))
        .map_or(name.into(), Cow::Borrowed)
}

/// `DEFAULT NULL` is no default, and a bare word that is not `TRUE` or `FALSE` is text.
/// <https://www.sqlite.org/lang_createtable.html#the_default_clause>
fn default(value: &Expr<'_>) -> Option<DefaultValue> {
    if let Expr::Id(word) = value {
        let boolean = ["TRUE", "FALSE"].into_iter().find(|boolean| boolean.eq_ignore_ascii_case(word.0));
        return Some(DefaultValue::expression(boolean.map_or_else(|| text(&unquote(word.0)), str::to_owned)));
    }
    match print::without_parentheses(value) {
        Expr::Literal(Literal::Null) => None,
        value => Some(DefaultValue::expression(print::expression(value, Scope { table: "", columns: &[] }))),
    }
}

fn index_part(part: &SortedColumn<'_>, scope: Scope<'_>, table: &Table) -> IndexPart {
    let (key, part_collation) = key_and_collation(&part.expr);
    let column = name_of(key).and_then(|word| scope.column(&unquote(word))).and_then(|name| table.column(name));
    let mut index_part = IndexPart::new(match column {
        Some(column) => IndexKey::Column(column.name.clone()),
        None => IndexKey::Expression(print::expression(key, scope).into()),
    });
    let implied = column.and_then(|column| column.collation.clone()).unwrap_or(Cow::Borrowed("BINARY"));
    index_part.collation = part_collation.map(canonical_collation).filter(|own| !own.eq_ignore_ascii_case(&implied));
    if part.order == Some(ast::SortOrder::Desc) {
        index_part.order = SortOrder::Descending;
    }
    index_part
}

fn key_and_collation<'a, 'bump>(part: &'a Expr<'bump>) -> (&'a Expr<'bump>, Option<String>) {
    match print::without_parentheses(part) {
        Expr::Collate(inner, collation) => (print::without_parentheses(inner), Some(unquote(collation))),
        plain => (plain, None),
    }
}

/// The word of an expression that is a name only. A string counts where a name is expected.
/// <https://www.sqlite.org/lang_keywords.html>
fn name_of<'bump>(expression: &Expr<'bump>) -> Option<&'bump str> {
    match expression {
        Expr::Id(word) => Some(word.0),
        Expr::Name(word) => Some(word.0),
        Expr::Literal(Literal::String(word)) => Some(word),
        _ => None,
    }
}
