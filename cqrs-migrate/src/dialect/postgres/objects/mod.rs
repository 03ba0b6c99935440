//! Objects that are their SQL: functions, triggers, domains, sequences, ….

#[cfg(feature = "postgres")]
mod read;

use cqrs_core::schema::{ObjectId, ObjectKind, Schema, SqlObject, Str};

#[cfg(feature = "postgres")]
pub(super) use read::{furniture, keep_selected, read, read_owners, read_privileges};

use super::render::{recount, statement};
use super::sql::{literal, literal_or_null, name_behind, quote, quote_name, split_at_last};
use crate::dialect::{Lock, Statement};

/// The comment that every database's `public` has from the start.
const PUBLIC_COMMENT: &str = "standard public schema";

pub(super) fn create(object: &SqlObject) -> Vec<Statement> {
    let mut statements = vec![statement(object.definition.to_string(), lock(object))];
    let (comments, parts) = comments_and_parts(object.options.iter());
    statements.extend(parts.into_iter().chain(comments).map(|option| set(object, option)));
    statements.extend(object.comment.as_deref().map(|text| comment(object, Some(text))));
    statements
}

pub(super) fn drop(object: &SqlObject) -> Vec<Statement> {
    if object.id.kind == ObjectKind::Privileges {
        let told = object.options.iter().rev().chain([&object.definition]);
        return told.filter_map(|sql| opposite(sql)).map(|sql| statement(sql, Lock::None)).collect();
    }
    // Nothing is without an owner: it goes with what is owned.
    if object.id.kind == ObjectKind::Owner {
        return vec![];
    }
    // The default schema is not ours: only what was said of it.
    if is_comment(&object.definition) {
        return vec![comment(object, None)];
    }
    let (word, name) = target(&object.id);
    vec![statement(format!("DROP {word} IF EXISTS {name}"), lock(object))]
}

/// Each clause by itself, and the definition where the server replaces it in place.
pub(super) fn alter(before: &SqlObject, after: &SqlObject) -> Option<Vec<Statement>> {
    if after.id.kind == ObjectKind::Privileges {
        return None;
    }
    let mut statements = Vec::new();
    let renamed = renamed_constraints(before, after);
    let is_gone = |option: &&Str| !after.options.contains(*option) && !renamed.iter().any(|(from, _)| from == option);
    // The comment of a part goes before the part, and comes again with it.
    let (comments, parts) = comments_and_parts(before.options.iter().filter(is_gone));
    let parts_changed = !parts.is_empty() || !renamed.is_empty();
    for option in comments {
        statements.push(reset(before, option)?);
    }
    if before.definition != after.definition {
        statements.extend(redefine(before, after)?);
    }
    for option in parts {
        statements.push(reset(before, option)?);
    }
    let (word, name) = target(&after.id);
    statements.extend(renamed.iter().filter_map(|(from, to)| {
        let ((from, _), (to, _)) = (constraint(from)?, constraint(to)?);
        Some(statement(format!("ALTER {word} {name} RENAME CONSTRAINT {from} TO {to}"), lock(after)))
    }));
    let is_new = |option: &Str| {
        !before.options.contains(option) && !renamed.iter().any(|(_, to)| *to == option)
            || (parts_changed && is_comment(option))
    };
    let (comments, parts) = comments_and_parts(after.options.iter().filter(|option| is_new(option)));
    statements.extend(parts.into_iter().chain(comments).map(|option| set(after, option)));
    if before.comment != after.comment {
        // Without a comment an extension has that of its control file, which only making it sets.
        if after.id.kind == ObjectKind::Extension && after.comment.is_none() {
            return None;
        }
        statements.push(comment(after, after.comment.as_deref()));
    }
    Some(statements)
}

/// The constraints that only get another name, which no other one has: each as it is and as it shall be.
/// <https://www.postgresql.org/docs/current/sql-alterdomain.html>
fn renamed_constraints<'o>(before: &'o SqlObject, after: &'o SqlObject) -> Vec<(&'o Str, &'o Str)> {
    let gone = || before.options.iter().filter(|option| !after.options.contains(*option));
    let says = |option: &&Str, rule: &str| constraint(option).is_some_and(|(_, other)| other == rule);
    let renamed = gone().filter_map(|from| {
        let (_, rule) = constraint(from)?;
        let mut of_rule = after.options.iter().filter(|option| says(option, rule));
        let (to, None, 1) = (of_rule.next()?, of_rule.next(), gone().filter(|option| says(option, rule)).count())
        else {
            return None;
        };
        let (name, _) = constraint(to)?;
        let is_taken = before.options.iter().any(|other| constraint(other).is_some_and(|(taken, _)| taken == name));
        (!is_taken).then_some((from, to))
    });
    renamed.collect()
}

