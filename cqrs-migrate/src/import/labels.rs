//! Enums and newtypes: types of a database that have a name, or labels.

use cqrs_core::schema::{Column, ColumnType, EnumType, ObjectKind, Schema, SqlObject, Str, Table};
use cqrs_syntax::names::{camel_case, kebab_case, pascal_case, screaming_snake_case, snake_case};

use super::names::Taken;
use super::types::{self, RustType};
use crate::dialect::Dialect;
use crate::graph::is_spelled;

type Spell = fn(&str) -> String;

/// As `rename_all` knows them, the one that need not be written first.
const STYLES: [(&str, Spell); 7] = [
    ("snake_case", snake_case),
    ("lowercase", str::to_lowercase),
    ("UPPERCASE", str::to_uppercase),
    ("PascalCase", pascal_case),
    ("camelCase", camel_case),
    ("kebab-case", kebab_case),
    ("SCREAMING_SNAKE_CASE", screaming_snake_case),
];

/// An enum of Rust.
#[derive(Debug, Clone)]
pub(super) struct Labels {
    pub(super) class: String,
    /// The name of the type, where it is not what follows from the class.
    pub(super) name: Option<String>,
    pub(super) comment: Option<String>,
    /// `rename_all`, where it is not the usual one.
    pub(super) style: Option<&'static str>,
    /// Each with the label, where that does not follow from the style.
    pub(super) variants: Vec<(String, Option<String>)>,
}

/// A struct around one value.
#[derive(Debug, Clone)]
pub(super) struct Newtype {
    pub(super) class: String,
    pub(super) native: String,
    pub(super) comment: Option<String>,
    pub(super) inner: RustType,
}

impl Labels {
    fn new(class: String, name: Option<&str>, values: &[Str], comment: Option<&Str>) -> Self {
        let mut taken = Taken::default();
        let variants: Vec<String> = values.iter().map(|label| taken.variant(label)).collect();
        let fits =
            |spell: Spell| variants.iter().zip(values).filter(|(variant, label)| spell(variant) == **label).count();
        let mut best = STYLES[0];
        for style in &STYLES[1..] {
            if fits(style.1) > fits(best.1) {
                best = *style;
            }
        }
        let (style, spell) = best;
        let renamed = |variant: &String, label: &Str| (spell(variant) != **label).then(|| label.to_string());
        Self {
            name: name.filter(|name| snake_case(&class) != **name).map(ToOwned::to_owned),
            comment: comment.map(ToString::to_string),
            style: (style != STYLES[0].0).then_some(style),
            variants: variants
                .iter()
                .zip(values)
                .map(|(variant, label)| (variant.clone(), renamed(variant, label)))
                .collect(),
            class,
        }
    }

    /// A type of PostgreSQL.
    pub(super) fn of_type(declared: &EnumType, taken: &mut Taken) -> (Self, RustType) {
        let class = taken.type_name(&declared.name.name);
        let labels = Self::new(class.clone(), Some(&declared.name.name), &declared.values, declared.comment.as_ref());
        (labels, enum_type(&class, &declared.name.name, &declared.values))
    }

    /// A column of MariaDB or MySQL that is one label out of a list.
    pub(super) fn of_column(
        dialect: Dialect,
        table: &Table,
        column: &Column,
        class: &str,
        taken: &mut Taken,
    ) -> Option<(Self, RustType)> {
        let values = listed(column.column_type.native_text().strip_prefix("enum(")?.strip_suffix(')')?)?;
        let rust = enum_type("", "", &values);
        if !types::is_lowered_to(dialect, table, column, rust.column_type) {
            return None;
        }
        let class = taken.type_name(&format!("{}_{}", snake_case(class), column.name));
        let labels = Self::new(class.clone(), None, &values, None);
        Some((labels, enum_type(&class, &snake_case(&class), &values)))
    }
}

