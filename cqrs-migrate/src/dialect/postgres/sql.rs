//! How PostgreSQL spells names, literals and expressions.

use cqrs_core::schema::{ObjectName, Str};

/// Bytes that PostgreSQL keeps of a name; it cuts longer ones without an error.
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>
pub(super) const LONGEST_NAME: usize = 63;

/// An identifier in quotes.
pub(super) fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

/// A name in quotes, with its schema if it has one.
pub(super) fn quote_name(name: &ObjectName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quote(schema), quote(&name.name)),
        None => quote(&name.name),
    }
}

/// Identifiers in quotes, separated by commas.
pub(super) fn quote_list(identifiers: &[Str]) -> String {
    identifiers.iter().map(|identifier| quote(identifier)).collect::<Vec<_>>().join(", ")
}

/// A string literal. Backslashes are plain, because every session of ours has `standard_conforming_strings` on.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A literal of optional text: `NULL` for none.
pub(super) fn literal_or_null(text: Option<&str>) -> String {
    text.map_or_else(|| "NULL".to_owned(), literal)
}

/// An identifier as the server prints it: in quotes only where it would not read back bare.
/// <https://www.postgresql.org/docs/current/functions-string.html> (`quote_ident`)
pub(super) fn quote_as_printed(identifier: &str) -> String {
    let bare = identifier.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && identifier.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_');
    if bare && !QUOTED_KEYWORDS.split_ascii_whitespace().any(|word| word == identifier) {
        identifier.to_owned()
    } else {
        quote(identifier)
    }
}

/// The name of a type as `format_type` prints it.
pub(super) fn type_as_printed(name: &ObjectName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quote_as_printed(schema), quote_as_printed(&name.name)),
        None => quote_as_printed(&name.name),
    }
}

/// The SQL of a collation or operator class, which the schema holds as a plain name where it is found without its
/// schema, and as SQL in quotes (`"app"."ci"`) where it is not.
pub(super) fn visible_or_sql(name: &str) -> String {
    if name.starts_with('"') { name.to_owned() } else { quote(name) }
}

/// The opposite of [`visible_or_sql`]: what the schema holds for a name that is found as it stands, or with `schema`.
#[cfg(feature = "postgres")]
pub(super) fn plain_or_sql(schema: Option<&str>, name: &str) -> String {
    match schema {
        Some(schema) => format!("{}.{}", quote(schema), quote(name)),
        None if name.starts_with('"') => quote(name),
        None => name.to_owned(),
    }
}

/// The name that PostgreSQL itself gives to what belongs to a column or table: parts are cut, the longer one first,
/// until the whole fits (`makeObjectName` in its sources).
pub(super) fn generated_name(table: &str, column: &str, suffix: &str) -> String {
    let room = LONGEST_NAME - suffix.len() - 1 - usize::from(!column.is_empty());
    let (mut left, mut right) = (table.len(), column.len());
    while left + right > room {
        if left > right { left -= 1 } else { right -= 1 }
    }
    let middle = if column.is_empty() { "" } else { "_" };
    format!("{}{middle}{}_{suffix}", cut(table, left), cut(column, right))
}

/// At most that many bytes of a text, whole characters only.
pub(super) fn cut(text: &str, mut bytes: usize) -> &str {
    bytes = bytes.min(text.len());
    while !text.is_char_boundary(bytes) {
        bytes -= 1;
    }
    &text[..bytes]
}

/// The integer type behind a `serial` type, which is not a type but shorthand for a column with a sequence of its own.
/// <https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL>
pub(super) fn serial_base(type_name: &str) -> Option<&'static str> {
    match type_name {
        "smallserial" => Some("smallint"),
        "serial" => Some("integer"),
        "bigserial" => Some("bigint"),
        _ => None,
    }
}

/// Whether a bare name means a type of the server's own, which is found before any other of that name.
/// <https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-CATALOG>
pub(super) fn is_builtin_type(name: &str) -> bool {
    BUILTIN_TYPES.split_ascii_whitespace().any(|builtin| builtin == name)
}

