//! What a person says of a name that is gone: it is another one now, or it is dropped.

use std::collections::BTreeSet;
use std::fmt;

use cqrs_core::schema::{ObjectId, ObjectName, Schema, Str, Table};

use super::{LikelyRename, RENAMED, Renames, has_object, pending};
use crate::error::Error;

/// Answers to the question whether a name that is gone was renamed or dropped, as they are typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    renames: Vec<(Path, Path)>,
    drops: Vec<Path>,
}

/// A table, view, type or sequence, or a column of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named {
    pub(crate) table: ObjectName,
    pub(crate) column: Option<Str>,
}

/// A name as it is typed: words between dots.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Path(Vec<String>);

impl Answers {
    /// Takes `OLD=NEW`: `orders=sales`, `orders.total=orders.amount` or `orders.total=amount`, with a schema before the
    /// table where it has one. A name that holds a dot, `=` or `"` stands in double quotes, each `"` in it twice.
    ///
    /// # Errors
    /// [`Error::BadAnswer`] where it is not of that form.
    pub fn rename(&mut self, text: &str) -> Result<(), Error> {
        let bad = |reason: &'static str| Error::BadAnswer { text: format!("--rename {text}"), reason };
        let (old, rest) = path(text).map_err(bad)?;
        let new = rest.strip_prefix('=').ok_or_else(|| bad("it must be `OLD=NEW`"))?;
        let (new, rest) = path(new).map_err(bad)?;
        if !rest.is_empty() {
            return Err(bad("it must be `OLD=NEW`"));
        }
        self.renames.push((old, new));
        Ok(())
    }

    /// Takes a table or column that is really dropped: `orders`, `orders.total`. Names are written as for
    /// [`Answers::rename`]. It answers the question only: the hazard must still be allowed.
    ///
    /// # Errors
    /// [`Error::BadAnswer`] where it is not of that form.
    pub fn drop(&mut self, text: &str) -> Result<(), Error> {
        let bad = |reason: &'static str| Error::BadAnswer { text: format!("--drop {text}"), reason };
        let (old, rest) = path(text).map_err(bad)?;
        if !rest.is_empty() {
            return Err(bad("it must be the name of a table or column"));
        }
        self.drops.push(old);
        Ok(())
    }

    /// The renames that were asked for.
    ///
    /// # Errors
    /// [`Error::UnknownName`] where a name is in neither schema; [`Error::BadRename`].
    pub(crate) fn renames(&self, before: &Schema, after: &Schema, recorded: Option<&Schema>) -> Result<Renames, Error> {
        let mut asked = Renames::default();
        let mut columns = Vec::new();
        for (old, new) in &self.renames {
            match old.table_in(before).or_else(|| new.table_in(after).and_then(|_| old.as_table())) {
                Some(from) if old.column_in(before, |name| name).is_none() => {
                    let to = new.table_beside(&from, after);
                    if !before.tables.contains_key(&from) && !before.tables.contains_key(&to) {
                        return Err(unknown(old, before));
                    }
                    if !after.tables.contains_key(&to) {
                        return Err(unknown(new, after));
                    }
                    asked.tables.insert(to, from);
                }
                _ => match object_rename(old, new, before, after)? {
                    Some((from, to)) => drop(asked.objects.insert(to, from)),
                    None => columns.push((old, new)),
                },
            }
        }
        let tables = pending(before, after, recorded, &asked)?.renames;
        for (old, new) in columns {
            let (table, from, to) = column_rename(old, new, before, after, &tables)?;
            asked.columns.insert((table, to), from);
        }
        Ok(asked)
    }

