use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, ExprUnary, Ident, Lit, LitInt, LitStr, Meta, Path, UnOp};

use crate::entry::{Entry, Once, Value, entries};
use crate::errors::Errors;
use crate::names::did_you_mean;
use crate::native::{NativeTypes, SqlTexts};

pub(crate) const ATTRIBUTES: [&str; 28] = [
    "primary_key",
    "auto_increment",
    "unique",
    "unique_key",
    "indexed",
    "column_name",
    "column_type",
    "length",
    "precision",
    "scale",
    "text",
    "default_value",
    "default_expr",
    "backfill",
    "generated",
    "virtual",
    "belongs_to",
    "on_delete",
    "on_update",
    "deferrable",
    "renamed_from",
    "check",
    "collation",
    "comment",
    "read_only",
    "write_only",
    "version",
    "skip",
];

/// What a version cannot be besides.
const NO_VERSION: [&str; 6] = ["primary_key", "auto_increment", "generated", "default_expr", "belongs_to", "unique"];

/// The attributes of a field, as written.
#[derive(Default)]
pub struct ColumnAttributes {
    /// Part of the primary key.
    pub primary_key: Option<Ident>,
    /// Numbered by the database.
    pub auto_increment: Option<Ident>,
    /// A unique constraint of its own.
    pub unique: Option<Ident>,
    /// The group of fields that are unique together.
    pub unique_key: Option<LitStr>,
    /// An index of its own.
    pub indexed: Option<Ident>,
    /// The column's name, where it is not the field's.
    pub column_name: Option<LitStr>,
    /// The type in the database's own words.
    pub column_type: Option<LitStr>,
    /// The type in the words of some databases: `column_type(postgres = "…")`.
    pub native_types: Option<NativeTypes>,
    /// The longest text.
    pub length: Option<LitInt>,
    /// Digits in all.
    pub precision: Option<LitInt>,
    /// Digits after the point.
    pub scale: Option<LitInt>,
    /// Text without a bound.
    pub text: Option<Ident>,
    /// A plain value as the default.
    pub default_value: Option<DefaultValue>,
    /// An SQL expression as the default.
    pub default_expr: Option<SqlTexts>,
    /// The SQL expression that fills it in the rows that are there.
    pub backfill: Option<SqlTexts>,
    /// The SQL expression that it is computed from.
    pub generated: Option<LitStr>,
    /// Computed when read, not stored.
    pub is_virtual: Option<Ident>,
    /// The field of another model that it refers to, and what happens to it.
    pub belongs_to: Option<ForeignKey>,
    /// What happens when the row referred to is deleted.
    pub on_delete: Option<(Ident, ReferentialAction)>,
    /// What happens when the key referred to changes.
    pub on_update: Option<(Ident, ReferentialAction)>,
    /// Whether a transaction may defer the check, and whether it does by itself.
    pub deferrable: Option<Deferrable>,
    /// The name that the column had before.
    pub renamed_from: Option<LitStr>,
    /// An SQL condition that every row meets.
    pub check: Option<LitStr>,
    /// The collation.
    pub collation: Option<LitStr>,
    /// The comment, instead of the doc comment.
    pub comment: Option<LitStr>,
    /// No command sets it.
    pub read_only: Option<Ident>,
    /// No query returns it.
    pub write_only: Option<Ident>,
    /// Counted up by each update, which must name the version that was read.
    pub version: Option<Ident>,
    /// No column at all.
    pub skip: Option<Ident>,
}

/// `belongs_to = path::Model::field`.
#[derive(Clone)]
pub struct ForeignKey {
    /// The model referred to.
    pub model: Path,
    /// Its field.
    pub field: Ident,
}

/// `cascade`, `restrict`, ….
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferentialAction {
    /// `no_action`
    NoAction,
    /// `restrict`
    Restrict,
    /// `cascade`
    Cascade,
    /// `set_null`
    SetNull,
    /// `set_default`
    SetDefault,
}

impl ReferentialAction {
    const ALL: [(&str, Self); 5] = [
        ("cascade", Self::Cascade),
        ("restrict", Self::Restrict),
        ("set_null", Self::SetNull),
        ("set_default", Self::SetDefault),
        ("no_action", Self::NoAction),
    ];
}

/// When a foreign key is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deferrable {
    /// `deferrable`, `deferrable = initially_immediate`: at each statement, unless a transaction defers it.
    InitiallyImmediate,
    /// `deferrable = initially_deferred`: at commit.
    InitiallyDeferred,
}

/// Which side of the model sees a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Both.
    ReadWrite,
    /// Queries.
    ReadOnly,
    /// Commands.
    WriteOnly,
    /// Queries; each update counts it up.
    Version,
}

/// A literal in a declaration, and where it stands.
pub struct DefaultValue {
    pub(crate) literal: Literal,
    /// Where it stands.
    pub span: Span,
}

#[derive(Clone)]
pub(crate) enum Literal {
    Boolean(bool),
    Number(String),
    Text(String),
}