/// A piece of an SQL expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A keyword or an identifier without quotes.
    Word(&'a str),
    /// An identifier in quotes, with them.
    Quoted(&'a str),
    /// `(`, `[`.
    Open,
    /// `)`, `]`.
    Close,
    /// A string, a number, an operator, a comment.
    Other,
}

/// Cuts an expression into tokens, each with the byte range that it takes.
pub(super) fn tokens(sql: &str) -> Vec<(Token<'_>, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let (token, length) = match first {
            '\'' => (Some(Token::Other), quoted_length(rest, '\'', false)),
            'e' | 'E' if rest[1..].starts_with('\'') => (Some(Token::Other), 1 + quoted_length(&rest[1..], '\'', true)),
            '"' => {
                let length = quoted_length(rest, '"', false);
                (Some(Token::Quoted(&rest[..length])), length)
            }
            '$' => (Some(Token::Other), dollar_length(rest)),
            '(' | '[' => (Some(Token::Open), 1),
            ')' | ']' => (Some(Token::Close), 1),
            '-' if rest.starts_with("--") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, comment_length(rest)),
            _ if first.is_whitespace() => (None, first.len_utf8()),
            _ if first.is_alphabetic() || first == '_' => {
                let word = |char: char| char.is_alphanumeric() || char == '_' || char == '$';
                let length = rest.find(|char| !word(char)).unwrap_or(rest.len());
                (Some(Token::Word(&rest[..length])), length)
            }
            _ => (Some(Token::Other), first.len_utf8()),
        };
        if let Some(token) = token {
            found.push((token, at..at + length));
        }
        at += length;
    }
    found
}

/// The length of a text in quotes at the start; a doubled quote stays inside.
fn quoted_length(sql: &str, quote: char, backslashes: bool) -> usize {
    let mut chars = sql.char_indices().skip(1).peekable();
    while let Some((at, char)) = chars.next() {
        if backslashes && char == '\\' {
            chars.next();
        } else if char == quote && chars.next_if(|&(_, next)| next == quote).is_none() {
            return at + 1;
        }
    }
    sql.len()
}

/// The length of a `$tag$ … $tag$` at the start, or of a lone `$`.
fn dollar_length(sql: &str) -> usize {
    let Some(tag_end) = sql[1..].find('$').map(|at| at + 2) else { return 1 };
    let tag = &sql[..tag_end];
    let is_tag = tag[1..tag_end - 1].chars().all(|char| char.is_alphanumeric() || char == '_');
    match sql[tag_end..].find(tag) {
        Some(end) if is_tag => tag_end + end + tag.len(),
        _ => 1,
    }
}

/// The length of a block comment at the start; they nest.
fn comment_length(sql: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < sql.len() {
        if sql[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if sql[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += sql[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    sql.len()
}

/// The expression without the parentheses that go around the whole of it.
pub(super) fn strip_parentheses(expression: &str) -> &str {
    let mut stripped = expression.trim();
    while is_parenthesized(stripped) {
        stripped = stripped[1..stripped.len() - 1].trim();
    }
    stripped
}

/// Whether the first parenthesis is closed by the last character.
fn is_parenthesized(sql: &str) -> bool {
    if !(sql.starts_with('(') && sql.ends_with(')')) {
        return false;
    }
    let mut depth = 0_usize;
    for (token, range) in tokens(sql) {
        match token {
            Token::Open => depth += 1,
            Token::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return range.end == sql.len();
                }
            }
            _ => {}
        }
    }
    false
}

/// A default as `DEFAULT` takes it: `NOT a`, `a AND b`, `a IS NULL` and the like only in parentheses.
/// <https://www.postgresql.org/docs/current/sql-createtable.html>
pub(super) fn default_operand(expression: &str) -> String {
    const NOT_BARE: &str = "and at between collate ilike in is isnull like not notnull operator or overlaps similar";
    let mut depth = 0_usize;
    for (token, _) in tokens(expression) {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Word(word)
                if depth == 0 && NOT_BARE.split(' ').any(|keyword| keyword.eq_ignore_ascii_case(word)) =>
            {
                return format!("({expression})");
            }
            _ => {}
        }
    }
    expression.to_owned()
}

/// Whether an expression has the identifier in it, as a column or as anything else.
pub(super) fn mentions(expression: &str, identifier: &str) -> bool {
    tokens(expression).into_iter().any(|(token, _)| match token {
        Token::Word(word) => word.to_lowercase() == identifier,
        Token::Quoted(quoted) => quoted == quote(identifier),
        _ => false,
    })
}

/// A statement without the schema before the first name behind a keyword, if that is the given one. For names that the
/// server prints in full whatever the search path says.
#[cfg(feature = "postgres")]
pub(super) fn unqualified_behind(sql: &str, keyword: &str, schema: &str) -> String {
    let tokens = tokens(sql);
    let mut behind = tokens.iter().skip_while(|(token, _)| *token != Token::Word(keyword)).skip(1);
    let (Some((first, range)), Some((_, dot))) = (behind.next(), behind.next()) else { return sql.to_owned() };
    let is_schema = match first {
        Token::Word(word) => *word == schema,
        Token::Quoted(quoted) => *quoted == quote(schema),
        _ => false,
    };
    if is_schema && &sql[dot.clone()] == "." {
        format!("{}{}", &sql[..range.start], &sql[dot.end..])
    } else {
        sql.to_owned()
    }
}

/// The first name behind some keywords, as it is written there.
pub(super) fn name_behind<'a>(sql: &'a str, keywords: &str) -> Option<&'a str> {
    let rest = sql.strip_prefix(keywords)?;
    let (_, range) = tokens(rest).into_iter().next()?;
    Some(&rest[range])
}

