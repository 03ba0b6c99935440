//! An `UPDATE` or `DELETE` that is run in batches of rows, in the order of a key.
//!
//! The comment over it says so, and to any other client it is one statement like any other:
//!
//! ```sql
//! -- batches: by "tenant", "id", 500 rows
//! UPDATE orders SET total = net * 1.2 WHERE total IS NULL
//! ```

use std::ops::Range;

use crate::dialect::Dialect;
use crate::revision::{Token, tokens};

/// How the comment begins, after its two dashes.
const DIRECTIVE: &str = "batches:";

/// What cannot stand outside of parentheses in a statement that is cut by a condition.
const REFUSED: [&str; 6] = ["RETURNING", "ORDER", "LIMIT", "USING", "JOIN", "WITH"];

/// A statement that is run in batches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Batches {
    dialect: Dialect,
    /// The table, as the statement says it.
    table: String,
    /// Its name, with that of its schema where the statement says it.
    pub(crate) name: Vec<String>,
    /// The columns of the key, as the directive names them.
    pub(crate) key: Vec<String>,
    /// How many rows a batch has, where the directive says so.
    pub(crate) rows: Option<u64>,
    /// The statement up to its condition.
    head: String,
    condition: Option<String>,
}

/// The comment over a statement that is run in batches by a key, as the planner writes it.
pub(crate) fn directive(key: &[String]) -> String {
    format!("-- {DIRECTIVE} by {}\n", key.join(", "))
}

impl Batches {
    /// What a statement with the comments in front of it says of batches. `None` where it says nothing; the reason where
    /// it cannot be run so.
    pub(crate) fn of(sql: &str, dialect: Dialect) -> Result<Option<Self>, String> {
        let all = tokens(sql, dialect);
        let begin = all.iter().find(|(token, _)| is_code(*token)).map_or(sql.len(), |(_, range)| range.start);
        let mut directives = (all.iter())
            .filter(|(token, _)| matches!(token, Token::Comment(_)))
            .filter_map(|(_, range)| Some((range.start, sql[range.clone()].strip_prefix("--")?.trim())))
            .filter_map(|(at, text)| Some((at, text.strip_prefix(DIRECTIVE)?)));
        let Some((at, text)) = directives.next() else { return Ok(None) };
        if at > begin {
            return Err(format!("`-- {DIRECTIVE}` stands within the statement: write it in a line over it"));
        }
        if directives.next().is_some() {
            return Err(format!("`-- {DIRECTIVE}` is written twice: keep one"));
        }
        let (key, rows) = read_directive(text, dialect)?;
        let statement = Parsed::of(&sql[begin..], dialect)?;
        if let Some(column) = key.iter().find(|column| statement.assigned.contains(&bare(column))) {
            return Err(format!(
                "it changes {column}, by which its rows are told apart: batches need a key that stays"
            ));
        }
        let Parsed { table, name, head, condition, .. } = statement;
        Ok(Some(Self { dialect, table, name, key, rows, head, condition }))
    }

    /// Finds the key of the last row of the next batch, each column as `literals` spell it. No row where fewer are left.
    pub(crate) fn last_of_next(&self, literals: &[String], after: Option<&[String]>, rows: u64) -> String {
        let range = after.map(|after| format!(" WHERE {}", self.compared(after, ">", ">"))).unwrap_or_default();
        format!(
            "SELECT {} FROM {}{range} ORDER BY {} LIMIT 1 OFFSET {}",
            literals.join(", "),
            self.table,
            self.key.join(", "),
            rows.saturating_sub(1)
        )
    }

    /// The statement on the rows whose keys are after one and up to another. Without an end it takes those too that have
    /// no key.
    pub(crate) fn batch(&self, after: Option<&[String]>, upto: Option<&[String]>) -> String {
        let up = |upto: &[String]| self.compared(upto, "<", "<=");
        let range = match (after, upto) {
            (None, None) => None,
            (None, Some(upto)) => Some(up(upto)),
            (Some(after), Some(upto)) => Some(format!("{} AND {}", self.compared(after, ">", ">"), up(upto))),
            (Some(after), None) => {
                let without = self.key.iter().map(|column| format!("{column} IS NULL"));
                let parts: Vec<String> = [self.compared(after, ">", ">")].into_iter().chain(without).collect();
                Some(parts.join(" OR "))
            }
        };
        let conditions = (self.condition.iter()).map(|condition| format!("({condition}\n)"));
        let conditions: Vec<String> = conditions.chain(range.map(|range| format!("({range})"))).collect();
        if conditions.is_empty() {
            return self.head.clone();
        }
        format!("{}\nWHERE {}", self.head, conditions.join(" AND "))
    }

