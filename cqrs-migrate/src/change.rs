//! What differs between two schemas: intent, no SQL.

use std::collections::BTreeMap;
use std::fmt;

use cqrs_core::schema::{
    Check, Column, DefaultValue, Deferrable, EnumType, Exclusion, ForeignKey, Index, List, Literal, ObjectId,
    ObjectKind, ObjectName, PrimaryKey, SqlObject, Str, Table, Unique, View,
};

use serde::Serialize;

/// One difference between two schemas, on one object.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "lists of changes are short, and boxes would be in every match")]
pub enum Change {
    /// An enum type that is new.
    CreateEnum(EnumType),
    /// An enum type that goes.
    DropEnum(EnumType),
    /// An enum type whose labels or comment change.
    AlterEnum {
        /// As it is.
        before: EnumType,
        /// As it shall be.
        after: EnumType,
    },
    /// A table that is new.
    CreateTable(Table),
    /// A table that goes, with its rows.
    DropTable(Table),
    /// A table that gets another name. An [`Change::AlterTable`] for the same table speaks of it by the new name.
    RenameTable {
        /// The name that it has.
        from: ObjectName,
        /// The name that it shall have.
        to: ObjectName,
    },
    /// A view, type or sequence that gets another name. Other changes of it speak of it by the new name.
    RenameObject {
        /// What it is known by.
        from: ObjectId,
        /// What it shall be known by.
        to: ObjectId,
    },
    /// A label of an enum type that gets another name.
    RenameLabel {
        /// The type, under the name that it shall have.
        enum_type: ObjectName,
        /// The label as it is.
        from: Str,
        /// The label as it shall be.
        to: Str,
    },
    /// A table of which parts change.
    AlterTable(TableAlteration),
    /// A view that is new.
    CreateView(View),
    /// A view that goes.
    DropView(View),
    /// A view whose query, indexes, options or comments change.
    AlterView {
        /// As it is.
        before: View,
        /// As it shall be.
        after: View,
    },
    /// An object that is its SQL, and new.
    CreateObject(SqlObject),
    /// An object that is its SQL, and goes.
    DropObject(SqlObject),
    /// An object whose SQL, options or comment change.
    AlterObject {
        /// As it is.
        before: SqlObject,
        /// As it shall be.
        after: SqlObject,
    },
}

/// Everything that changes in one table that stays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableAlteration {
    /// The table as it is, under the name that it shall have; its columns under the names that they have.
    pub before: Table,
    /// The table as it shall be.
    pub after: Table,
    /// What changes. Column renames come first, and everything else speaks of the new names.
    pub changes: Vec<TableChange>,
}

impl TableAlteration {
    /// The name that a column has, by the one that it gets.
    pub(crate) fn old_name<'a>(&'a self, column: &'a Str) -> &'a Str {
        let renamed = self.changes.iter().find_map(|change| match change {
            TableChange::RenameColumn { from, to } if to == column => Some(from),
            _ => None,
        });
        renamed.unwrap_or(column)
    }
}