impl ColumnAttributes {
    /// Which side of the model sees it.
    #[must_use]
    pub fn access(&self) -> Access {
        if self.version.is_some() {
            return Access::Version;
        }
        match (&self.read_only, &self.write_only) {
            (Some(_), _) => Access::ReadOnly,
            (None, Some(_)) => Access::WriteOnly,
            (None, None) => Access::ReadWrite,
        }
    }

    /// Reads the `#[column]`s among the attributes.
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut column = Self::default();
        let (mut once, mut written) = (Once::default(), Vec::new());
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("column")) {
            let Meta::List(list) = &attribute.meta else {
                errors.at(attribute, "`#[column]` says nothing: write `#[column(…)]`, or remove it");
                continue;
            };
            for entry in entries(list.tokens.clone(), errors) {
                if once.check(&entry, errors) {
                    column.set(&entry, errors);
                    written.push(entry.name);
                }
            }
        }
        column.check_conflicts(&written, errors);
        column
    }

    fn set(&mut self, entry: &Entry, errors: &mut Errors) {
        let mut flag = |slot: &mut Option<Ident>| {
            if entry.flag(errors) {
                *slot = Some(entry.name.clone());
            }
        };
        match entry.name.to_string().as_str() {
            "primary_key" => flag(&mut self.primary_key),
            "auto_increment" => flag(&mut self.auto_increment),
            "unique" => flag(&mut self.unique),
            "indexed" => flag(&mut self.indexed),
            "text" => flag(&mut self.text),
            "virtual" => flag(&mut self.is_virtual),
            "read_only" => flag(&mut self.read_only),
            "write_only" => flag(&mut self.write_only),
            "version" => flag(&mut self.version),
            "skip" => flag(&mut self.skip),
            "unique_key" => self.unique_key = entry.text(errors),
            "column_name" => self.column_name = entry.text(errors),
            "column_type" => match &entry.value {
                Value::List(list) => self.native_types = NativeTypes::parse(list.clone(), errors),
                _ => self.column_type = entry.text(errors),
            },
            "default_expr" => self.default_expr = SqlTexts::of(entry, errors),
            "backfill" => self.backfill = SqlTexts::of(entry, errors),
            "generated" => self.generated = entry.text(errors),
            "renamed_from" => self.renamed_from = entry.text(errors),
            "check" => self.check = entry.text(errors),
            "collation" => self.collation = entry.text(errors),
            "comment" => self.comment = entry.text(errors),
            "length" => self.length = positive(entry, errors),
            "precision" => self.precision = positive(entry, errors),
            "scale" => self.scale = entry.number(errors),
            "default_value" => self.default_value = default_value(entry, errors),
            "belongs_to" => self.belongs_to = belongs_to(entry, errors),
            "on_delete" => self.on_delete = action(entry, errors),
            "on_update" => self.on_update = action(entry, errors),
            "deferrable" => self.deferrable = deferrable(entry, errors),
            _ => unknown(&entry.name, errors),
        }
    }

    fn check_conflicts(&self, written: &[Ident], errors: &mut Errors) {
        let find = |name: &str| written.iter().find(|word| *word == name);
        if let Some(skip) = &self.skip {
            for word in written.iter().filter(|word| *word != skip) {
                errors.at(word, format!("a skipped field is no column: remove `{word}`, or `skip`"));
            }
            return;
        }
        exclusive("say the column's type", &["column_type", "text", "length", "precision"], written, errors);
        let values = ["auto_increment", "generated", "default_expr", "default_value"];
        exclusive("say where the column's value comes from", &values, written, errors);
        exclusive("take one side of the column away", &["read_only", "write_only", "version"], written, errors);
        if let Some(version) = &self.version {
            for word in written.iter().filter(|word| NO_VERSION.iter().any(|name| *word == name)) {
                errors.at(word, format!("`{version}` is counted by updates: remove `{word}`, or `{version}`"));
            }
        }
        if let (Some(scale), None) = (find("scale"), find("precision")) {
            errors.at(scale, "`scale` needs `precision`: write `precision = 12, scale = 2`");
        }
        if let (Some(scale), Some(precision)) = (&self.scale, &self.precision)
            && scale.base10_parse::<u32>().ok() > precision.base10_parse::<u32>().ok()
        {
            errors.at(scale, "`scale` is the digits after the point, and cannot be more than `precision`, all digits");
        }
        if let (Some(word), None) = (find("virtual"), find("generated")) {
            errors.at(word, "`virtual` is for a generated column: write `generated = \"…\", virtual`");
        }
        for name in ["generated", "auto_increment"] {
            if let (Some(word), Some(_)) = (find("backfill"), find(name)) {
                errors.at(word, format!("the database itself fills a column that is `{name}`: remove `backfill`"));
            }
        }
        for name in ["on_delete", "on_update", "deferrable"] {
            if let (Some(word), None) = (find(name), find("belongs_to")) {
                errors.at(word, format!("`{name}` needs `belongs_to`: write `belongs_to = Other::field`"));
            }
        }
    }
}