    /// The key compared with a value. MariaDB and MySQL look up no index for a comparison of rows:
    /// <https://dev.mysql.com/doc/refman/8.0/en/row-constructor-optimization.html>
    fn compared(&self, value: &[String], strictly: &str, last: &str) -> String {
        if self.dialect == Dialect::MySql {
            return expanded(&self.key, value, strictly, last);
        }
        match (&self.key[..], value) {
            ([column], [value]) => format!("{column} {last} {value}"),
            (key, value) => format!("({}) {last} ({})", key.join(", "), value.join(", ")),
        }
    }
}

/// `a > 1 OR (a = 1 AND b > 2)`, in parentheses.
fn expanded(key: &[String], value: &[String], strictly: &str, last: &str) -> String {
    match (key, value) {
        ([column, key @ ..], [first, value @ ..]) if !key.is_empty() => {
            let rest = expanded(key, value, strictly, last);
            format!("({column} {strictly} {first} OR ({column} = {first} AND {rest}))")
        }
        ([column, ..], [first, ..]) => format!("{column} {last} {first}"),
        _ => String::new(),
    }
}

/// ` by "tenant", "id", 500 rows`
fn read_directive(text: &str, dialect: Dialect) -> Result<(Vec<String>, Option<u64>), String> {
    let wrong = || {
        let name = dialect.rules().quote("id");
        format!(
            "`-- {DIRECTIVE}{text}` is not understood: write `-- {DIRECTIVE} by {name}`, or `-- {DIRECTIVE} by {name}, 1000 rows`"
        )
    };
    let code: Vec<&str> = code_of(text, dialect).into_iter().map(|(_, range)| &text[range]).collect();
    let [by, rest @ ..] = &code[..] else { return Err(wrong()) };
    if !by.eq_ignore_ascii_case("by") {
        return Err(wrong());
    }
    let (mut key, mut rows) = (Vec::new(), None);
    for part in rest.split(|word| *word == ",") {
        match part {
            _ if rows.is_some() => return Err(wrong()),
            [name] if is_name(name, dialect) => key.push((*name).to_owned()),
            [number, word] if word.eq_ignore_ascii_case("rows") && !key.is_empty() => {
                rows = Some(number.parse().ok().filter(|rows| *rows > 0).ok_or_else(wrong)?);
            }
            _ => return Err(wrong()),
        }
    }
    if key.is_empty() { Err(wrong()) } else { Ok((key, rows)) }
}

/// A statement taken apart.
struct Parsed {
    table: String,
    name: Vec<String>,
    head: String,
    condition: Option<String>,
    /// The columns that it sets.
    assigned: Vec<String>,
}

impl Parsed {
    fn of(sql: &str, dialect: Dialect) -> Result<Self, String> {
        let code = with_depth(sql, code_of(sql, dialect))?;
        let word =
            |at: usize| code.get(at).map(|part| sql[part.range.clone()].to_ascii_uppercase()).unwrap_or_default();
        let verb = word(0);
        let mut at = match (verb.as_str(), word(1).as_str()) {
            ("UPDATE", _) => 1,
            ("DELETE", "FROM") => 2,
            _ => return Err(only_one_table(&verb)),
        };
        while dialect == Dialect::MySql && ["LOW_PRIORITY", "IGNORE"].contains(&word(at).as_str()) {
            at += 1;
        }
        let begin = code.get(at).map(|part| part.range.start).unwrap_or_default();
        if dialect == Dialect::Postgres && word(at) == "ONLY" {
            at += 1;
        }
        let is_name_at = |at: usize| code.get(at).is_some_and(|part| is_name(&sql[part.range.clone()], dialect));
        let part = |at: usize| code.get(at).filter(|_| is_name_at(at)).map(|part| part.range.clone());
        let mut ranges = vec![part(at).ok_or_else(|| only_one_table(&verb))?];
        while word(at + 1) == "." {
            at += 2;
            ranges.push(part(at).ok_or_else(|| only_one_table(&verb))?);
        }
        let table = sql[begin..ranges.last().map_or(begin, |range| range.end)].to_owned();
        let name = ranges.into_iter().map(|range| sql[range].to_owned()).collect();
        at += 1;
        let ends_name = |word: &str| word == "SET" || word == "WHERE" || REFUSED.contains(&word);
        if word(at) == "AS" {
            at += 2;
        } else if is_name_at(at) && !ends_name(&word(at)) {
            at += 1;
        }
        if let Some(part) = code.get(at).filter(|_| word(at) != if verb == "UPDATE" { "SET" } else { "WHERE" }) {
            let found = &sql[part.range.clone()];
            return Err(format!("`{found}` stands behind the table: {}", only_one_table(&verb)));
        }
        let mut condition = None;
        for (number, part) in code.iter().enumerate().skip(at).filter(|(_, part)| part.depth == 0) {
            let found = word(number);
            let before = number.checked_sub(1).map(&word).unwrap_or_default();
            if REFUSED.contains(&found.as_str())
                || (found == "FROM" && before != "DISTINCT")
                || (found == "CURRENT" && before == "WHERE")
            {
                return Err(format!(
                    "`{found}` cannot be kept where a statement is run in batches: write it without, or without `-- {DIRECTIVE}`"
                ));
            }
            if found == "WHERE" && condition.is_none() {
                condition = Some(part.range.clone());
            }
        }
        let end = condition.as_ref().map_or(sql.len(), |range: &Range<usize>| range.start);
        let is_set = |part: &&Part| part.range.start < end;
        let assigned = if verb == "UPDATE" { assigned(sql, code[at..].iter().filter(is_set)) } else { vec![] };
        Ok(Self {
            table,
            name,
            head: sql[..end].trim_end().to_owned(),
            condition: condition.map(|range| sql[range.end..].trim().to_owned()),
            assigned,
        })
    }
}