/// One part of a table that changes.
#[allow(clippy::large_enum_variant, reason = "a table has few changes, and most are of columns")]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum TableChange {
    /// A column that gets another name.
    RenameColumn {
        /// The name that it has.
        from: Str,
        /// The name that it shall have.
        to: Str,
    },
    /// Labels that get other names, in the rows too. Where an enum is a type of its own, it is [`Change::RenameLabel`].
    RenameLabels {
        /// The column as it is, under the name that it shall have.
        before: Column,
        /// The column with the new labels, and nothing else changed.
        after: Column,
        /// The labels: old name -> new name.
        labels: BTreeMap<Str, Str>,
    },
    /// A column that is new.
    AddColumn(Column),
    /// A column that goes, with its values.
    DropColumn(Column),
    /// A column whose type, nullability, default, expression, collation, numbering, options or comment changes.
    AlterColumn {
        /// As it is, under the name that it shall have.
        before: Column,
        /// As it shall be.
        after: Column,
    },
    /// A primary key that is new.
    AddPrimaryKey(PrimaryKey),
    /// A primary key that goes.
    DropPrimaryKey(PrimaryKey),
    /// A unique constraint that is new.
    AddUnique(Unique),
    /// A unique constraint that goes.
    DropUnique(Unique),
    /// An index that is new.
    AddIndex(Index),
    /// An index that goes.
    DropIndex(Index),
    /// A foreign key that is new.
    AddForeignKey(ForeignKey),
    /// A foreign key that goes.
    DropForeignKey(ForeignKey),
    /// A check that is new.
    AddCheck(Check),
    /// A check that goes.
    DropCheck(Check),
    /// An exclusion constraint that is new.
    AddExclusion(Exclusion),
    /// An exclusion constraint that goes.
    DropExclusion(Exclusion),
    /// Other tables to inherit from, or another place as a partition. Both are in the tables of the alteration.
    SetInheritance,
    /// Other options of the table.
    SetOptions {
        /// As they are.
        before: List<Str>,
        /// As they shall be.
        after: List<Str>,
    },
    /// A key, index, foreign key or check that stays in its place while something of it changes. [`diff`](crate::diff::diff)
    /// drops it and adds it; where the database can do without that, it is this instead.
    AlterPart {
        /// As it is.
        before: Part,
        /// As it shall be, under the same name.
        after: Part,
    },
    /// A key, index, foreign key or check that only gets another name. The part is as it shall be.
    RenamePart {
        /// The name that it has.
        from: Str,
        /// The part under the name that it shall have.
        to: Part,
    },
    /// Another table comment.
    SetComment {
        /// As it is.
        before: Option<Str>,
        /// As it shall be.
        after: Option<Str>,
    },
}

/// A part of a table that has a name of its own, other than a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// A primary key.
    PrimaryKey(PrimaryKey),
    /// A unique constraint.
    Unique(Unique),
    /// An index.
    Index(Index),
    /// A foreign key.
    ForeignKey(ForeignKey),
    /// A check.
    Check(Check),
    /// An exclusion constraint.
    Exclusion(Exclusion),
}

impl Part {
    /// The part's name, empty where it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = match self {
            Self::PrimaryKey(part) => &part.name,
            Self::Unique(part) => &part.name,
            Self::Index(part) => &part.name,
            Self::ForeignKey(part) => &part.name,
            Self::Check(part) => &part.name,
            Self::Exclusion(part) => &part.name,
        };
        name.as_deref().unwrap_or_default()
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::PrimaryKey(_) => "primary key",
            Self::Unique(_) => "unique constraint",
            Self::Index(_) => "index",
            Self::ForeignKey(_) => "foreign key",
            Self::Check(_) => "check",
            Self::Exclusion(_) => "exclusion constraint",
        }
    }

    /// What else its definition says, a clause each.
    #[must_use]
    pub fn options(&self) -> &[Str] {
        match self {
            Self::PrimaryKey(part) => &part.options,
            Self::Unique(part) => &part.options,
            Self::Index(part) => &part.options,
            Self::ForeignKey(part) => &part.options,
            Self::Check(part) => &part.options,
            Self::Exclusion(_) => &[],
        }
    }

    /// The comment stored with it.
    #[must_use]
    pub fn comment(&self) -> Option<&str> {
        let comment = match self {
            Self::PrimaryKey(part) => &part.comment,
            Self::Unique(part) => &part.comment,
            Self::Index(part) => &part.comment,
            Self::ForeignKey(part) => &part.comment,
            Self::Check(part) => &part.comment,
            Self::Exclusion(part) => &part.comment,
        };
        comment.as_deref()
    }

    /// The part without its options and comment.
    #[must_use]
    pub fn plain(mut self) -> Self {
        macro_rules! take {
            ($part:ident) => {{
                $part.options = List::default();
                $part.comment = None;
            }};
        }
        match &mut self {
            Self::PrimaryKey(part) => take!(part),
            Self::Unique(part) => take!(part),
            Self::Index(part) => take!(part),
            Self::ForeignKey(part) => take!(part),
            Self::Check(part) => take!(part),
            Self::Exclusion(part) => part.comment = None,
        }
        self
    }

    /// The change that makes the part.
    #[must_use]
    pub fn add(self) -> TableChange {
        match self {
            Self::PrimaryKey(part) => TableChange::AddPrimaryKey(part),
            Self::Unique(part) => TableChange::AddUnique(part),
            Self::Index(part) => TableChange::AddIndex(part),
            Self::ForeignKey(part) => TableChange::AddForeignKey(part),
            Self::Check(part) => TableChange::AddCheck(part),
            Self::Exclusion(part) => TableChange::AddExclusion(part),
        }
    }

    /// The change that drops the part.
    #[must_use]
    pub fn drop(self) -> TableChange {
        match self {
            Self::PrimaryKey(part) => TableChange::DropPrimaryKey(part),
            Self::Unique(part) => TableChange::DropUnique(part),
            Self::Index(part) => TableChange::DropIndex(part),
            Self::ForeignKey(part) => TableChange::DropForeignKey(part),
            Self::Check(part) => TableChange::DropCheck(part),
            Self::Exclusion(part) => TableChange::DropExclusion(part),
        }
    }

    /// The part under another name.
    #[must_use]
    pub fn named(mut self, name: Str) -> Self {
        *self.name_mut() = Some(name);
        self
    }

    /// The part without its name: what it is, whatever it is called.
    #[must_use]
    pub fn unnamed(mut self) -> Self {
        *self.name_mut() = None;
        self
    }

    fn name_mut(&mut self) -> &mut Option<Str> {
        match self {
            Self::PrimaryKey(part) => &mut part.name,
            Self::Unique(part) => &mut part.name,
            Self::Index(part) => &mut part.name,
            Self::ForeignKey(part) => &mut part.name,
            Self::Check(part) => &mut part.name,
            Self::Exclusion(part) => &mut part.name,
        }
    }
}

