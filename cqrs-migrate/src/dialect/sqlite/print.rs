//! One spelling for SQL that was parsed: keywords in upper case, single spaces, no comments, the columns of the table
//! in question quoted and spelled as the table spells them. String literals stay exact.

use sqlite3_parser::ast::Expr;
use sqlite3_parser::ast::fmt::{ToTokens, TokenStream};
use sqlite3_parser::dialect::TokenType::{self, *};

use super::words::{quote, unquote};

/// The table that an expression belongs to.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The table's name. In front of a column it says nothing, and it would be wrong while the table is made again
    /// under another name.
    pub(super) table: &'a str,
    /// The names of its columns.
    pub(super) columns: &'a [String],
}

impl Scope<'_> {
    /// The column's own spelling of a name: names are equal without regard to case.
    pub(super) fn column(&self, name: &str) -> Option<&str> {
        self.columns.iter().find(|column| column.eq_ignore_ascii_case(name)).map(String::as_str)
    }
}

struct Token {
    kind: TokenType,
    text: String,
}

#[derive(Default)]
struct Tokens(Vec<Token>);

impl TokenStream for Tokens {
    type Error = std::convert::Infallible;

    fn append(&mut self, kind: TokenType, value: Option<&str>) -> Result<(), Self::Error> {
        let text = match (kind, kind.as_str(), value) {
            (TK_BLOB, _, Some(hex)) => format!("x'{hex}'"),
            (TK_ISNULL, ..) => "IS NULL".to_owned(),
            (TK_NOTNULL, ..) => "IS NOT NULL".to_owned(),
            (_, Some(word), None) => word.to_owned(),
            (_, Some(word), Some(value)) => format!("{word} {value}"),
            (_, None, value) => value.unwrap_or_default().to_owned(),
        };
        self.0.push(Token { kind, text });
        Ok(())
    }
}

/// An expression without outer parentheses.
pub(super) fn expression(expression: &Expr<'_>, scope: Scope<'_>) -> String {
    sql(without_parentheses(expression), Some(scope))
}

/// The expression within outer parentheses.
pub(super) fn without_parentheses<'a, 'bump>(expression: &'a Expr<'bump>) -> &'a Expr<'bump> {
    match expression {
        Expr::Parenthesized(inner) if inner.len() == 1 => without_parentheses(&inner[0]),
        _ => expression,
    }
}

/// Anything that was parsed.
pub(super) fn sql(node: &impl ToTokens, scope: Option<Scope<'_>>) -> String {
    let mut tokens = tokens(node);
    if let Some(scope) = scope {
        drop_qualifiers(&mut tokens, scope.table);
    }
    for at in 0..tokens.len() {
        if tokens[at].kind == TK_ID {
            tokens[at].text = identifier(&tokens, at, scope);
        }
    }
    join(&tokens)
}

/// The names of the tables and views, out of those known, that a query reads: what follows `FROM`, `JOIN`, `IN`, `,` or
/// `(`, and may in rare cases be a column of the same name.
pub(super) fn reads(query: &impl ToTokens) -> Vec<String> {
    let tokens = tokens(query);
    let after =
        |pair: &[Token]| matches!(pair[0].kind, TK_FROM | TK_JOIN | TK_IN | TK_COMMA | TK_LP) && pair[1].kind == TK_ID;
    tokens.windows(2).filter(|pair| after(pair)).map(|pair| unquote(&pair[1].text)).collect()
}

fn tokens(node: &impl ToTokens) -> Vec<Token> {
    let mut tokens = Tokens::default();
    match node.to_tokens(&mut tokens) {
        Ok(()) => tokens.0,
        Err(never) => match never {},
    }
}

fn drop_qualifiers(tokens: &mut Vec<Token>, table: &str) {
    let mut at = 0;
    while at + 2 < tokens.len() {
        let qualifies = tokens[at].kind == TK_ID && tokens[at + 1].kind == TK_DOT && tokens[at + 2].kind == TK_ID;
        if qualifies && unquote(&tokens[at].text).eq_ignore_ascii_case(table) {
            tokens.drain(at..at + 2);
        } else {
            at += 1;
        }
    }
}

fn identifier(tokens: &[Token], at: usize, scope: Option<Scope<'_>>) -> String {
    let word = &tokens[at].text;
    let before = at.checked_sub(1).map(|at| tokens[at].kind);
    let is_function = tokens.get(at + 1).is_some_and(|next| next.kind == TK_LP);
    let is_type_or_collation = matches!(before, Some(TK_AS | TK_COLLATE));
    if let Some(scope) = scope
        && !is_function
        && !is_type_or_collation
    {
        if let Some(column) = scope.column(&unquote(word)) {
            return quote(column);
        }
        if word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false") {
            return word.to_ascii_uppercase();
        }
    }
    // A type of several words starts with a quote only if all of it is quoted.
    if word.starts_with(['[', '`']) { quote(&unquote(word)) } else { word.clone() }
}

fn join(tokens: &[Token]) -> String {
    let mut sql = String::new();
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 && needs_space(tokens, at) {
            sql.push(' ');
        }
        sql.push_str(&token.text);
    }
    sql
}

fn needs_space(tokens: &[Token], at: usize) -> bool {
    let (previous, this) = (tokens[at - 1].kind, tokens[at].kind);
    match (previous, this) {
        (_, TK_COMMA | TK_RP | TK_DOT | TK_SEMI) | (TK_LP | TK_DOT, _) => false,
        (TK_ID | TK_CAST | TK_RAISE | TK_REPLACE, TK_LP) => false,
        // `- -1` must not become a comment.
        (TK_MINUS | TK_PLUS, TK_MINUS | TK_PLUS) => true,
        (TK_MINUS | TK_PLUS | TK_BITNOT, _) => !is_unary(tokens, at - 1),
        _ => true,
    }
}

/// A sign is unary unless it follows something that has a value.
fn is_unary(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| tokens[at].kind) else { return true };
    !matches!(
        before,
        TK_ID
            | TK_STRING
            | TK_FLOAT
            | TK_INTEGER
            | TK_BLOB
            | TK_NULL
            | TK_CTIME_KW
            | TK_VARIABLE
            | TK_RP
            | TK_END
            | TK_ISNULL
            | TK_NOTNULL
            | TK_ANY
            | TK_STAR
    ) || (before == TK_STAR && !is_whole_row(tokens, at - 1))
}

/// `*` as all columns, not as multiplication.
fn is_whole_row(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .is_none_or(|at| matches!(tokens[at].kind, TK_SELECT | TK_DOT | TK_COMMA | TK_LP | TK_DISTINCT | TK_ALL))
}