    /// Those of the likely renames of which nobody has said that they are none.
    ///
    /// # Errors
    /// [`Error::UnknownName`] where there is nothing of the name that is said to be dropped; [`Error::BadAnswer`] where it
    /// stays.
    pub(crate) fn unanswered(
        &self,
        likely: Vec<LikelyRename>,
        before: &Schema,
        after: &Schema,
        renames: &Renames,
    ) -> Result<Vec<LikelyRename>, Error> {
        let mut dropped = BTreeSet::new();
        for path in &self.drops {
            if let (None, None, Some(object)) =
                (path.table_in(before), path.column_in(before, |name| name), path.object_in(before))
            {
                if has_object(after, &object) || renames.objects.values().any(|moved| *moved == object) {
                    return Err(Error::BadAnswer { text: format!("--drop {path}"), reason: STAYS });
                }
                dropped.insert(Named { table: object.name, column: None });
                continue;
            }
            let named = match (path.table_in(before), path.column_in(before, |name| name)) {
                (Some(table), None) => Named { table, column: None },
                (_, Some((table, column))) => Named { table, column: Some(column) },
                (None, None) => return Err(unknown(path, before)),
            };
            let table = renames.new_table_name(&named.table);
            let stays = match &named.column {
                None => {
                    renames.tables.values().any(|moved| *moved == named.table)
                        || renames.old_table(before, &table).is_some() && after.tables.contains_key(&table)
                }
                Some(column) => renames.keeps_column(after, &table, column),
            };
            if stays {
                return Err(Error::BadAnswer { text: format!("--drop {path}"), reason: STAYS });
            }
            dropped.insert(named);
        }
        Ok(likely.into_iter().filter(|likely| !dropped.contains(&likely.old)).collect())
    }
}

const STAYS: &str = "it is not dropped: it stays, or is renamed";

/// The view, type or sequence that an answer speaks of, as it is and as it shall be. None where it speaks of none.
fn object_rename(
    old: &Path,
    new: &Path,
    before: &Schema,
    after: &Schema,
) -> Result<Option<(ObjectId, ObjectId)>, Error> {
    if old.as_column(before, |name| name).is_some() {
        return Ok(None);
    }
    let done = || new.object_in(after).and_then(|id| Some(ObjectId { name: old.as_table()?, ..id }));
    let Some(from) = old.object_in(before).or_else(done) else { return Ok(None) };
    let named = |name: ObjectName| ObjectId { name, ..from.clone() };
    let beside = |name: ObjectName| ObjectName { schema: from.name.schema.clone(), name: name.name };
    let to = new.as_table().map(|name| (named(name.clone()), named(beside(name))));
    match to {
        Some((to, _)) if has_object(after, &to) => Ok(Some((from, to))),
        Some((_, to)) if has_object(after, &to) => Ok(Some((from, to))),
        _ => Err(unknown(new, after)),
    }
}

/// The table under its new name, the old name of the column and the new one.
fn column_rename(
    old: &Path,
    new: &Path,
    before: &Schema,
    after: &Schema,
    renames: &Renames,
) -> Result<(ObjectName, Str, Str), Error> {
    let old_name = |name: ObjectName| match renames.tables.get(&name) {
        Some(old) if !before.tables.contains_key(&name) => old.clone(),
        _ => name,
    };
    let new_name =
        |name: ObjectName| if after.tables.contains_key(&name) { name } else { renames.new_table_name(&name) };
    let known_old = old.column_in(before, old_name);
    let Some((table, from)) = known_old.clone().or_else(|| old.as_column(before, old_name)) else {
        return Err(unknown(old, before));
    };
    let table = renames.new_table_name(&table);
    let to = match new.0.as_slice() {
        [column] => column.clone().into(),
        _ => match new.column_in(after, new_name) {
            Some((other, to)) if other == table => to,
            Some(_) => {
                let reason = "they are columns of different tables";
                return Err(Error::BadRename { from: old.to_string(), to: new.to_string(), reason });
            }
            None => return Err(unknown(new, after)),
        },
    };
    let has = |table: Option<&Table>, column: &Str| table.is_some_and(|table| table.column(column).is_some());
    if !has(after.tables.get(&table), &to) {
        let new = if new.0.len() == 1 { Path::of(&Named { table, column: Some(to) }) } else { new.clone() };
        return Err(unknown(&new, after));
    }
    if known_old.is_none() && !has(renames.old_table(before, &table), &to) {
        return Err(unknown(old, before));
    }
    Ok((table, from, to))
}

