use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, Meta, Type};

use crate::column::{ColumnAttributes, ReferentialAction};
use crate::errors::Errors;
use crate::names::pascal_case;
use crate::native::NativeTypes;
use crate::types::{is_option, option_inner};

/// A field of an object model: one column.
pub struct Field {
    /// The field's name.
    pub ident: Ident,
    /// Its Rust type.
    pub ty: Type,
    /// Its doc comments, to be repeated on what is generated.
    pub docs: Vec<Attribute>,
    /// The doc comment as text.
    pub comment: Option<String>,
    /// What `#[column]` says.
    pub column: ColumnAttributes,
    /// Whether it is part of the primary key, by its own attribute or the model's.
    pub in_primary_key: bool,
}

/// A field that is no column.
pub struct SkippedField {
    /// The field's name.
    pub ident: Ident,
    /// Its Rust type.
    pub ty: Type,
}

/// What a field is to the table.
pub(crate) enum AnyField {
    Column(Box<Field>),
    Skipped(Box<SkippedField>),
}

impl AnyField {
    /// Reads a field.
    pub(crate) fn parse(field: &syn::Field, errors: &mut Errors) -> Option<Self> {
        let ident = field.ident.clone()?;
        let column = ColumnAttributes::parse(&field.attrs, errors);
        reject_conditions(&field.attrs, errors);
        if column.skip.is_some() {
            return Some(Self::Skipped(Box::new(SkippedField { ident, ty: field.ty.clone() })));
        }
        let parsed = Field {
            in_primary_key: column.primary_key.is_some(),
            docs: docs(&field.attrs),
            comment: comment(&field.attrs),
            ty: field.ty.clone(),
            ident,
            column,
        };
        parsed.check(errors);
        Some(Self::Column(Box::new(parsed)))
    }
}

impl Field {
    /// The column's name.
    #[must_use]
    pub fn column_name(&self) -> String {
        match &self.column.column_name {
            Some(name) => name.value(),
            None => self.ident.unraw().to_string(),
        }
    }

    /// The name of its variant in the `…Column` enum.
    #[must_use]
    pub fn variant(&self) -> Ident {
        let name = pascal_case(&self.ident.unraw().to_string());
        match syn::parse_str::<Ident>(&name) {
            Ok(_) => Ident::new(&name, self.ident.span()),
            Err(_) => format_ident!("Column{name}", span = self.ident.span()),
        }
    }

    /// Whether a command may set it.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        let column = &self.column;
        [&column.read_only, &column.auto_increment, &column.version].into_iter().all(Option::is_none)
            && column.generated.is_none()
    }

    /// Whether a query returns it.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.column.write_only.is_none()
    }

    /// Whether it says a default of its column.
    #[must_use]
    pub fn has_default(&self) -> bool {
        self.column.default_value.is_some() || self.column.default_expr.is_some()
    }

    /// Whether it is `INTEGER` on SQLite, and of no other database's own type.
    pub(crate) fn is_sqlite_integer(&self) -> bool {
        let native = self.column.native_types.as_ref().map(NativeTypes::texts);
        native.is_some_and(
            |native| matches!(native, [None, None, Some(sqlite)] if sqlite.trim().eq_ignore_ascii_case("INTEGER")),
        )
    }

    fn check(&self, errors: &mut Errors) {
        if option_inner(&self.ty).is_some_and(is_option) {
            errors.at(&self.ty, "a column is null or not, nothing in between: write `Option` once");
        }
        if self.column.version.is_some() && is_option(&self.ty) {
            errors.at(&self.ty, "a row always has a version: remove `Option`");
        }
        for (name, action) in [("on_delete", &self.column.on_delete), ("on_update", &self.column.on_update)] {
            if let Some((word, ReferentialAction::SetNull)) = action
                && !is_option(&self.ty)
            {
                errors.at(word, format!("`{name} = set_null` needs a column that may be null: write `Option<…>`"));
            }
        }
    }
}

/// Whether a column is there cannot depend on how the crate is compiled: the database does not know.
pub(crate) fn reject_conditions(attributes: &[Attribute], errors: &mut Errors) {
    for attribute in attributes {
        let hides_column = attribute.path().is_ident("cfg_attr")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.clone().into_iter().any(|token| token.to_string() == "column"));
        if attribute.path().is_ident("cfg") || hides_column {
            errors.at(attribute, "a column cannot depend on how the crate is compiled: remove the condition");
        }
    }
}

pub(crate) fn docs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| doc_text(attribute).is_some()).cloned().collect()
}

/// The doc comment: lines joined, the space after `///` taken off, blank ends cut.
pub(crate) fn comment(attributes: &[Attribute]) -> Option<String> {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(doc_text)
        .flat_map(|text| text.split('\n').map(ToOwned::to_owned).collect::<Vec<_>>())
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
        .collect();
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}
