use std::collections::HashSet;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Expr, ExprLit, Ident, Lit, LitInt, LitStr, Token, token};

use crate::errors::Errors;

/// One item of an attribute's list.
pub(crate) enum Item {
    Entry(Entry),
    Literal(Lit),
}

/// `name`, `name = value` or `name(…)`.
pub(crate) struct Entry {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    Flag,
    Expr(Box<Expr>),
    List(TokenStream),
}

impl Value {
    fn as_expr(&self) -> Option<&Expr> {
        match self {
            Self::Expr(expr) => Some(expr),
            Self::Flag | Self::List(_) => None,
        }
    }
}

impl Parse for Item {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(Lit) {
            return input.parse().map(Self::Literal);
        }
        let name = input.call(Ident::parse_any)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Value::Expr(Box::new(ungroup(input.parse()?)))
        } else if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            Value::List(content.parse()?)
        } else {
            Value::Flag
        };
        Ok(Self::Entry(Entry { name, value }))
    }
}

/// What a macro passed on arrives in invisible groups.
fn ungroup(expr: Expr) -> Expr {
    match expr {
        Expr::Group(group) => ungroup(*group.expr),
        Expr::Paren(paren) => ungroup(*paren.expr),
        other => other,
    }
}

/// Every item of a list. One that cannot be read is an error, and the rest is read all the same.
pub(crate) fn items(tokens: TokenStream, errors: &mut Errors) -> Vec<Item> {
    let mut items = Vec::new();
    // What ends too early is an error on the last token there is.
    let end = tokens.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
    let parser = |input: ParseStream| {
        while !input.is_empty() {
            match input.parse() {
                Ok(item) => items.push(item),
                Err(error) if input.is_empty() => errors.push(syn::Error::new(end, error)),
                Err(error) => {
                    errors.push(error);
                    skip_to_comma(input);
                }
            }
            if !input.is_empty()
                && let Err(error) = input.parse::<Token![,]>()
            {
                errors.push(error);
                skip_to_comma(input);
                let _: Option<Token![,]> = input.parse().ok();
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        errors.push(error);
    }
    items
}

/// Every entry of a list in which literals have no place.
pub(crate) fn entries(tokens: TokenStream, errors: &mut Errors) -> Vec<Entry> {
    let items = items(tokens, errors);
    let mut entries = Vec::new();
    for item in items {
        match item {
            Item::Entry(entry) => entries.push(entry),
            Item::Literal(literal) => errors.at(literal, "expected the name of an attribute, not a literal"),
        }
    }
    entries
}

fn skip_to_comma(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _: Option<TokenTree> = input.parse().ok();
    }
}

/// Says of a second attribute of the same name that it is one.
#[derive(Default)]
pub(crate) struct Once(HashSet<String>);

impl Once {
    pub(crate) fn check(&mut self, entry: &Entry, errors: &mut Errors) -> bool {
        let first = self.0.insert(entry.name.to_string());
        if !first {
            errors.at(&entry.name, format!("`{}` is written twice: remove one", entry.name));
        }
        first
    }
}

impl Entry {
    /// `name`, and nothing behind it.
    pub(crate) fn flag(&self, errors: &mut Errors) -> bool {
        if !matches!(self.value, Value::Flag) {
            errors.at(&self.name, format!("`{0}` takes no value: write `{0}`", self.name));
        }
        true
    }

    /// `name = "text"`, and the text is not empty.
    pub(crate) fn text(&self, errors: &mut Errors) -> Option<LitStr> {
        let text = self.text_or_none(errors)?;
        if text.value().trim().is_empty() {
            errors.at(&text, format!("`{}` is empty", self.name));
            return None;
        }
        Some(text)
    }

    /// `name = "…"`, or `name = ""`.
    pub(crate) fn text_or_none(&self, errors: &mut Errors) -> Option<LitStr> {
        let Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) = self.value.as_expr() else {
            self.wrong_value(format!("`{0}` takes a string: write `{0} = \"…\"`", self.name), errors);
            return None;
        };
        Some(text.clone())
    }

    /// `name = 12`.
    pub(crate) fn number(&self, errors: &mut Errors) -> Option<LitInt> {
        if let Some(Expr::Lit(ExprLit { lit: Lit::Int(number), .. })) = self.value.as_expr()
            && number.base10_parse::<u32>().is_ok()
        {
            return Some(number.clone());
        }
        self.wrong_value(format!("`{0}` takes a whole number: write `{0} = 12`", self.name), errors);
        None
    }

    /// `name = …`, whatever it is.
    pub(crate) fn expr(&self, example: &str, errors: &mut Errors) -> Option<&Expr> {
        match &self.value {
            Value::Expr(expr) => Some(expr),
            _ => {
                self.wrong_value(format!("`{0}` needs a value: write `{0} = {example}`", self.name), errors);
                None
            }
        }
    }

    /// `name(…)`.
    pub(crate) fn list(&self, example: &str, errors: &mut Errors) -> Option<TokenStream> {
        match &self.value {
            Value::List(tokens) => Some(tokens.clone()),
            _ => {
                self.wrong_value(format!("`{0}` takes a list: write `{0}({example})`", self.name), errors);
                None
            }
        }
    }

    /// The error is on the value where there is one, else on the name.
    fn wrong_value(&self, message: String, errors: &mut Errors) {
        match &self.value {
            Value::Expr(expr) => errors.at(expr, message),
            _ => errors.at(&self.name, message),
        }
    }
}