fn unknown(path: &Path, schema: &Schema) -> Error {
    let name = path.to_string();
    let of_tables = schema.tables.iter().flat_map(|(table, parts)| {
        let columns = parts.columns.iter().map(|column| Some(column.name.clone())).chain([None]);
        columns.map(|column| Named { table: table.clone(), column })
    });
    let of_kind = schema.objects.keys().filter(|id| RENAMED.contains(&id.kind)).map(|id| &id.name);
    let objects = schema.views.keys().chain(schema.enums.keys()).chain(of_kind).cloned();
    let near = of_tables
        .chain(objects.map(|name| Named { table: name, column: None }))
        .map(|named| Path::of(&named).to_string())
        .map(|candidate| (strsim::jaro_winkler(&candidate, &name), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate);
    Error::UnknownName { name, near }
}

impl Path {
    fn of(named: &Named) -> Self {
        let words = named.table.schema.iter().chain([&named.table.name]).chain(&named.column);
        Self(words.map(ToString::to_string).collect())
    }

    fn as_table(&self) -> Option<ObjectName> {
        match self.0.as_slice() {
            [name] => Some(ObjectName::new(name.clone())),
            [schema, name] => Some(ObjectName::qualified(schema.clone(), name.clone())),
            _ => None,
        }
    }

    fn table_in(&self, schema: &Schema) -> Option<ObjectName> {
        self.as_table().filter(|name| schema.tables.contains_key(name))
    }

    /// The view, type or sequence of that name.
    fn object_in(&self, schema: &Schema) -> Option<ObjectId> {
        let name = self.as_table()?;
        RENAMED.into_iter().map(|kind| ObjectId::new(kind, name.clone())).find(|id| has_object(schema, id))
    }

    /// The table as which another one is named: in the schema of that one where none is written and none there fits.
    fn table_beside(&self, other: &ObjectName, schema: &Schema) -> ObjectName {
        let beside = |name: &String| ObjectName { schema: other.schema.clone(), name: name.clone().into() };
        match self.0.as_slice() {
            [name] if self.table_in(schema).is_none() => beside(name),
            words => self.as_table().unwrap_or_else(|| beside(&words.concat())),
        }
    }

    fn split_column(&self) -> Option<(ObjectName, Str)> {
        let (column, table) = self.0.split_last()?;
        Some((Self(table.to_vec()).as_table()?, column.clone().into()))
    }

    /// A column whose table is in a schema, perhaps under another name.
    fn as_column(&self, schema: &Schema, name: impl Fn(ObjectName) -> ObjectName) -> Option<(ObjectName, Str)> {
        let (table, column) = self.split_column()?;
        Some((name(table), column)).filter(|(table, _)| schema.tables.contains_key(table))
    }

    fn column_in(&self, schema: &Schema, name: impl Fn(ObjectName) -> ObjectName) -> Option<(ObjectName, Str)> {
        let (table, column) = self.as_column(schema, name)?;
        let there = schema.tables.get(&table)?.column(&column).is_some();
        there.then_some((table, column))
    }
}

/// As it is typed, without regard to the shell.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |word: &String| {
            let is_plain = !word.is_empty() && !word.contains(['.', '=', '"']);
            if is_plain { word.clone() } else { format!("\"{}\"", word.replace('"', "\"\"")) }
        };
        f.write_str(&self.0.iter().map(quoted).collect::<Vec<_>>().join("."))
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Path::of(self).fmt(f)
    }
}

