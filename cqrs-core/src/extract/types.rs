use std::borrow::Cow;

use cqrs_syntax::{Variant, option_inner};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{GenericArgument, Path, PathArguments, Type};

use super::scope::Found;
use super::source::{Crate, Named};
use crate::schema::{ColumnType, FormerLabel, IntegerSize};
use crate::types::shapes;

/// A chain of aliases longer than this is a circle.
const LONGEST_CHAIN: usize = 32;

/// A column's type and whether it may be null.
pub(super) type SqlShape = (ColumnType, bool);

/// What tells types apart as the compiler does: two structs around an `i64` are two types.
#[derive(PartialEq)]
pub(super) enum Identity {
    Enum(usize),
    Newtype(usize),
    /// A type of another crate, by its name there and what its column is.
    Known(String, ColumnType),
}

impl Crate {
    /// Which type a field has, apart from an `Option` around it. `None` where the source does not say.
    pub(super) fn identity(&self, module: usize, ty: &Type) -> Option<Identity> {
        self.identity_within(module, ty, LONGEST_CHAIN)
    }

    fn identity_within(&self, module: usize, ty: &Type, fuel: usize) -> Option<Identity> {
        let fuel = fuel.checked_sub(1)?;
        let path = match ty {
            Type::Group(group) => return self.identity_within(module, &group.elem, fuel),
            Type::Paren(paren) => return self.identity_within(module, &paren.elem, fuel),
            Type::Path(path) if path.qself.is_none() => &path.path,
            _ => return None,
        };
        match self.resolve(module, &names(path)) {
            Found::Here(Named::Alias(target), place) => self.identity_within(place, target, fuel),
            Found::Here(Named::Enum(at), _) => Some(Identity::Enum(*at)),
            Found::Here(Named::Newtype(at), _) => Some(Identity::Newtype(*at)),
            Found::Elsewhere(whole) => match option_inner(ty) {
                Some(inner) => self.identity_within(module, inner, fuel),
                None => {
                    let (column_type, _) = self.known(module, &whole, argument(path), fuel)?;
                    Some(Identity::Known(whole.last()?.clone(), column_type))
                }
            },
            Found::Here(..) | Found::Nowhere => None,
        }
    }

    /// What a column of a Rust type is. `None` where the source does not say.
    pub(super) fn sql_shape(&self, module: usize, ty: &Type) -> Option<SqlShape> {
        self.shape_within(module, ty, LONGEST_CHAIN)
    }

    fn shape_within(&self, module: usize, ty: &Type, fuel: usize) -> Option<SqlShape> {
        let fuel = fuel.checked_sub(1)?;
        let path = match ty {
            Type::Group(group) => return self.shape_within(module, &group.elem, fuel),
            Type::Paren(paren) => return self.shape_within(module, &paren.elem, fuel),
            Type::Path(path) if path.qself.is_none() => &path.path,
            _ => return None,
        };
        match self.resolve(module, &names(path)) {
            Found::Here(Named::Alias(target), place) => self.shape_within(place, target, fuel),
            Found::Here(Named::Enum(at), _) => {
                let declared = &self.enums[*at];
                let values = declared.variants.iter().map(|variant| Cow::Owned(variant.label.clone())).collect();
                let renamed_from = declared.renamed_from.clone().map(Cow::Owned);
                let former = |variant: &Variant| {
                    let renamed_from = variant.renamed_from.clone()?.into();
                    Some(FormerLabel { label: variant.label.clone().into(), renamed_from })
                };
                let former_labels = declared.variants.iter().filter_map(former).collect();
                let name = declared.name.clone().into();
                Some((ColumnType::Enum { name, values, renamed_from, former_labels }, false))
            }
            Found::Here(Named::Newtype(at), place) => {
                let declared = &self.newtypes[*at];
                let (inner, nullable) = self.shape_within(place, &declared.inner, fuel)?;
                let column_type = match &declared.native {
                    Some(native) => per_database(native.texts(), Some(inner)),
                    None => inner,
                };
                Some((column_type, nullable))
            }
            Found::Elsewhere(whole) => self.known(module, &whole, argument(path), fuel),
            Found::Here(..) | Found::Nowhere => None,
        }
    }