/// The name of a constraint, and what it says.
fn constraint(option: &str) -> Option<(&str, &str)> {
    const ADD: &str = "ADD CONSTRAINT ";
    let name = name_behind(option, ADD)?;
    Some((name, &option[ADD.len() + name.len()..]))
}

/// The statements that give an object another definition. None where it has to be dropped and made again.
fn redefine(before: &SqlObject, after: &SqlObject) -> Option<Vec<Statement>> {
    let (word, name) = target(&after.id);
    let one = |sql: String| Some(vec![statement(sql, lock(after))]);
    match after.id.kind {
        ObjectKind::Namespace | ObjectKind::Owner => one(after.definition.to_string()),
        // All that stands before the language must stay: https://www.postgresql.org/docs/current/sql-createfunction.html
        ObjectKind::Function | ObjectKind::Procedure => {
            let head = |object: &SqlObject| object.definition.split("\n LANGUAGE ").next().map(str::to_owned);
            if head(before) == head(after) { one(after.definition.to_string()) } else { None }
        }
        ObjectKind::Sequence => {
            let parts = |object: &SqlObject| {
                let unlogged = object.definition.starts_with("CREATE UNLOGGED ");
                split_at_last(&object.definition, "AS").map(|(_, options)| (unlogged, options.to_owned()))
            };
            let ((was_unlogged, were), (unlogged, options)) = (parts(before)?, parts(after)?);
            let alter = statement(format!("ALTER SEQUENCE {name} AS {options}"), lock(after));
            let mut statements = vec![recount(
                alter,
                &literal(&name),
                |words| option_of_sequence(&were, words),
                |words| option_of_sequence(&options, words),
            )];
            if was_unlogged != unlogged {
                let persistence = if unlogged { "UNLOGGED" } else { "LOGGED" };
                statements.push(statement(format!("ALTER SEQUENCE {name} SET {persistence}"), lock(after)));
            }
            Some(statements)
        }
        ObjectKind::Policy => {
            let ((head, was), (new_head, rest)) =
                (split_at_last(&before.definition, "TO")?, split_at_last(&after.definition, "TO")?);
            // No clause can be taken back: https://www.postgresql.org/docs/current/sql-alterpolicy.html
            let keeps = |word| split_at_last(was, word).is_none() || split_at_last(rest, word).is_some();
            let is_altered = head == new_head && keeps("USING") && keeps("CHECK");
            if is_altered { one(format!("ALTER {word} {name} TO {rest}")) } else { None }
        }
        ObjectKind::Extension => {
            let parts = |object: &SqlObject| match split_at_last(&object.definition, "VERSION") {
                Some((rest, version)) => (rest.to_owned(), Some(version.to_owned())),
                None => (object.definition.to_string(), None),
            };
            let ((was, _), (is, version)) = (parts(before), parts(after));
            let to = version.map_or_else(String::new, |version| format!(" TO {version}"));
            if was == is {
                return one(format!("ALTER {word} {name} UPDATE{to}"));
            }
            let ((head, _), (new_head, schema)) = (split_at_last(&was, "SCHEMA")?, split_at_last(&is, "SCHEMA")?);
            let is_moved = head == new_head && parts(before).1 == parts(after).1;
            if is_moved { one(format!("ALTER {word} {name} SET SCHEMA {schema}")) } else { None }
        }
        ObjectKind::CompositeType => {
            let (was, is) = (attributes(&before.definition)?, attributes(&after.definition)?);
            let kept: Vec<&str> = was.iter().copied().filter(|attribute| is.contains(attribute)).collect();
            // Others come behind those that stay. Another type is nothing that the server gives one that is in use.
            let new = is.strip_prefix(kept.as_slice())?;
            let gone =
                was.iter().filter(|attribute| !kept.contains(attribute)).map(|attribute| attribute_name(attribute));
            let gone: Vec<&str> = gone.collect::<Option<_>>()?;
            if new.iter().any(|attribute| attribute_name(attribute).is_none_or(|name| gone.contains(&name))) {
                return None;
            }
            let drop = gone.iter().map(|attribute| format!("DROP ATTRIBUTE {attribute}"));
            let add = new.iter().map(|attribute| format!("ADD ATTRIBUTE {attribute}"));
            one(format!("ALTER {word} {name} {}", drop.chain(add).collect::<Vec<_>>().join(", ")))
        }
        _ => None,
    }
}

/// What follows the words of an option in the definition of a sequence.
fn option_of_sequence<'o>(options: &'o str, words: &str) -> Option<&'o str> {
    options.split_once(words)?.1.split(' ').next()
}

