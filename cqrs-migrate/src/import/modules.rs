//! The modules of a crate: where new ones are declared, and which models there are.

use std::path::Path;

use cqrs_core::extract;
use cqrs_core::schema::{ObjectId, ObjectName};
use cqrs_syntax::{ObjectModel, ReadSource, option_inner, parse_object_model, parse_read_model, parse_sql_object};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Item, ItemMacro, ItemStruct, Meta, Type};

use super::names::{OBJECTS_MODULE, spelled};
use super::{Domain, Known, KnownModel};
use crate::beside::lower_id;
use crate::dialect::Dialect;

/// The declarations that a file of a crate lacks.
#[derive(Debug)]
pub(crate) struct Wiring {
    /// After which line they go, from 0.
    pub(crate) line: usize,
    /// `pub mod customer;`, and what is exported of it.
    pub(crate) declarations: String,
}

/// What has to be declared in a file so that these modules are part of it. `None` where all of it is there.
///
/// # Errors
/// The file is no Rust.
pub(crate) fn wire<'a>(
    source: &str,
    modules: impl Iterator<Item = &'a str>,
    exports: bool,
) -> Result<Option<Wiring>, syn::Error> {
    let file = syn::parse_file(source)?;
    let is_declared =
        |name: &str| file.items.iter().any(|item| matches!(item, Item::Mod(item) if item.ident.unraw() == name));
    let missing: Vec<String> = modules.filter(|name| !is_declared(name)).map(spelled).collect();
    if missing.is_empty() {
        return Ok(None);
    }
    let last_module = file.items.iter().rfind(|item| matches!(item, Item::Mod(module) if module.content.is_none()));
    let line = match (last_module, file.items.first()) {
        (Some(item), _) => item.span().end().line,
        (None, Some(first)) => first.span().start().line.saturating_sub(1),
        (None, None) => source.lines().count(),
    };
    Ok(Some(Wiring { line, declarations: declarations(&missing, exports) }))
}

fn declarations(modules: &[String], exports: bool) -> String {
    // SQL objects have no names in Rust.
    let is_private = |module: &&String| exports && *module == OBJECTS_MODULE;
    let (private, public): (Vec<&String>, Vec<&String>) = modules.iter().partition(is_private);
    let mut text: String = public.iter().map(|module| format!("pub mod {module};\n")).collect();
    text.extend(private.iter().map(|module| format!("mod {module};\n")));
    if exports && !public.is_empty() {
        text.push('\n');
        text.extend(public.iter().map(|module| format!("pub use self::{module}::*;\n")));
    }
    text
}

impl Wiring {
    /// The file with the declarations in it, a group of their own.
    pub(crate) fn insert(&self, source: &str) -> String {
        let lines: Vec<&str> = source.lines().collect();
        let (before, after) = lines.split_at(self.line.min(lines.len()));
        let mut text: String = before.iter().map(|line| format!("{line}\n")).collect();
        if before.last().is_some_and(|line| !line.trim().is_empty()) {
            text.push('\n');
        }
        text += self.declarations.trim_end();
        text.push('\n');
        if after.first().is_some_and(|line| !line.trim().is_empty()) {
            text.push('\n');
        }
        text.extend(after.iter().map(|line| format!("{line}\n")));
        text
    }
}

impl Domain {
    /// Every module of it.
    pub(crate) fn module_names(&self) -> impl Iterator<Item = &str> {
        let objects = (!self.objects.is_empty()).then_some(OBJECTS_MODULE);
        self.modules.keys().map(String::as_str).chain(objects)
    }

    /// The file of the SQL objects, with those that it has already.
    pub(crate) fn objects_file(&self, before: Option<&str>) -> String {
        match before {
            Some(text) => format!("{}\n{}", text.trim_end(), self.objects),
            None => format!("//! What is declared as SQL.\n{}", self.objects),
        }
    }

    /// The file of a domain that there was not before.
    pub(crate) fn root(&self) -> String {
        let modules: Vec<String> = self.module_names().map(spelled).collect();
        format!("//! Domain `{}`.\n\n{}", self.name.replace(char::is_control, " "), declarations(&modules, true))
    }
}