    /// A type of the standard library or of the crates that columns know.
    fn known(&self, module: usize, path: &[String], argument: Option<&Type>, fuel: usize) -> Option<SqlShape> {
        let (name, of) = path.split_last()?;
        let from = |crates: &[&str]| of.is_empty() || of.iter().any(|part| crates.contains(&part.as_str()));
        let within = |crates: &[&str]| of.iter().any(|part| crates.contains(&part.as_str()));
        let standard = from(&["std", "core", "alloc"]);
        let chrono = from(&["chrono"]);
        let column_type = match name.as_str() {
            "Option" if standard => {
                let (inner, nullable) = self.shape_within(module, argument?, fuel)?;
                return (!nullable).then_some((inner, true));
            }
            "Vec" if standard && self.is_named(module, argument?, "u8") => ColumnType::Binary,
            "Vec" if standard => {
                let (element, nullable) = self.shape_within(module, argument?, fuel)?;
                let of_crate =
                    matches!(self.identity(module, argument?), Some(Identity::Enum(_) | Identity::Newtype(_)));
                (!nullable && !of_crate && shapes::is_element(&element))
                    .then(|| ColumnType::Array { element: vec![element].into() })?
            }
            "String" if standard => ColumnType::String { length: None },
            "bool" if standard => ColumnType::Boolean,
            "i8" if standard => ColumnType::TinyInteger,
            "i16" if standard => ColumnType::SmallInteger,
            "i32" if standard => ColumnType::Integer,
            "i64" if standard => ColumnType::BigInteger,
            "u8" if standard => ColumnType::Unsigned(IntegerSize::Tiny),
            "u16" if standard => ColumnType::Unsigned(IntegerSize::Small),
            "u32" if standard => ColumnType::Unsigned(IntegerSize::Normal),
            "u64" if standard => ColumnType::Unsigned(IntegerSize::Big),
            "f32" if standard => ColumnType::Float,
            "f64" if standard => ColumnType::Double,
            "DateTime" if chrono && argument.is_some_and(|argument| self.is_named(module, argument, "Utc")) => {
                ColumnType::DateTime { time_zone: true }
            }
            "NaiveDateTime" if chrono => ColumnType::DateTime { time_zone: false },
            "NaiveDate" if chrono => ColumnType::Date,
            "NaiveTime" if chrono => ColumnType::Time,
            "Decimal" if from(&["rust_decimal"]) => ColumnType::Numeric { precision: None, scale: None },
            "Uuid" if from(&["uuid"]) => ColumnType::Uuid,
            "BigDecimal" if from(&["bigdecimal"]) => ColumnType::Numeric { precision: None, scale: None },
            "Value" if within(&["serde_json"]) => ColumnType::Json,
            "Json" if within(&["cqrs_core"]) => ColumnType::Json,
            "Range" if within(&["cqrs_core"]) => {
                let (element, nullable) = self.shape_within(module, argument?, fuel)?;
                shapes::range_of(&element).filter(|_| !nullable)?
            }
            "IpNetwork" if within(&["ipnetwork"]) => shapes::IP_NETWORK,
            "OffsetDateTime" if within(&["time"]) => ColumnType::DateTime { time_zone: true },
            "Timestamp" if within(&["jiff"]) => ColumnType::DateTime { time_zone: true },
            "PrimitiveDateTime" if within(&["time"]) => ColumnType::DateTime { time_zone: false },
            "DateTime" if within(&["jiff"]) => ColumnType::DateTime { time_zone: false },
            "Date" if within(&["jiff", "time"]) => ColumnType::Date,
            "Time" if within(&["jiff", "time"]) => ColumnType::Time,
            _ => return None,
        };
        Some((column_type, false))
    }

    /// Whether a type argument is that type of another crate.
    fn is_named(&self, module: usize, ty: &Type, name: &str) -> bool {
        let Type::Path(path) = ty else { return false };
        matches!(self.resolve(module, &names(&path.path)), Found::Elsewhere(whole) if whole.last().is_some_and(|last| last == name))
    }
}

/// The words for a type on PostgreSQL, MySQL and SQLite, and the type elsewhere.
pub(super) fn per_database(words: [Option<String>; 3], otherwise: Option<ColumnType>) -> ColumnType {
    let [postgres, mysql, sqlite] = words.map(|words| words.map(Cow::Owned));
    ColumnType::PerDatabase { postgres, mysql, sqlite, otherwise: otherwise.into_iter().collect() }
}

/// The segments of a path, with `::` in front where it starts so.
pub(super) fn names(path: &Path) -> Vec<String> {
    let start = path.leading_colon.map(|_| "::".to_owned());
    start.into_iter().chain(path.segments.iter().map(|segment| segment.ident.unraw().to_string())).collect()
}

fn argument(path: &Path) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(ty) if arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}

/// `T` of a type that is spelled `Vec<T>` or `Option<Vec<T>>`.
pub(super) fn list_element(ty: &Type) -> Option<&Type> {
    match option_inner(ty).unwrap_or(ty) {
        Type::Path(path) if path.path.segments.last()?.ident == "Vec" => argument(&path.path),
        _ => None,
    }
}

/// A type as it is written.
pub(super) fn spelled(ty: &Type) -> String {
    ty.to_token_stream().to_string().replace(" < ", "<").replace(" >", ">").replace(" :: ", "::")
}