/// The attributes of a composite type, as the catalog query writes them.
fn attributes(definition: &str) -> Option<Vec<&str>> {
    let (_, list) = definition.split_once(" AS (\n    ")?;
    Some(list.strip_suffix(')')?.split(",\n    ").collect())
}

/// The name that an attribute begins with, in quotes where it has them.
fn attribute_name(attribute: &str) -> Option<&str> {
    let end = match attribute.strip_prefix('"') {
        Some(rest) => rest.find("\" ")? + 2,
        None => attribute.find(' ')?,
    };
    Some(&attribute[..end])
}

/// The statement that an option is a clause of.
fn set(object: &SqlObject, option: &str) -> Statement {
    let (word, name) = target(&object.id);
    let sql = match object.id.kind {
        _ if is_comment(option) => option.to_owned(),
        ObjectKind::Privileges => option.to_owned(),
        ObjectKind::Trigger | ObjectKind::Rule if is_firing(option) => fires(&object.id, option),
        _ => format!("ALTER {word} {name} {option}"),
    };
    statement(sql, lock(object))
}

/// The statement that makes it as if an option had not been said. None where there is none.
fn reset(object: &SqlObject, option: &str) -> Option<Statement> {
    let (word, name) = target(&object.id);
    let clause = match object.id.kind {
        _ if is_comment(option) => {
            let (what, _) = split_at_last(option, "IS")?;
            return Some(statement(format!("{what} IS NULL"), lock(object)));
        }
        ObjectKind::Trigger | ObjectKind::Rule if is_firing(option) => {
            return Some(statement(fires(&object.id, "ENABLE"), lock(object)));
        }
        ObjectKind::Statistics => "SET STATISTICS -1".to_owned(),
        _ if option.starts_with("SET DEFAULT ") => "DROP DEFAULT".to_owned(),
        _ if option == "SET NOT NULL" => "DROP NOT NULL".to_owned(),
        _ if option.starts_with("DEPENDS ON ") => format!("NO {option}"),
        _ => match (name_behind(option, "ADD CONSTRAINT "), name_behind(option, "ADD MAPPING FOR ")) {
            (Some(constraint), _) => format!("DROP CONSTRAINT {constraint}"),
            (_, Some(token)) => format!("DROP MAPPING FOR {token}"),
            _ => return None,
        },
    };
    Some(statement(format!("ALTER {word} {name} {clause}"), lock(object)))
}

fn comments_and_parts<'a>(options: impl Iterator<Item = &'a Str>) -> (Vec<&'a Str>, Vec<&'a Str>) {
    options.partition(|option| is_comment(option))
}

/// Whether an option is a comment of a part, which is a statement by itself.
pub(super) fn is_comment(option: &str) -> bool {
    option.starts_with("COMMENT ON ")
}

/// Whether an option says when a trigger or rule fires.
fn is_firing(option: &str) -> bool {
    option == "DISABLE" || option.starts_with("ENABLE ")
}

/// <https://www.postgresql.org/docs/current/sql-altertable.html>
fn fires(id: &ObjectId, how: &str) -> String {
    let table = id.table_name().map(|table| quote_name(&table)).unwrap_or_default();
    format!("ALTER TABLE {table} {how} {} {}", target(id).0, quote(&id.name.name))
}

fn comment(object: &SqlObject, text: Option<&str>) -> Statement {
    let (word, name) = target(&object.id);
    let text = match text {
        None if object.id.kind == ObjectKind::Namespace && object.id.name.name == "public" => literal(PUBLIC_COMMENT),
        text => literal_or_null(text),
    };
    statement(format!("COMMENT ON {word} {name} IS {text}"), Lock::None)
}

/// What `ALTER`, `DROP` and `COMMENT ON` call an object.
fn target(id: &ObjectId) -> (String, String) {
    let word = match id.kind {
        ObjectKind::CompositeType | ObjectKind::RangeType => "TYPE".to_owned(),
        kind => kind.name().to_uppercase(),
    };
    let signature = id.signature.as_deref().unwrap_or_default();
    let name = match (id.kind, id.table_name()) {
        (_, Some(table)) => format!("{} ON {}", quote(&id.name.name), quote_name(&table)),
        (ObjectKind::Cast, _) => format!("({})", id.name.name),
        (ObjectKind::Operator, _) => {
            let schema = id.name.schema.as_ref().map_or_else(String::new, |schema| quote(schema) + ".");
            format!("{schema}{} {signature}", id.name.name)
        }
        (ObjectKind::OperatorClass | ObjectKind::OperatorFamily, _) => format!("{} {signature}", quote_name(&id.name)),
        _ => quote_name(&id.name) + signature,
    };
    (word, name)
}