impl Change {
    /// The object that changes, under the name that it shall have.
    #[must_use]
    pub fn object(&self) -> ObjectId {
        match self {
            Self::CreateEnum(enum_type) | Self::DropEnum(enum_type) | Self::AlterEnum { after: enum_type, .. } => {
                ObjectId::enum_type(enum_type.name.clone())
            }
            Self::CreateTable(table) | Self::DropTable(table) => ObjectId::table(table.object_name()),
            Self::RenameTable { to, .. } => ObjectId::table(to.clone()),
            Self::RenameLabel { enum_type, .. } => ObjectId::enum_type(enum_type.clone()),
            Self::RenameObject { to, .. } => to.clone(),
            Self::AlterTable(alteration) => ObjectId::table(alteration.after.object_name()),
            Self::CreateView(view) | Self::DropView(view) | Self::AlterView { after: view, .. } => {
                ObjectId::view(view.name.clone())
            }
            Self::CreateObject(object) | Self::DropObject(object) | Self::AlterObject { after: object, .. } => {
                object.id.clone()
            }
        }
    }
}

/// The name that a table or view has, by the one that it gets.
pub(crate) fn former_name(name: &ObjectName, changes: &[Change]) -> ObjectName {
    let former = changes.iter().find_map(|change| match change {
        Change::RenameTable { from, to } if to == name => Some(from.clone()),
        Change::RenameObject { from, to } if to.kind == ObjectKind::View && to.name == *name => Some(from.name.clone()),
        _ => None,
    });
    former.unwrap_or_else(|| name.clone())
}

/// What a view or SQL object is known by, by what it shall be known by.
pub(crate) fn former_id(id: &ObjectId, changes: &[Change]) -> ObjectId {
    if let Some(table) = id.table_name() {
        let ObjectName { schema, name: table } = former_name(&table, changes);
        let name = ObjectName { schema, name: id.name.name.clone() };
        return ObjectId { name, table: Some(table), ..id.clone() };
    }
    let renamed = changes.iter().find_map(|change| match change {
        Change::RenameObject { from, to } if to == id => Some(from),
        _ => None,
    });
    renamed.unwrap_or(id).clone()
}