/// The words at the beginning of a text, and what follows them.
fn path(text: &str) -> Result<(Path, &str), &'static str> {
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        let (word, behind) = match rest.strip_prefix('"') {
            Some(body) => quoted_word(body).ok_or("a quote is not closed")?,
            None => {
                let end = rest.find(['.', '=']).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        if word.is_empty() {
            return Err("a name is missing");
        }
        words.push(word);
        match behind.strip_prefix('.') {
            Some(more) => rest = more,
            None if words.len() > 3 => return Err("a name has at most a schema, a table and a column"),
            None => return Ok((Path(words), behind)),
        }
    }
}

/// What stands before the closing quote, and what follows that.
fn quoted_word(body: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut rest = body;
    loop {
        let at = rest.find('"')?;
        word.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                word.push('"');
                rest = more;
            }
            None => return Some((word, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cqrs_core::schema::{Column, ColumnType};

    fn schema(tables: &[(&'static str, &[&'static str])]) -> Schema {
        let mut schema = Schema::new();
        for (name, columns) in tables {
            let mut table = Table::new(*name);
            let columns = columns.iter().map(|column| Column::new(*column, ColumnType::BigInteger));
            table.columns = columns.collect::<Vec<_>>().into();
            schema.add_table(table);
        }
        schema
    }

    fn asked(renames: &[&str], before: &Schema, after: &Schema) -> Result<Renames, String> {
        let mut answers = Answers::default();
        for text in renames {
            answers.rename(text).map_err(|error| error.to_string())?;
        }
        answers.renames(before, after, None).map_err(|error| match error.help() {
            Some(help) => format!("{error}; {help}"),
            None => error.to_string(),
        })
    }

    #[test]
    fn names_are_typed_and_shown_alike() {
        for text in ["orders", "orders.total", "shop.orders.total", "\"a.b\".\"c=d\"", "\"say \"\"x\"\"\".y"] {
            let (path, rest) = path(text).unwrap();
            assert_eq!((path.to_string().as_str(), rest), (text, ""));
        }
        for text in ["", "=a", "a", "a=", "a.=b", "a=b=c", "\"a=b", "a.b.c.d=e", "\"\"=a"] {
            assert!(Answers::default().rename(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_looked_up_where_they_were_and_where_they_shall_be() {
        let before = schema(&[("items", &["id", "name"]), ("parts", &["id"]), ("odd.name", &["a=b"])]);
        let after = schema(&[("articles", &["id", "title"]), ("parts", &["number"]), ("odd.name", &["c"])]);
        let column = |table: &'static str, to: &'static str| (ObjectName::new(table), Str::from(to));
        let both = ["items=articles", "items.name=articles.title"];
        let expected = Renames {
            tables: [(ObjectName::new("articles"), ObjectName::new("items"))].into(),
            columns: [(column("articles", "title"), "name".into())].into(),
            ..Renames::default()
        };
        assert_eq!(asked(&both, &before, &after).unwrap(), expected);
        for same in ["items.name=title", "articles.name=articles.title", "items.name=items.title"] {
            assert_eq!(asked(&["items=articles", same], &before, &after).unwrap(), expected, "{same}");
        }
        let odd = asked(&["\"odd.name\".\"a=b\"=c"], &before, &after).unwrap();
        assert_eq!(odd.columns[&column("odd.name", "c")], "a=b");
        for (text, message) in [
            ("itms=articles", "there is no table, column, view, type or sequence `itms`; did you mean `items`?"),
            ("items=artcles", "there is no table, column, view, type or sequence `artcles`; did you mean `articles`?"),
            (
                "parts.idd=number",
                "there is no table, column, view, type or sequence `parts.idd`; did you mean `parts.id`?",
            ),
            (
                "parts.id=numbr",
                "there is no table, column, view, type or sequence `parts.numbr`; did you mean `parts.number`?",
            ),
            ("parts.id=articles.id", "cannot rename `parts.id` to `articles.id`: they are columns of different tables"),
        ] {
            let error = asked(&[text], &before, &after).unwrap_err();
            assert!(error.starts_with(message), "{text}: {error}");
        }
    }
}