/// What takes a `GRANT` or `REVOKE` back, or one behind `ALTER DEFAULT PRIVILEGES`.
fn opposite(sql: &str) -> Option<String> {
    let sql = sql.strip_suffix(" WITH GRANT OPTION").unwrap_or(sql);
    let (start, verb, what, preposition, role) = match split_at_last(sql, "REVOKE") {
        Some((start, revoked)) => {
            let (what, role) = split_at_last(revoked, "FROM")?;
            (start, "GRANT", what, "TO", role)
        }
        None => {
            let (start, granted) = split_at_last(sql, "GRANT")?;
            let (what, role) = split_at_last(granted, "TO")?;
            (start, "REVOKE", what, "FROM", role)
        }
    };
    Some(format!("{start} {verb} {what} {preposition} {role}").trim_start().to_owned())
}

/// Takes from a new object what default privileges give it, and gives it what they take, unless it shall be so.
/// <https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html>
pub(super) fn without_default_privileges(defaults: &SqlObject, new: &ObjectId, after: &Schema) -> Option<Statement> {
    let (class, word) = match new.kind {
        ObjectKind::Table | ObjectKind::View => ("TABLES", "TABLE"),
        ObjectKind::Sequence => ("SEQUENCES", "SEQUENCE"),
        ObjectKind::Function | ObjectKind::Aggregate => ("FUNCTIONS", "FUNCTION"),
        ObjectKind::Procedure => ("FUNCTIONS", "PROCEDURE"),
        ObjectKind::Domain => ("TYPES", "DOMAIN"),
        ObjectKind::Enum | ObjectKind::CompositeType | ObjectKind::RangeType => ("TYPES", "TYPE"),
        ObjectKind::Namespace => ("SCHEMAS", "SCHEMA"),
        _ => return None,
    };
    let is_of_schema = defaults.id.name.name.is_empty() || defaults.id.name.schema == new.name.schema;
    // `ALTER DEFAULT PRIVILEGES … GRANT SELECT ON TABLES TO role`
    let given = Given::of(&defaults.definition)?;
    // Whoever makes an object owns it, and may do everything by that.
    let is_to_owner =
        defaults.id.signature.as_deref().is_some_and(|of| of.contains(&format!(" OF {} TO ", given.role)));
    if given.on != class || !is_of_schema || is_to_owner {
        return None;
    }
    let signature = new.signature.as_deref().unwrap_or_default();
    let arguments = if signature.is_empty() { String::new() } else { format!("{signature} ") };
    let wanted = ObjectId {
        signature: Some(format!("{word} {arguments}TO {}", given.role).into()),
        ..ObjectId::new(ObjectKind::Privileges, new.name.clone())
    };
    let is_wanted = after.objects.get(&wanted).and_then(|wanted| Given::of(&wanted.definition)).is_some_and(|wanted| {
        let mut privileges = given.privileges.split(", ");
        (wanted.is_granted, wanted.is_grantable) == (given.is_granted, given.is_grantable)
            && privileges.all(|privilege| wanted.privileges.split(", ").any(|wanted| wanted == privilege))
    });
    let name = quote_name(&new.name) + signature;
    let Given { privileges, role, is_granted, .. } = given;
    let (verb, preposition) = if is_granted { ("REVOKE", "FROM") } else { ("GRANT", "TO") };
    (!is_wanted).then(|| statement(format!("{verb} {privileges} ON {word} {name} {preposition} {role}"), Lock::None))
}

/// What a `GRANT` or `REVOKE` says, or one behind `ALTER DEFAULT PRIVILEGES`.
struct Given<'s> {
    is_granted: bool,
    privileges: &'s str,
    on: &'s str,
    role: &'s str,
    is_grantable: bool,
}

impl<'s> Given<'s> {
    fn of(sql: &'s str) -> Option<Self> {
        let plain = sql.strip_suffix(" WITH GRANT OPTION").unwrap_or(sql);
        let (is_granted, preposition, (_, rest)) = match split_at_last(plain, "REVOKE") {
            Some(revoked) => (false, "FROM", revoked),
            None => (true, "TO", split_at_last(plain, "GRANT")?),
        };
        let (what, role) = split_at_last(rest, preposition)?;
        let (privileges, on) = split_at_last(what, "ON")?;
        Some(Self { is_granted, privileges, on, role, is_grantable: plain.len() < sql.len() })
    }
}

fn lock(object: &SqlObject) -> Lock {
    match object.id.kind {
        ObjectKind::Trigger | ObjectKind::Rule | ObjectKind::Policy | ObjectKind::Owner => Lock::ReadsAndWrites,
        _ => Lock::None,
    }
}