/// One line: `create table orders`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateEnum(enum_type) => {
                write!(f, "create enum `{}` ({})", enum_type.name, enum_type.values.join(", "))
            }
            Self::DropEnum(enum_type) => write!(f, "drop enum `{}`", enum_type.name),
            Self::AlterEnum { before, after } => {
                write!(f, "alter enum `{}`: {} -> {}", after.name, before.values.join(", "), after.values.join(", "))
            }
            Self::CreateTable(table) => write!(f, "create table `{}`", table.object_name()),
            Self::DropTable(table) => write!(f, "drop table `{}`", table.object_name()),
            Self::RenameTable { from, to } => write!(f, "rename table `{from}` to `{to}`"),
            Self::RenameObject { from, to } => write!(f, "rename {} `{from}` to `{to}`", to.kind),
            Self::RenameLabel { enum_type, from, to } => {
                write!(f, "rename label `{from}` of enum `{enum_type}` to `{to}`")
            }
            Self::AlterTable(alteration) => write!(f, "alter table `{}`", alteration.after.object_name()),
            Self::CreateView(view) => write!(f, "create view `{}`", view.name),
            Self::DropView(view) => write!(f, "drop view `{}`", view.name),
            Self::AlterView { after, .. } => write!(f, "alter view `{}`", after.name),
            Self::CreateObject(object) => write!(f, "create {} `{}`", object.id.kind, object.id),
            Self::DropObject(object) => write!(f, "drop {} `{}`", object.id.kind, object.id),
            Self::AlterObject { after, .. } => write!(f, "alter {} `{}`", after.id.kind, after.id),
        }
    }
}

impl TableChange {
    /// The part that it adds.
    pub(crate) fn added_part(&self) -> Option<Part> {
        Some(match self {
            Self::AddPrimaryKey(part) => Part::PrimaryKey(part.clone()),
            Self::AddUnique(part) => Part::Unique(part.clone()),
            Self::AddIndex(part) => Part::Index(part.clone()),
            Self::AddForeignKey(part) => Part::ForeignKey(part.clone()),
            Self::AddCheck(part) => Part::Check(part.clone()),
            Self::AddExclusion(part) => Part::Exclusion(part.clone()),
            _ => return None,
        })
    }

    /// The part that it drops.
    pub(crate) fn dropped_part(&self) -> Option<Part> {
        Some(match self {
            Self::DropPrimaryKey(part) => Part::PrimaryKey(part.clone()),
            Self::DropUnique(part) => Part::Unique(part.clone()),
            Self::DropIndex(part) => Part::Index(part.clone()),
            Self::DropForeignKey(part) => Part::ForeignKey(part.clone()),
            Self::DropCheck(part) => Part::Check(part.clone()),
            Self::DropExclusion(part) => Part::Exclusion(part.clone()),
            _ => return None,
        })
    }
}

/// One line: `add column level (integer, not null, default 1)`.
impl fmt::Display for TableChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RenameColumn { from, to } => write!(f, "rename column `{from}` to `{to}`"),
            Self::RenameLabels { after, labels, .. } => {
                let labels: Vec<String> = labels.iter().map(|(from, to)| format!("`{from}` to `{to}`")).collect();
                write!(f, "rename labels of column `{}`: {}", after.name, labels.join(", "))
            }
            Self::AddColumn(column) => write!(f, "add column `{}` ({})", column.name, facts(column).join(", ")),
            Self::DropColumn(column) => write!(f, "drop column `{}`", column.name),
            Self::AlterColumn { before, after } => {
                write!(f, "alter column `{}`: {}", after.name, column_differences(before, after).join(", "))
            }
            Self::AddPrimaryKey(key) => write!(f, "add primary key ({})", key.columns.join(", ")),
            Self::DropPrimaryKey(key) => write!(f, "drop primary key ({})", key.columns.join(", ")),
            Self::AddUnique(part) => {
                write!(f, "add unique constraint `{}` ({})", named(&part.name), part.columns.join(", "))
            }
            Self::DropUnique(part) => write!(f, "drop unique constraint `{}`", named(&part.name)),
            Self::AddIndex(part) => write!(f, "add index `{}`", named(&part.name)),
            Self::DropIndex(part) => write!(f, "drop index `{}`", named(&part.name)),
            Self::AddForeignKey(part) => write!(
                f,
                "add foreign key `{}` ({}) to `{}`",
                named(&part.name),
                part.columns.join(", "),
                part.references
            ),
            Self::DropForeignKey(part) => write!(f, "drop foreign key `{}`", named(&part.name)),
            Self::AddCheck(part) => write!(f, "add check `{}` ({})", named(&part.name), part.expression),
            Self::DropCheck(part) => write!(f, "drop check `{}`", named(&part.name)),
            Self::AddExclusion(part) => {
                write!(f, "add exclusion constraint `{}` {}", named(&part.name), part.definition)
            }
            Self::DropExclusion(part) => write!(f, "drop exclusion constraint `{}`", named(&part.name)),
            Self::SetInheritance => write!(f, "change what it inherits from, or which partition it is"),
            Self::AlterPart { before, after } => {
                let differences = part_differences(before, after).join(", ");
                write!(f, "alter {} `{}`: {differences}", after.kind(), after.name())
            }
            Self::RenamePart { from, to } => write!(f, "rename {} `{from}` to `{}`", to.kind(), to.name()),
            Self::SetOptions { before, after } => {
                let text = |options: &[Str]| if options.is_empty() { "none".to_owned() } else { options.join(", ") };
                write!(f, "set the options: {} -> {}", text(before), text(after))
            }
            Self::SetComment { after: Some(comment), .. } => write!(f, "set the comment to {comment:?}"),
            Self::SetComment { after: None, .. } => write!(f, "remove the comment"),
        }
    }
}

