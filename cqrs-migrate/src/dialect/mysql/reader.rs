//! A cursor over SQL that the server printed.

use std::borrow::Cow;

use super::text::{is_blank, string_value, tokens, unquote};

/// The tokens of a text, without the white space between them.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    text: &'a str,
    /// Where each token is, and the token.
    tokens: Vec<(usize, &'a str)>,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut place = 0;
        let mut placed: Vec<(usize, &str)> = Vec::new();
        let all = tokens(text);
        placed.reserve(all.len());
        for token in all {
            if !is_blank(token) {
                placed.push((place, token));
            }
            place += token.len();
        }
        Self { text, tokens: placed, at: 0 }
    }

    /// The next token; empty at the end.
    pub(super) fn peek(&self) -> &'a str {
        self.tokens.get(self.at).map_or("", |(_, token)| token)
    }

    pub(super) fn next(&mut self) -> &'a str {
        let token = self.peek();
        self.at += 1;
        token
    }

    pub(super) fn is_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Where the next token is in the text.
    pub(super) fn place(&self) -> usize {
        self.tokens.get(self.at).map_or(self.text.len(), |(place, _)| *place)
    }

    /// Where the last token that was taken ends.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |(place, token)| place + token.len())
    }

    /// The text from a place up to the last token that was taken.
    pub(super) fn since(&self, place: usize) -> &'a str {
        self.text.get(place..self.end()).unwrap_or_default()
    }

    /// The text that is left.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.place()..]
    }

    /// The text of all tokens, taken or not.
    pub(super) fn text(&self) -> &'a str {
        &self.text[self.tokens.first().map_or(self.text.len(), |(place, _)| *place)..]
    }

    /// Whether the next tokens are these words.
    pub(super) fn is(&self, words: &str) -> bool {
        words.split(' ').enumerate().all(|(offset, word)| {
            self.tokens.get(self.at + offset).is_some_and(|(_, it)| it.eq_ignore_ascii_case(word))
        })
    }

    /// Takes the words, if they are next.
    pub(super) fn take(&mut self, words: &str) -> bool {
        let found = self.is(words);
        if found {
            self.at += words.split(' ').count();
        }
        found
    }

    /// Takes a name, in quotes of either kind or none.
    pub(super) fn name(&mut self) -> Option<String> {
        let token = self.peek();
        let name =
            unquote(token).or_else(|| Some(token.strip_prefix('"')?.strip_suffix('"')?.replace("\"\"", "\""))).or_else(
                || token.starts_with(|first: char| first.is_alphanumeric() || first == '_').then(|| token.to_owned()),
            );
        self.at += usize::from(name.is_some());
        name
    }

    /// Takes a string, and yields what it stands for.
    pub(super) fn string(&mut self) -> Option<String> {
        let value = string_value(self.peek());
        self.at += usize::from(value.is_some());
        value
    }

    /// Takes what is in parentheses, if one opens here.
    pub(super) fn group(&mut self) -> Option<&'a str> {
        if self.peek() != "(" {
            return None;
        }
        let start = self.place() + 1;
        let mut depth = 0_usize;
        while !self.is_end() {
            match self.next() {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.text.get(start..self.end() - 1)
    }

    /// Takes what is in parentheses, if one opens here: what stands between the commas that are in no others.
    pub(super) fn items(&mut self) -> Option<Vec<Self>> {
        let from = self.at + 1;
        self.group()?;
        let to = self.at - 1;
        let mut items = Vec::new();
        let (mut start, mut depth) = (from, 0_usize);
        for at in from..to {
            match self.tokens[at].1 {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                "," if depth == 0 => {
                    items.extend(self.part(start, at));
                    start = at + 1;
                }
                _ => {}
            }
        }
        items.extend(self.part(start, to));
        Some(items)
    }

    /// The tokens from one place in their list to another, if there are any.
    fn part(&self, from: usize, to: usize) -> Option<Self> {
        let tokens = self.tokens.get(from..to)?.to_vec();
        let (place, last) = tokens.last()?;
        Some(Self { text: &self.text[..place + last.len()], tokens, at: 0 })
    }

    /// Takes a value as it stands behind `DEFAULT`: a literal, a name, a call, or something in parentheses.
    pub(super) fn value(&mut self) -> &'a str {
        let start = self.place();
        while matches!(self.peek(), "-" | "+") {
            self.next();
        }
        if self.group().is_none() {
            self.next();
            // A number is several tokens, and so is a literal with its kind: `1.5`, `x'00'`, `_utf8mb4'a'`.
            while self.place() == self.end() && !matches!(self.peek(), "" | "," | ")") {
                if self.group().is_none() {
                    self.next();
                }
            }
        }
        self.since(start)
    }
}

/// The text without the marks of comments that are for some versions only (`/*!50100 … */`, `/*M!100301 … */`), and the
/// comments that are for nobody: options that the storage engine does not know.
/// <https://mariadb.com/kb/en/comment-syntax/>
pub(super) fn without_comments(text: &str) -> (Cow<'_, str>, Vec<String>) {
    if !text.contains("/*") {
        return (Cow::Borrowed(text), Vec::new());
    }
    let tokens = tokens(text);
    let mut kept = String::with_capacity(text.len());
    let mut ignored = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at..] {
            ["/", "*", "M", "!", version, ..] if is_number(version) => at += 5,
            ["/", "*", "!", version, ..] if is_number(version) => at += 4,
            ["/", "*", rest @ ..] => {
                let end = rest.windows(2).position(|pair| pair == ["*", "/"]).unwrap_or(rest.len());
                ignored.push(rest[..end].concat().trim().to_owned());
                at += 2 + end + 2;
            }
            ["*", "/", ..] => at += 2,
            _ => {
                kept.push_str(tokens[at]);
                at += 1;
            }
        }
    }
    (Cow::Owned(kept), ignored)
}

pub(super) fn is_number(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit())
}