/// What the files of a crate declare, by the paths that the files have.
pub(crate) fn known(dialect: Dialect, source_folder: &Path) -> Known {
    let mut known = Known::default();
    read_folder(dialect, source_folder, "crate", &mut known);
    known
}

fn read_folder(dialect: Dialect, folder: &Path, path: &str, known: &mut Known) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let file = entry.path();
        let Some(stem) = file.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if file.is_dir() {
            read_folder(dialect, &file, &format!("{path}::{}", spelled(stem)), known);
        } else if file.extension().is_some_and(|extension| extension == "rs") {
            let module = match stem {
                "mod" | "lib" | "main" => path.to_owned(),
                _ => format!("{path}::{}", spelled(stem)),
            };
            let parsed = std::fs::read_to_string(&file).ok().and_then(|text| syn::parse_file(&text).ok());
            for item in parsed.into_iter().flat_map(|file| file.items) {
                match item {
                    Item::Struct(item) => read_struct(item, &module, known),
                    Item::Macro(item) => {
                        let id = declared_object(dialect, item);
                        known.objects.extend(id.map(|id| (id, module.clone())));
                    }
                    _ => {}
                }
            }
        }
    }
}

fn read_struct(mut item: ItemStruct, module: &str, known: &mut Known) {
    for word in ["object_model", "read_model"] {
        let is_it =
            |attribute: &Attribute| attribute.path().segments.last().is_some_and(|segment| segment.ident == word);
        let Some(at) = item.attrs.iter().position(is_it) else { continue };
        let attribute = item.attrs.remove(at);
        let Meta::List(arguments) = attribute.meta else { continue };
        if word == "object_model" {
            let Some(model) = parse_object_model(arguments.tokens, &mut item).tree else { continue };
            let field = |field: &cqrs_syntax::Field| {
                (field.column_name(), (field.ident.unraw().to_string(), type_name(&field.ty)))
            };
            let path = format!("{module}::{}", model.ident);
            let fields = model.fields.iter().map(field).collect();
            known.models.insert(name_of(&model), KnownModel { path, fields });
        } else if let Some(read) = parse_read_model(arguments.tokens, &mut item).tree
            && let ReadSource::View { model, .. } = read.source
        {
            known.views.insert(name_of(&model));
        }
    }
}

fn name_of(model: &ObjectModel) -> ObjectName {
    ObjectName { schema: model.schema.as_ref().map(|schema| schema.value().into()), name: model.table.value().into() }
}

/// What `sql_object!` declares, as it is known on a database.
pub(super) fn declared_object(dialect: Dialect, item: ItemMacro) -> Option<ObjectId> {
    let is_object = item.mac.path.segments.last().is_some_and(|segment| segment.ident == "sql_object");
    let tree = is_object.then(|| parse_sql_object(item.mac.tokens))?.tree?;
    Some(lower_id(dialect, extract::object(&tree).id))
}

/// A type as this project writes it, without `Option`.
fn type_name(ty: &Type) -> String {
    option_inner(ty).unwrap_or(ty).to_token_stream().to_string().replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wired(source: &str, modules: &[&str]) -> String {
        let wiring = wire(source, modules.iter().copied(), false).expect("it is Rust");
        wiring.map_or_else(|| "-".to_owned(), |wiring| wiring.insert(source))
    }

    #[test]
    fn modules_are_declared_behind_the_others() {
        assert_eq!(wired("", &["shop"]), "pub mod shop;\n");
        assert_eq!(wired("//! Docs.\n", &["shop"]), "//! Docs.\n\npub mod shop;\n");
        assert_eq!(
            wired("//! Docs.\n\nmod a;\nmod b;\nfn main() {}\n", &["b", "type"]),
            "//! Docs.\n\nmod a;\nmod b;\n\npub mod r#type;\n\nfn main() {}\n"
        );
        assert_eq!(wired("use a::b;\n", &["shop"]), "pub mod shop;\n\nuse a::b;\n");
        assert_eq!(wired("pub mod shop;\n", &["shop"]), "-");
    }
}