fn only_one_table(verb: &str) -> String {
    format!("`{verb}`: only an `UPDATE` or a `DELETE FROM` of one table can be run in batches")
}

/// The names in front of the `=` of a `SET`, without quotes: `a = 1, (b, c) = (2, 3)`.
fn assigned<'a>(sql: &str, set: impl Iterator<Item = &'a Part>) -> Vec<String> {
    let (mut names, mut is_target) = (Vec::new(), true);
    for part in set.skip(1) {
        match (&sql[part.range.clone()], part.depth) {
            ("=", 0) => is_target = false,
            (",", 0) => is_target = true,
            (name, _) if is_target => names.push(bare(name)),
            _ => {}
        }
    }
    names
}

/// Something that is not space or comment, and within how many parentheses it stands.
struct Part {
    range: Range<usize>,
    depth: usize,
}

fn with_depth(sql: &str, code: Vec<(Token, Range<usize>)>) -> Result<Vec<Part>, String> {
    let mut depth = 0_usize;
    let mut parts = Vec::new();
    for (_, range) in code {
        let text = &sql[range.clone()];
        if text == ")" {
            depth = depth.checked_sub(1).ok_or("a `)` closes nothing")?;
        }
        parts.push(Part { range, depth });
        if text == "(" {
            depth += 1;
        }
    }
    if depth == 0 { Ok(parts) } else { Err("a `(` is not closed".to_owned()) }
}

fn code_of(text: &str, dialect: Dialect) -> Vec<(Token, Range<usize>)> {
    tokens(text, dialect).into_iter().filter(|(token, _)| is_code(*token)).collect()
}

fn is_code(token: Token) -> bool {
    !matches!(token, Token::Space(_) | Token::Comment(_))
}

fn is_name(text: &str, dialect: Dialect) -> bool {
    match text.chars().next() {
        Some('`') => dialect != Dialect::Postgres,
        Some('"') => dialect != Dialect::MySql,
        Some('[') => dialect == Dialect::Sqlite,
        Some(first) => first == '_' || first.is_alphabetic(),
        None => false,
    }
}