/// The statement up to and without the last of a keyword outside of parentheses, and what stands behind it.
pub(super) fn split_at_last<'a>(sql: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let mut depth = 0_usize;
    let mut last = None;
    for (token, range) in tokens(sql) {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Word(word) if depth == 0 && word == keyword => last = Some(range),
            _ => {}
        }
    }
    last.map(|range| (sql[..range.start].trim_end(), sql[range.end..].trim_start()))
}

/// What the server prints as this text, of a list of `varchar`: the cast of the list is one that it added, and given to it,
/// goes to each of the elements.
pub(super) fn without_added_casts(printed: &str) -> Option<String> {
    let tokens = tokens(printed);
    let mut given = String::new();
    let mut done = 0;
    for at in 0..tokens.len() {
        let [(Token::Open, open), (Token::Word("ARRAY"), _), (Token::Open, _), ..] = &tokens[at..] else { continue };
        let mut depth = 0_usize;
        let end = (at..tokens.len()).find(|&at| {
            match tokens[at].0 {
                Token::Open => depth += 1,
                Token::Close => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some(end) = end else { continue };
        let is_varchar = matches!(tokens[end - 2].0, Token::Word("varying"));
        let (cast, close) = (&printed[tokens[end].1.end..], &tokens[end - 1].1);
        if is_varchar && cast.starts_with("::text[]") {
            given += &printed[done..open.start];
            given += &printed[open.end..close.end];
            done = tokens[end].1.end + "::text[]".len();
        }
    }
    (done > 0).then(|| given + &printed[done..])
}

/// Keywords that are no name without quotes (`pg_get_keywords()`, every category but `U`), of all versions up to 18.
const QUOTED_KEYWORDS: &str = "\
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast \
    char character check coalesce collate collation column concurrently constraint create cross current_catalog \
    current_date current_role current_schema current_time current_timestamp current_user dec decimal default \
    deferrable desc distinct do else end except exists extract false fetch float for foreign freeze from full grant \
    greatest group grouping having ilike in initially inner inout int integer intersect interval into is isnull join \
    json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize \
    json_table json_value lateral leading least left like limit localtime localtimestamp merge_action national \
    natural nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay \
    placing position precision primary real references returning right row select session_user setof similar smallint \
    some substring symmetric system_user table tablesample then time timestamp to trailing treat trim true union \
    unique user using values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement \
    xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable";

/// The types of `pg_catalog`, by the names in `pg_type` and by those of the SQL standard.
const BUILTIN_TYPES: &str = "\
    aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray \
    anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bigint bigserial bit bool boolean box \
    bpchar bytea char character cid cidr circle cstring date datemultirange daterange decimal double event_trigger \
    fdw_handler float float4 float8 gtsvector index_am_handler inet int int2 int2vector int4 int4multirange int4range \
    int8 int8multirange int8range integer internal interval json jsonb jsonpath language_handler line lseg macaddr \
    macaddr8 money name numeric nummultirange numrange oid oidvector path point polygon real record \
    refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure \
    regrole regtype serial smallint smallserial table_am_handler text tid time timestamp timestamptz timetz trigger \
    tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit \
    varchar void xid xid8 xml";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_go_only_where_they_go_around_the_whole() {
        assert_eq!(strip_parentheses("((a > 0) AND (b > 0))"), "(a > 0) AND (b > 0)");
        assert_eq!(strip_parentheses("(a > 0) AND (b > 0)"), "(a > 0) AND (b > 0)");
        assert_eq!(strip_parentheses("( (a = ')') )"), "a = ')'");
        assert_eq!(strip_parentheses("(a = '(') OR (b = ')')"), "(a = '(') OR (b = ')')");
        assert_eq!(strip_parentheses(r#"(")" = E'\')')"#), r#"")" = E'\')'"#);
        assert_eq!(strip_parentheses("(a = $x$ ) $x$)"), "a = $x$ ) $x$");
    }

    #[test]
    fn a_cast_goes_from_a_list_where_the_server_added_it() {
        let given = |printed| without_added_casts(printed);
        assert_eq!(
            given("((a)::text = ANY ((ARRAY['x'::character varying, ')]'::character varying])::text[])) OR b")
                .as_deref(),
            Some("((a)::text = ANY (ARRAY['x'::character varying, ')]'::character varying])) OR b")
        );
        assert_eq!(given("(a = ANY (ARRAY['x'::text, 'y'::text]))"), None);
        assert_eq!(given("(a = ANY ((ARRAY[1, 2])::bigint[]))"), None);
        assert_eq!(given("(ARRAY["), None);
    }

    #[test]
    fn a_name_is_mentioned_as_a_token_and_not_as_text() {
        assert!(mentions("lower(Title) = 'x'", "title"));
        assert!(mentions(r#""sp ""ace" > 1"#, "sp \"ace"));
        assert!(!mentions("'title'::text = subtitle", "title"));
    }

    #[test]
    fn a_schema_goes_from_before_a_name_and_from_nowhere_else() {
        for (printed, bare) in [
            ("CREATE TRIGGER t BEFORE UPDATE OF \"ON public.a\" ON public.\"T\"", "ON \"T\""),
            ("CREATE TRIGGER t AFTER INSERT ON app.a FROM public.b", "ON app.a FROM public.b"),
            ("CREATE TRIGGER public AFTER INSERT ON public WHEN (public.a)", "ON public WHEN (public.a)"),
        ] {
            assert!(unqualified_behind(printed, "ON", "public").ends_with(bare), "{printed}");
        }
        assert_eq!(unqualified_behind("CREATE STATISTICS \"a.b\".s", "STATISTICS", "a.b"), "CREATE STATISTICS s");
    }

    #[test]
    fn a_statement_is_taken_apart_at_its_own_keywords() {
        assert_eq!(name_behind("ADD CONSTRAINT \"a b\" CHECK (x)", "ADD CONSTRAINT "), Some("\"a b\""));
        let grant = "GRANT SELECT (\"TO\") ON TABLE a TO \"b TO c\"";
        assert_eq!(split_at_last(grant, "TO"), Some(("GRANT SELECT (\"TO\") ON TABLE a", "\"b TO c\"")));
    }

    #[test]
    fn defaults_are_wrapped_where_the_grammar_asks_for_it() {
        assert_eq!(default_operand("NOT true"), "(NOT true)");
        assert_eq!(default_operand("'a and b'::character varying"), "'a and b'::character varying");
        assert_eq!(default_operand("f(a AND b)"), "f(a AND b)");
        assert_eq!(
            default_operand("'2020-01-01 00:00:00+00'::timestamp with time zone"),
            "'2020-01-01 00:00:00+00'::timestamp with time zone"
        );
    }

    #[test]
    fn generated_names_are_cut_like_the_server_cuts_them() {
        assert_eq!(generated_name("orders", "id", "seq"), "orders_id_seq");
        let long = generated_name(&"t".repeat(60), &"c".repeat(60), "seq");
        assert_eq!(long, format!("{}_{}_seq", "t".repeat(29), "c".repeat(29)));
    }
}
