//! What SQLite keeps only as text. White space, comments, quotes around names, and upper and lower case do not count.

/// A statement, its tokens one space apart.
pub(super) fn normalized(sql: &str) -> String {
    let mut tokens = tokens(sql);
    while tokens.last().is_some_and(|token| token == ";") {
        tokens.pop();
    }
    tokens.join(" ").replacen(" if not exists ", " ", 1)
}

/// What a `CREATE TABLE` says that no pragma does: checks, expressions of generated columns, collations, names of
/// constraints, conflict clauses, deferrability, and what stands behind the parenthesis.
pub(super) fn facts_of_table(sql: &str) -> Vec<String> {
    let tokens = tokens(sql);
    if tokens.get(1).is_some_and(|token| token == "virtual") {
        return vec![normalized(sql)];
    }
    let Some(open) = tokens.iter().position(|token| token == "(") else { return vec![normalized(sql)] };
    let end = group_end(&tokens, open);
    let mut facts: Vec<String> =
        tokens[end..].split(|token| token == ",").filter(|o| !o.is_empty()).map(option).collect();
    for item in items(&tokens[open + 1..end - 1]) {
        facts_of_item(item, &mut facts);
    }
    facts
}

fn option(tokens: &[String]) -> String {
    format!("option {}", tokens.join(" "))
}

/// The parts between commas that are in no parentheses.
fn items(tokens: &[String]) -> Vec<&[String]> {
    let (mut items, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            "," if depth == 0 => {
                items.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&tokens[start..]);
    items
}

fn facts_of_item(item: &[String], facts: &mut Vec<String>) {
    let Some(first) = item.first() else { return };
    let is_column = !["constraint", "primary", "unique", "check", "foreign"].contains(&first.as_str());
    // A constraint in a column is the same as one behind the columns.
    let columns_from = |at: usize| match item[at..].iter().position(|token| token == "(") {
        _ if is_column => first.clone(),
        Some(open) => item[at + open + 1..group_end(item, at + open) - 1].join(" "),
        None => String::new(),
    };
    // A name stays for the checks that follow it, up to the next comma.
    let mut name = "-";
    let mut is_named = false;
    let mut last = String::new();
    let mut at = usize::from(is_column);
    while at < item.len() {
        let next = item.get(at + 1).map_or("", String::as_str);
        match item[at].as_str() {
            "constraint" => {
                (name, is_named) = (next, true);
                at += 1;
            }
            kind @ ("check" | "as") if next == "(" => {
                let end = group_end(item, at + 1);
                let expression = item[at + 2..end - 1].join(" ");
                facts.push(if kind == "check" {
                    format!("check {name} ({expression})")
                } else {
                    let stored = item.iter().any(|token| token == "stored");
                    format!("generated {first} ({expression}) stored={stored}")
                });
                at = end - 1;
            }
            "(" => at = group_end(item, at) - 1,
            "collate" if is_column && next != "binary" => facts.push(format!("collation {first} {next}")),
            "autoincrement" => facts.push("autoincrement".to_owned()),
            "not" if next == "deferrable" => at += 1,
            "deferrable" => {
                let deferred = item.get(at + 2).is_some_and(|token| token == "deferred");
                facts.push(format!("{last} is deferrable, initially={deferred}"));
            }
            "conflict" if next != "abort" => facts.push(format!("{last} on conflict {next}")),
            kind @ ("primary" | "unique" | "foreign" | "references" | "not") if kind != "references" || is_column => {
                let kind = if kind == "references" { "foreign" } else { kind };
                last = format!("{kind} ({})", columns_from(at));
                facts.extend(is_named.then(|| format!("{last} is named {name}")));
                is_named = false;
            }
            _ => {}
        }
        at += 1;
    }
}

/// The place behind the parenthesis that opens at `open`.
fn group_end(tokens: &[String], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Names in lower case and without their quotes, strings as they are, comments left out.
/// <https://www.sqlite.org/lang_keywords.html>
fn tokens(sql: &str) -> Vec<String> {
    let chars: Vec<char> = sql.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = &chars[at..];
        let is_word = |c: &char| c.is_alphanumeric() || *c == '_' || *c == '$';
        let length = match c {
            _ if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '-' if rest.get(1) == Some(&'-') => {
                at += rest.iter().position(|&c| c == '\n').unwrap_or(rest.len());
                continue;
            }
            '/' if rest.get(1) == Some(&'*') => {
                at += rest[2..].windows(2).position(|end| end == ['*', '/']).map_or(rest.len(), |end| end + 4);
                continue;
            }
            '\'' | '"' | '`' | '[' => quoted_length(rest),
            _ if is_word(&c) => rest.iter().position(|c| !is_word(c)).unwrap_or(rest.len()),
            '|' | '<' | '>' | '=' | '!' if rest.len() > 1 && is_operator([c, rest[1]]) => 2,
            _ => 1,
        };
        tokens.push(spelled(&rest[..length]));
        at += length;
    }
    tokens
}

fn is_operator(pair: [char; 2]) -> bool {
    matches!(pair, ['|', '|'] | ['<', '=' | '>' | '<'] | ['>', '=' | '>'] | ['=', '='] | ['!', '='])
}

fn quoted_length(rest: &[char]) -> usize {
    let end = if rest[0] == '[' { ']' } else { rest[0] };
    let mut at = 1;
    while at < rest.len() {
        if rest[at] == end {
            if end != ']' && rest.get(at + 1) == Some(&end) {
                at += 1;
            } else {
                return at + 1;
            }
        }
        at += 1;
    }
    rest.len()
}

fn spelled(token: &[char]) -> String {
    let text: String = token.iter().collect();
    match token {
        ['\'', ..] => text,
        [quote @ ('"' | '`'), inner @ .., _] => {
            let inner: String = inner.iter().collect();
            inner.replace(&format!("{quote}{quote}"), &quote.to_string()).to_lowercase()
        }
        ['[', inner @ .., _] => inner.iter().collect::<String>().to_lowercase(),
        _ => text.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::{facts_of_table, normalized};

    #[test]
    fn spelling_does_not_count_and_strings_do() {
        let left = normalized("CREATE VIEW IF NOT EXISTS \"V\" AS -- why\n SELECT 'It''s', [a]>=1 FROM `t`;");
        assert_eq!(left, "create view v as select 'It''s' , a >= 1 from t");
    }

    #[test]
    fn what_no_pragma_tells_is_found() {
        let facts = facts_of_table(
            "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b text COLLATE nocase CONSTRAINT u UNIQUE ON CONFLICT IGNORE,
             c int AS (a * (b + 1)) STORED, d int CHECK (d > 0), CONSTRAINT f FOREIGN KEY (b, c) REFERENCES u (x, y)
             DEFERRABLE INITIALLY DEFERRED, CONSTRAINT k CHECK (a <> 1)) STRICT, WITHOUT ROWID",
        );
        assert_eq!(
            facts,
            [
                "option strict",
                "option without rowid",
                "autoincrement",
                "collation b nocase",
                "unique (b) is named u",
                "unique (b) on conflict ignore",
                "generated c (a * ( b + 1 )) stored=true",
                "check - (d > 0)",
                "foreign (b , c) is named f",
                "foreign (b , c) is deferrable, initially=true",
                "check k (a <> 1)",
            ]
        );
    }
}
