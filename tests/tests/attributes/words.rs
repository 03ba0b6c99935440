//! The words that declarations use, and where they stand.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// The name of a [`Place`](cqrs_syntax::Place), and a word that stands there.
pub(crate) type Words = BTreeSet<(&'static str, String)>;

/// The words of the declarations in Rust source.
pub(crate) fn said(source: &str) -> Words {
    let mut reader = Reader { words: Words::new(), reads: None };
    reader.walk(source.parse().unwrap_or_else(|error| panic!("{error}:\n{source}")));
    reader.words
}

struct Reader {
    words: Words,
    /// What a field's `column` is under the `read_model` above it.
    reads: Option<&'static str>,
}

/// `word`, `word = …` or `word(…)`.
struct Item {
    word: Ident,
    has_value: bool,
    list: Option<TokenStream>,
}

impl Reader {
    fn walk(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match (token, tokens.get(at + 1), tokens.get(at + 2)) {
                (TokenTree::Ident(word), Some(TokenTree::Group(list)), _) => self.attribute(word, list),
                (TokenTree::Ident(word), Some(TokenTree::Punct(_)), Some(TokenTree::Group(body)))
                    if word == "sql_object" =>
                {
                    self.object(body.stream());
                }
                (TokenTree::Group(group), _, _) => self.walk(group.stream()),
                _ => {}
            }
        }
    }

    fn attribute(&mut self, name: &Ident, list: &Group) {
        if list.delimiter() != Delimiter::Parenthesis {
            return;
        }
        let items = items(list.stream());
        match name.to_string().as_str() {
            "object_model" => {
                self.reads = None;
                self.all("object_model", &items);
                self.lists(items);
            }
            "read_model" => {
                let of_model = items.iter().any(|item| item.word == "of");
                self.reads = Some(if of_model { "column of model" } else { "column of view" });
                self.all("read_model", &items);
                self.lists(items);
            }
            "column" => self.all(self.reads.unwrap_or("column"), &items),
            "sql_enum" => {
                self.all("sql_enum", &items);
                self.all("variant", &items);
            }
            "sql_type" => self.all("sql_type", &items),
            _ => {}
        }
    }

    fn all(&mut self, place: &'static str, items: &[Item]) {
        self.words.extend(items.iter().map(|item| (place, item.word.to_string())));
    }

    /// Lists in which fields stand beside words.
    fn lists(&mut self, items: Vec<Item>) {
        for item in items {
            let Some(list) = item.list else { continue };
            let place = match item.word.to_string().as_str() {
                "primary_key" => "primary_key",
                "unique" => "unique",
                "check" => "check",
                "foreign_key" => "foreign_key",
                "index" => "index",
                _ => continue,
            };
            for part in self::items(list) {
                let word = part.word.to_string();
                let is_word = matches!(
                    word.as_str(),
                    "unique" | "nulls_not_distinct" | "include" | "deferrable" | "on_delete" | "on_update"
                );
                if part.has_value || is_word {
                    self.words.insert((place, word));
                } else if let Some(options) = part.list {
                    self.all("part of index", &self::items(options));
                }
            }
        }
    }

    fn object(&mut self, body: TokenStream) {
        let mut tokens = body.into_iter().skip_while(|token| !matches!(token, TokenTree::Ident(_))).peekable();
        if let Some(TokenTree::Ident(kind)) = tokens.next() {
            self.words.insert(("kind", kind.to_string()));
        }
        for item in items(tokens.collect()) {
            self.words.insert(("sql_object", item.word.to_string()));
        }
    }
}

/// What begins with a word, or has one behind a literal.
fn items(tokens: TokenStream) -> Vec<Item> {
    let mut items = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while tokens.peek().is_some() {
        let item: Vec<TokenTree> = tokens
            .by_ref()
            .take_while(|token| !matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','))
            .collect();
        let start = item.iter().position(|token| matches!(token, TokenTree::Ident(_)));
        let Some((TokenTree::Ident(word), rest)) = start.and_then(|start| item[start..].split_first()) else {
            continue;
        };
        items.push(Item {
            word: word.clone(),
            has_value: matches!(rest.first(), Some(TokenTree::Punct(equals)) if equals.as_char() == '='),
            list: match rest.first() {
                Some(TokenTree::Group(group)) => Some(group.stream()),
                _ => None,
            },
        });
    }
    items
}