fn enum_type(class: &str, name: &str, values: &[Str]) -> RustType {
    let column_type = ColumnType::Enum {
        name: name.to_owned().into(),
        values: values.to_vec().into(),
        renamed_from: None,
        former_labels: Vec::new().into(),
    };
    RustType::new(class, &[], column_type)
}

/// `'a','it''s'`
fn listed(list: &str) -> Option<Vec<Str>> {
    let mut values = Vec::new();
    let mut rest = list;
    loop {
        let mut value = String::new();
        rest = rest.strip_prefix('\'')?;
        loop {
            let end = rest.find('\'')?;
            value.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            let Some(after) = rest.strip_prefix('\'') else { break };
            value.push('\'');
            rest = after;
        }
        values.push(value.into());
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None => return rest.is_empty().then_some(values),
        }
    }
}

/// The domain that is the type of a column.
pub(super) fn domain<'a>(schema: &'a Schema, native: &str) -> Option<&'a SqlObject> {
    let mut domains = schema.objects.values().filter(|object| object.id.kind == ObjectKind::Domain);
    domains.find(|domain| is_spelled(&domain.id.name, native))
}

impl Newtype {
    /// A domain of PostgreSQL.
    pub(super) fn of_domain(domain: &SqlObject, native: &str, table: &Table, taken: &mut Taken) -> (Self, RustType) {
        let base = Column::new("value", ColumnType::native(base_type(&domain.definition)));
        let (inner, _) = types::field_type(Dialect::Postgres, table, &base);
        let class = taken.type_name(&domain.id.name.name);
        let column_type = ColumnType::PerDatabase {
            postgres: Some(native.to_owned().into()),
            mysql: None,
            sqlite: None,
            otherwise: vec![inner.column_type.clone()].into(),
        };
        let comment = domain.comment.as_ref().map(ToString::to_string);
        let rust = RustType::new(&class, &[], column_type);
        (Self { class, native: native.to_owned(), comment, inner }, rust)
    }
}

/// The type behind `CREATE DOMAIN … AS`, without what follows it.
fn base_type(definition: &str) -> String {
    let after = definition.split_once(" AS ").map_or("text", |(_, after)| after);
    let ends = [" COLLATE ", " DEFAULT ", " NOT NULL", " NULL", " CONSTRAINT ", " CHECK "];
    let end = ends.iter().filter_map(|word| after.find(word)).min().unwrap_or(after.len());
    after[..end].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_variants_in_the_style_that_fits_most() {
        let labels = |values: &[&str]| {
            let values: Vec<Str> = values.iter().map(|value| (*value).to_owned().into()).collect();
            let labels = Labels::new("Rating".to_owned(), Some("rating"), &values, None);
            let variants: Vec<String> = (labels.variants.iter())
                .map(|(variant, rename)| rename.as_ref().map_or(variant.clone(), |label| format!("{variant}={label}")))
                .collect();
            format!("{}: {}", labels.style.unwrap_or("-"), variants.join(" "))
        };
        assert_eq!(labels(&["open", "in_progress"]), "-: Open InProgress");
        assert_eq!(labels(&["G", "PG", "PG-13", "R"]), "UPPERCASE: G Pg Pg13=PG-13 R");
        assert_eq!(labels(&["", "1.0", "1 0", "self"]), "-: Empty= Label10=1.0 Label10Label=1 0 SelfLabel=self");
    }

    #[test]
    fn lists_of_labels() {
        assert_eq!(listed("'a','it''s',''").unwrap(), ["a", "it's", ""]);
        assert_eq!(listed("'a',"), None);
        assert_eq!(listed("a"), None);
    }

    #[test]
    fn what_a_domain_is_of() {
        assert_eq!(base_type("CREATE DOMAIN year AS integer CONSTRAINT c CHECK (VALUE > 1)"), "integer");
        assert_eq!(base_type("CREATE DOMAIN a AS numeric(10,2)"), "numeric(10,2)");
        assert_eq!(base_type("CREATE DOMAIN a AS text COLLATE \"C\" NOT NULL"), "text");
    }
}