/// A name without its quotes and in small letters: rather too many names are the same than too few.
fn bare(name: &str) -> String {
    name.trim_matches(['"', '`', '[', ']']).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sql: &str, dialect: Dialect) -> Batches {
        Batches::of(sql, dialect).unwrap().unwrap()
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_batch_has_the_condition_and_the_range() {
        let sql = "-- fill it\n-- batches: by \"id\"\nUPDATE \"t\" SET a = (SELECT max(b) FROM u WHERE u.id = t.id) -- where\n\
                   WHERE a IS NULL OR b IS DISTINCT FROM 1 -- or";
        let batches = read(sql, Dialect::Postgres);
        assert_eq!((&batches.name, &batches.key, batches.rows), (&texts(&["\"t\""]), &texts(&["\"id\""]), None));
        let head = "UPDATE \"t\" SET a = (SELECT max(b) FROM u WHERE u.id = t.id) -- where";
        let condition = "(a IS NULL OR b IS DISTINCT FROM 1 -- or\n)";
        let (one, two) = (texts(&["'1'"]), texts(&["'2'"]));
        for (after, upto, range) in [
            (None, None, String::new()),
            (None, Some(&one[..]), " AND (\"id\" <= '1')".to_owned()),
            (Some(&one[..]), Some(&two[..]), " AND (\"id\" > '1' AND \"id\" <= '2')".to_owned()),
            (Some(&two[..]), None, " AND (\"id\" > '2' OR \"id\" IS NULL)".to_owned()),
        ] {
            assert_eq!(batches.batch(after, upto), format!("{head}\nWHERE {condition}{range}"));
        }
        assert_eq!(
            batches.last_of_next(&texts(&["quote_literal(\"id\"::text)"]), Some(&one), 500),
            "SELECT quote_literal(\"id\"::text) FROM \"t\" WHERE \"id\" > '1' ORDER BY \"id\" LIMIT 1 OFFSET 499"
        );
    }

    #[test]
    fn a_key_of_several_columns_is_compared_as_the_database_can_look_it_up() {
        let (after, upto) = (texts(&["1", "2"]), texts(&["3", "4"]));
        for (sql, dialect, expected) in [
            (
                "-- batches: by a, b, 20 rows\nDELETE FROM ONLY s.t AS x",
                Dialect::Postgres,
                "DELETE FROM ONLY s.t AS x\nWHERE ((a, b) > (1, 2) AND (a, b) <= (3, 4))",
            ),
            (
                "-- batches: by `a`, `b`, 20 rows\nUPDATE IGNORE s.`t` SET c = 'a where b'",
                Dialect::MySql,
                "UPDATE IGNORE s.`t` SET c = 'a where b'\nWHERE ((`a` > 1 OR (`a` = 1 AND `b` > 2)) AND \
                 (`a` < 3 OR (`a` = 3 AND `b` <= 4)))",
            ),
        ] {
            let batches = read(sql, dialect);
            assert_eq!(batches.rows, Some(20));
            assert_eq!(batches.batch(Some(&after), Some(&upto)), expected);
        }
    }

    #[test]
    fn what_cannot_be_cut_is_refused() {
        for (statement, said) in [
            ("UPDATE t SET a = 1 RETURNING a", "`RETURNING`"),
            ("UPDATE t SET a = 1 FROM u WHERE u.id = t.id", "`FROM`"),
            ("DELETE FROM t USING u WHERE u.id = t.id", "`USING`"),
            ("UPDATE t SET a = 1 ORDER BY b LIMIT 3", "`ORDER`"),
            ("UPDATE t, u SET a = 1", "`,` stands behind the table"),
            ("UPDATE t x JOIN u ON true SET a = 1", "`JOIN` stands behind the table"),
            ("WITH u AS (SELECT 1) UPDATE t SET a = 1", "`WITH`: only"),
            ("INSERT INTO t SELECT 1", "`INSERT`: only"),
            ("DELETE t FROM t", "`DELETE`: only"),
            ("DELETE FROM t WHERE CURRENT OF c", "`CURRENT`"),
            ("UPDATE t SET a = 1, id = id + 1", "it changes id"),
            ("UPDATE t SET (a, \"id\") = (SELECT 1, 2)", "it changes id"),
            ("UPDATE t SET a = (1 WHERE b", "not closed"),
            ("UPDATE t -- batches: by id\nSET a = 1", "written twice"),
            ("-- batches: by a\nUPDATE t SET a = 1", "written twice"),
        ] {
            let error = Batches::of(&format!("-- batches: by id\n{statement}"), Dialect::Postgres).unwrap_err();
            assert!(error.contains(said), "{statement}: {error}");
        }
        let within = Batches::of("UPDATE t -- batches: by id\nSET a = 1", Dialect::Postgres).unwrap_err();
        assert!(within.contains("over it"), "{within}");
    }

    #[test]
    fn a_directive_that_says_something_else_is_refused() {
        for text in ["", " id", " by", " by 'id'", " by id, 0 rows", " by id 5 rows", " by id, 5 rows, x"] {
            let error = Batches::of(&format!("-- batches:{text}\nDELETE FROM t"), Dialect::Postgres).unwrap_err();
            assert!(error.contains("is not understood"), "{text}: {error}");
        }
        assert_eq!(Batches::of("-- in batches: by id\nDELETE FROM t", Dialect::Postgres), Ok(None));
        assert!(Batches::of("--batches: by `id`\nDELETE FROM t", Dialect::MySql).unwrap().is_some());
    }
}