fn named(name: &Option<Str>) -> &str {
    name.as_deref().unwrap_or("(unnamed)")
}

fn facts(column: &Column) -> Vec<String> {
    let mut facts = vec![column.column_type.native_text().to_owned()];
    facts.push(if column.nullable { "null" } else { "not null" }.to_owned());
    facts.extend(column.default.as_ref().map(|default| format!("default {}", default_text(default))));
    facts.extend(column.generated.as_ref().map(|generated| format!("generated as {}", generated.expression)));
    if column.auto_increment {
        facts.push("auto increment".to_owned());
    }
    facts
}

fn part_differences(before: &Part, after: &Part) -> Vec<String> {
    let mut differences = Vec::new();
    if let (Part::ForeignKey(before), Part::ForeignKey(after)) = (before, after)
        && before.deferrable != after.deferrable
    {
        let word = |when| match when {
            Deferrable::No => "not deferrable",
            Deferrable::InitiallyImmediate => "deferrable",
            Deferrable::InitiallyDeferred => "deferrable initially deferred",
        };
        differences.push(format!("{} -> {}", word(before.deferrable), word(after.deferrable)));
    }
    if before.options() != after.options() {
        let text = |part: &Part| if part.options().is_empty() { "none".to_owned() } else { part.options().join(" ") };
        differences.push(format!("options {} -> {}", text(before), text(after)));
    }
    if before.comment() != after.comment() {
        let text = |part: &Part| part.comment().map_or("none".to_owned(), |text| format!("{text:?}"));
        differences.push(format!("comment {} -> {}", text(before), text(after)));
    }
    differences
}

fn column_differences(before: &Column, after: &Column) -> Vec<String> {
    let mut differences = Vec::new();
    let mut say = |what: &str, before: String, after: String| {
        if before != after {
            differences.push(format!("{what} {before} -> {after}"));
        }
    };
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    let nullable = |column: &Column| if column.nullable { "null" } else { "not null" }.to_owned();
    say("type", before.column_type.native_text().to_owned(), after.column_type.native_text().to_owned());
    say("nullability", nullable(before), nullable(after));
    say(
        "default",
        or_none(before.default.as_ref().map(default_text)),
        or_none(after.default.as_ref().map(default_text)),
    );
    let generated =
        |column: &Column| or_none(column.generated.as_ref().map(|g| format!("{} ({})", g.expression, g.stored)));
    say("expression", generated(before), generated(after));
    say("auto increment", before.auto_increment.to_string(), after.auto_increment.to_string());
    let collation = |column: &Column| or_none(column.collation.as_ref().map(ToString::to_string));
    say("collation", collation(before), collation(after));
    let options = |column: &Column| or_none(Some(column.options.join(" ")).filter(|text| !text.is_empty()));
    say("options", options(before), options(after));
    let comment = |column: &Column| or_none(column.comment.as_ref().map(|comment| format!("{comment:?}")));
    say("comment", comment(before), comment(after));
    differences
}

fn default_text(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Expression(sql) => sql.to_string(),
        DefaultValue::Value(Literal::Boolean(value)) => value.to_string(),
        DefaultValue::Value(Literal::Number(text)) => text.to_string(),
        DefaultValue::Value(Literal::Text(text)) => format!("{text:?}"),
    }
}