/// At most one of these may be written; each further one is an error on its name.
pub(crate) fn exclusive(what: &str, names: &[&str], written: &[Ident], errors: &mut Errors) {
    let mut present = written.iter().filter(|word| names.iter().any(|name| *word == name));
    let Some(first) = present.next() else { return };
    for word in present {
        errors.at(word, format!("`{first}` and `{word}` both {what}: keep one"));
    }
}

fn unknown(name: &Ident, errors: &mut Errors) {
    let written = name.to_string();
    let message = match written.as_str() {
        "nullable" | "not_null" => {
            format!("unknown attribute `{name}`: a column is nullable where its type is `Option<…>`, and not otherwise")
        }
        other => match elsewhere(other) {
            Some(meant) => format!("unknown attribute `{name}` of a column, did you mean `{meant}`?"),
            None => format!("unknown attribute `{name}` of a column{}", did_you_mean(&written, ATTRIBUTES)),
        },
    };
    errors.at(name, message);
}

/// What others call it.
fn elsewhere(name: &str) -> Option<&'static str> {
    Some(match name {
        "pk" | "id" => "primary_key",
        "identity" | "serial" => "auto_increment",
        "index" => "indexed",
        "references" | "foreign_key" | "fk" => "belongs_to",
        "name" | "rename" => "column_name",
        "type" | "sql_type" | "db_type" => "column_type",
        "size" | "max_length" | "max_len" => "length",
        "default" => "default_value",
        "computed" => "generated",
        "ignore" | "transient" => "skip",
        _ => return None,
    })
}

pub(crate) fn positive(entry: &Entry, errors: &mut Errors) -> Option<LitInt> {
    let number = entry.number(errors)?;
    if number.base10_digits() == "0" {
        errors.at(&number, format!("`{}` is at least 1", entry.name));
        return None;
    }
    Some(number)
}

fn default_value(entry: &Entry, errors: &mut Errors) -> Option<DefaultValue> {
    let expr = entry.expr("1", errors)?;
    let literal = match expr {
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match &**expr {
            Expr::Lit(ExprLit { lit, .. }) => number(lit).map(|digits| Literal::Number(format!("-{digits}"))),
            _ => None,
        },
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Some(Literal::Boolean(value.value)),
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(Literal::Text(text.value())),
        Expr::Lit(ExprLit { lit, .. }) => number(lit).map(Literal::Number),
        _ => None,
    };
    if literal.is_none() {
        errors.at(
            expr,
            "`default_value` takes a string, a number or a boolean; an SQL expression is `default_expr = \"…\"`",
        );
    }
    Some(DefaultValue { literal: literal?, span: expr.span() })
}

/// The digits as written, without `_` and the type's suffix.
fn number(literal: &Lit) -> Option<String> {
    match literal {
        Lit::Int(number) => Some(number.base10_digits().to_owned()),
        Lit::Float(number) => Some(number.base10_digits().to_owned()),
        _ => None,
    }
}

pub(crate) fn belongs_to(entry: &Entry, errors: &mut Errors) -> Option<ForeignKey> {
    let expr = entry.expr("Other::field", errors)?;
    let target = match expr {
        Expr::Path(path) if path.qself.is_none() => split_field(&path.path),
        _ => None,
    };
    if target.is_none() {
        errors.at(expr, format!("`{0}` takes a field of another model: write `{0} = Other::field`", entry.name));
    }
    target
}

fn split_field(path: &Path) -> Option<ForeignKey> {
    let mut model = path.clone();
    let field = model.segments.pop()?.into_value();
    let last = model.segments.pop()?.into_value();
    model.segments.push(last);
    (field.arguments.is_none()).then_some(ForeignKey { model, field: field.ident })
}

pub(crate) fn deferrable(entry: &Entry, errors: &mut Errors) -> Option<Deferrable> {
    let word = match &entry.value {
        Value::Flag => return Some(Deferrable::InitiallyImmediate),
        Value::Expr(expr) => match &**expr {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        },
        Value::List(_) => None,
    };
    match word.map(ToString::to_string).as_deref() {
        Some("initially_immediate") => Some(Deferrable::InitiallyImmediate),
        Some("initially_deferred") => Some(Deferrable::InitiallyDeferred),
        _ => {
            let message = "`deferrable` says when: write `deferrable`, or `deferrable = initially_deferred`";
            match &entry.value {
                Value::Expr(expr) => errors.at(expr, message),
                _ => errors.at(&entry.name, message),
            }
            None
        }
    }
}

pub(crate) fn action(entry: &Entry, errors: &mut Errors) -> Option<(Ident, ReferentialAction)> {
    let expr = entry.expr("cascade", errors)?;
    let words = ReferentialAction::ALL.map(|(word, _)| word);
    if let Expr::Path(path) = expr
        && let Some(word) = path.path.get_ident()
    {
        let found = ReferentialAction::ALL.into_iter().find(|(name, _)| word == name);
        if found.is_none() {
            let help = did_you_mean(&word.to_string(), words);
            errors.at(word, format!("unknown action `{word}`{help} (known: {})", words.join(", ")));
        }
        return found.map(|(_, action)| (word.clone(), action));
    }
    errors.at(expr, format!("`{}` takes one of {}", entry.name, words.join(", ")));
    None
}
