use std::collections::HashMap;
use std::path::{Path, PathBuf};

use cqrs_syntax::{
    ObjectModel, ReadSource, SqlEnum, SqlNewtype, SqlObject, ViewSpec, parse_object_model, parse_read_model,
    parse_sql_enum, parse_sql_object, parse_sql_type,
};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Ident, Item, ItemMod, Lit, Meta, Token, Type, UseTree};

use super::ExtractError;

/// The items of a crate that models can be made of.
#[derive(Default)]
pub(super) struct Crate {
    pub(super) modules: Vec<Module>,
    pub(super) models: Vec<Model>,
    pub(super) views: Vec<(Model, ViewSpec)>,
    pub(super) objects: Vec<(PathBuf, SqlObject)>,
    pub(super) enums: Vec<SqlEnum>,
    pub(super) newtypes: Vec<SqlNewtype>,
}

/// A module, and what its names stand for.
#[derive(Default)]
pub(super) struct Module {
    pub(super) parent: Option<usize>,
    pub(super) items: HashMap<String, Named>,
    /// `use a::b as c`: what `c` stands for.
    pub(super) uses: Vec<(String, Vec<String>)>,
    /// `use a::*`
    pub(super) globs: Vec<Vec<String>>,
}

/// What a name that the crate itself declares stands for.
pub(super) enum Named {
    Module(usize),
    Model(usize),
    Enum(usize),
    Newtype(usize),
    Alias(Box<Type>),
    /// A type that is none of these.
    Other,
}

/// An object model and where it stands.
pub(super) struct Model {
    pub(super) file: PathBuf,
    pub(super) module: usize,
    pub(super) tree: ObjectModel,
}

/// Where the files of a module's children are, by the compiler's own rules.
/// <https://doc.rust-lang.org/reference/items/modules.html#module-source-filenames>
#[derive(Clone)]
struct Place {
    file: PathBuf,
    directory: PathBuf,
    /// The folder below it that belongs to a file which is not called `mod.rs`.
    relative: Option<String>,
    /// Whether compiling the module depends on a condition.
    conditional: bool,
}

impl Place {
    fn folder(&self) -> PathBuf {
        match &self.relative {
            Some(name) => self.directory.join(name),
            None => self.directory.clone(),
        }
    }
}

/// What the `#[cfg]`s of an item say.
#[derive(PartialEq)]
enum Condition {
    Always,
    Never,
    Sometimes,
}

struct Reader {
    source: Crate,
    errors: Vec<ExtractError>,
}

impl Crate {
    /// Reads the crate from its root file.
    pub(super) fn read(root_file: &Path) -> (Self, Vec<ExtractError>) {
        let mut reader = Reader { source: Self::default(), errors: Vec::new() };
        reader.source.modules.push(Module::default());
        let place = Place {
            file: root_file.to_owned(),
            directory: root_file.parent().map(Path::to_owned).unwrap_or_default(),
            relative: None,
            conditional: false,
        };
        reader.file(0, &place);
        (reader.source, reader.errors)
    }
}

impl Reader {
    fn file(&mut self, module: usize, place: &Place) {
        let unreadable = |line, column, message| ExtractError { file: place.file.clone(), line, column, message };
        let text = match std::fs::read_to_string(&place.file) {
            Ok(text) => text,
            Err(error) => {
                self.errors.push(unreadable(1, 1, format!("cannot read the file: {error}")));
                return;
            }
        };
        // Brackets and quotes first: what `syn` says of them is meant for macros.
        if let Err(error) = text.parse::<TokenStream>() {
            let message = "this is no Rust: a quote or a bracket is never closed, or closed twice";
            self.errors.push(ExtractError::new(&place.file, error.span(), message));
            return;
        }
        match syn::parse_file(&text) {
            Ok(file) => self.items(module, file.items, place),
            Err(error) => self.errors.extend(ExtractError::from_syn(&place.file, &error)),
        }
    }

    fn items(&mut self, module: usize, items: Vec<Item>, place: &Place) {
        for item in items {
            let condition = condition(attributes(&item));
            if condition == Condition::Never {
                continue;
            }
            if let Some(attribute) = attributes(&item).iter().find(|attribute| may_become_model(attribute)) {
                let message = "whether this is an object model depends on a condition, which cannot be known from the source: remove the condition";
                self.errors.push(ExtractError::new(&place.file, attribute.span(), message));
            }
            let mut place = place.clone();
            place.conditional |= condition == Condition::Sometimes;
            self.item(module, item, &place);
        }
    }

    fn item(&mut self, module: usize, item: Item, place: &Place) {
        match item {
            Item::Mod(item) => self.module(module, item, place),
            Item::Use(item) => {
                let module = &mut self.source.modules[module];
                let start = if item.leading_colon.is_some() { vec!["::".to_owned()] } else { Vec::new() };
                flatten(&item.tree, &start, module);
            }
            Item::Type(item) if item.generics.params.is_empty() => {
                self.declare(module, &item.ident, Named::Alias(item.ty));
            }
            Item::Type(item) => self.declare(module, &item.ident, Named::Other),
            Item::Struct(mut item) => {
                let name = item.ident.clone();
                if let Some(arguments) = arguments(&item.attrs, "read_model") {
                    item.attrs.retain(|attribute| !is_named(attribute, "read_model"));
                    self.read_model(module, arguments, item, place);
                    self.declare(module, &name, Named::Other);
                    return;
                }
                let declared = match arguments(&item.attrs, "object_model") {
                    Some(arguments) => {
                        item.attrs.retain(|attribute| !is_named(attribute, "object_model"));
                        let parsed = parse_object_model(arguments, &mut item);
                        self.take(&name, parsed.error, place);
                        parsed.tree.map(|tree| {
                            self.source.models.push(Model { file: place.file.clone(), module, tree });
                            Named::Model(self.source.models.len() - 1)
                        })
                    }
                    None => derives(&item.attrs, "SqlType").then(|| self.newtype(item.into(), place)).flatten(),
                };
                self.declare(module, &name, declared.unwrap_or(Named::Other));
            }
            Item::Enum(item) => {
                let name = item.ident.clone();
                let declared = derives(&item.attrs, "SqlEnum").then(|| {
                    let parsed = parse_sql_enum(&item.into());
                    self.take(&name, parsed.error, place);
                    parsed.tree.map(|tree| {
                        self.source.enums.push(tree);
                        Named::Enum(self.source.enums.len() - 1)
                    })
                });
                self.declare(module, &name, declared.flatten().unwrap_or(Named::Other));
            }
            Item::Union(item) => self.declare(module, &item.ident, Named::Other),
            Item::Verbatim(_) => {}
            Item::Macro(item) if let Some(path) = included(&item) => {
                let file = place.file.parent().map(|folder| folder.join(&path)).unwrap_or(path);
                self.file(module, &Place { file, ..place.clone() });
            }
            Item::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "sql_object") => {
                self.sql_object(&item, place);
            }
            other => self.hidden_models(&other.into_token_stream(), place),
        }
    }

    /// Only a view is of the schema. What reads a table is held against it by the compiler.
    fn read_model(&mut self, module: usize, arguments: TokenStream, mut item: syn::ItemStruct, place: &Place) {
        let parsed = parse_read_model(arguments, &mut item);
        self.take(&item.ident, parsed.error, place);
        if let Some(ReadSource::View { model, view }) = parsed.tree.map(|tree| tree.source) {
            self.source.views.push((Model { file: place.file.clone(), module, tree: *model }, view));
        }
    }

    fn sql_object(&mut self, item: &syn::ItemMacro, place: &Place) {
        let parsed = parse_sql_object(item.mac.tokens.clone());
        let name = parsed.tree.as_ref().map_or_else(|| Ident::new("sql_object", item.span()), |tree| tree.kind.clone());
        self.take(&name, parsed.error, place);
        self.source.objects.extend(parsed.tree.map(|tree| (place.file.clone(), tree)));
    }

    fn newtype(&mut self, item: syn::DeriveInput, place: &Place) -> Option<Named> {
        let parsed = parse_sql_type(&item);
        self.take(&item.ident, parsed.error, place);
        self.source.newtypes.push(parsed.tree?);
        Some(Named::Newtype(self.source.newtypes.len() - 1))
    }

    /// A model inside a function or a macro is compiled and cannot be read.
    fn hidden_models(&mut self, tokens: &TokenStream, place: &Place) {
        if let Some(span) = hidden_model(tokens.clone()) {
            let message = "an object model, a view or an SQL object inside a function or a macro cannot be read from the source: write it out in a module";
            self.errors.push(ExtractError::new(&place.file, span, message));
        }
    }

    fn declare(&mut self, module: usize, name: &Ident, named: Named) {
        self.source.modules[module].items.insert(name.unraw().to_string(), named);
    }

    /// The errors of a model or enum, which must not depend on a condition either.
    fn take(&mut self, name: &Ident, error: Option<syn::Error>, place: &Place) {
        if let Some(error) = error {
            self.errors.extend(ExtractError::from_syn(&place.file, &error));
        }
        if place.conditional {
            let message = format!(
                "whether `{name}` is compiled depends on a `#[cfg]`, which cannot be known from the source: remove the condition"
            );
            self.errors.push(ExtractError::new(&place.file, name.span(), message));
        }
    }

    fn module(&mut self, parent: usize, item: ItemMod, place: &Place) {
        let name = item.ident.unraw().to_string();
        self.source.modules.push(Module { parent: Some(parent), ..Module::default() });
        let module = self.source.modules.len() - 1;
        self.declare(parent, &item.ident, Named::Module(module));
        let path = path_attribute(&item.attrs);
        if let Some((_, items)) = item.content {
            let inside = match path {
                Some(path) => Place { directory: place.directory.join(path), ..place.clone() },
                None => Place { directory: place.folder().join(name), relative: None, ..place.clone() },
            };
            self.items(module, items, &inside);
            return;
        }
        match find_file(place, &name, path.as_deref()) {
            Ok(place) => self.file(module, &place),
            Err(_) if place.conditional => {}
            Err(message) => self.errors.push(ExtractError::new(&place.file, item.ident.span(), message)),
        }
    }
}

fn find_file(place: &Place, name: &str, path: Option<&str>) -> Result<Place, String> {
    let conditional = place.conditional;
    if let Some(path) = path {
        let file = place.directory.join(path);
        let directory = file.parent().map(Path::to_owned).unwrap_or_default();
        return Ok(Place { file, directory, relative: None, conditional });
    }
    let folder = place.folder();
    let (beside, inside) = (folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs"));
    if beside.is_file() {
        Ok(Place { file: beside, directory: folder, relative: Some(name.to_owned()), conditional })
    } else if inside.is_file() {
        Ok(Place { file: inside, directory: folder.join(name), relative: None, conditional })
    } else {
        Err(format!("module `{name}` has no file: neither `{}` nor `{}`", beside.display(), inside.display()))
    }
}

fn flatten(tree: &UseTree, path: &[String], module: &mut Module) {
    let longer = |ident: &Ident| path.iter().cloned().chain([ident.unraw().to_string()]).collect::<Vec<_>>();
    match tree {
        UseTree::Path(tree) => flatten(&tree.tree, &longer(&tree.ident), module),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, path, module)),
        UseTree::Glob(_) => module.globs.push(path.to_vec()),
        UseTree::Name(tree) if tree.ident == "self" => {
            if let Some(name) = path.last() {
                module.uses.push((name.clone(), path.to_vec()));
            }
        }
        UseTree::Name(tree) => module.uses.push((tree.ident.unraw().to_string(), longer(&tree.ident))),
        UseTree::Rename(tree) => {
            let path = if tree.ident == "self" { path.to_vec() } else { longer(&tree.ident) };
            module.uses.push((tree.rename.unraw().to_string(), path));
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Enum(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn condition(attributes: &[Attribute]) -> Condition {
    let mut result = Condition::Always;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")) {
        match attribute.parse_args::<Meta>().map_or(Condition::Sometimes, |predicate| without_tests(&predicate)) {
            Condition::Always => {}
            Condition::Never => return Condition::Never,
            Condition::Sometimes => result = Condition::Sometimes,
        }
    }
    result
}

/// What a predicate comes to in a build that is not for tests.
fn without_tests(predicate: &Meta) -> Condition {
    let parts = || match predicate {
        Meta::List(list) => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .map(|parts| parts.iter().map(without_tests).collect::<Vec<_>>())
            .unwrap_or_else(|_| vec![Condition::Sometimes]),
        _ => Vec::new(),
    };
    let path = predicate.path();
    if path.is_ident("test") {
        Condition::Never
    } else if path.is_ident("not") {
        match parts()[..] {
            [Condition::Never] => Condition::Always,
            [Condition::Always] => Condition::Never,
            _ => Condition::Sometimes,
        }
    } else if path.is_ident("all") {
        fold(&parts(), Condition::Always, Condition::Never)
    } else if path.is_ident("any") {
        fold(&parts(), Condition::Never, Condition::Always)
    } else {
        Condition::Sometimes
    }
}

/// `decides` if one part is that, `neutral` if every part is that.
fn fold(parts: &[Condition], neutral: Condition, decides: Condition) -> Condition {
    if parts.contains(&decides) {
        decides
    } else if parts.iter().all(|part| *part == neutral) {
        neutral
    } else {
        Condition::Sometimes
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    })
}

fn is_named(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == name)
}

fn arguments(attributes: &[Attribute], name: &str) -> Option<TokenStream> {
    attributes.iter().find(|attribute| is_named(attribute, name)).map(|attribute| match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    })
}

/// `#[cfg_attr(…, object_model(…))]`, `read_model`, `#[cfg_attr(…, derive(SqlEnum))]` and `#[cfg_attr(…, derive(SqlType))]`.
fn may_become_model(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else { return false };
    attribute.path().is_ident("cfg_attr")
        && ["object_model", "read_model", "SqlEnum", "SqlType"].iter().any(|name| mentions(&list.tokens, name))
}

fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

/// The file of an `include!("…")`, from the folder of the file that it stands in. One whose path is computed is generated
/// code, which is not there before the crate is compiled.
fn included(item: &syn::ItemMacro) -> Option<PathBuf> {
    let path: syn::LitStr = item.mac.path.is_ident("include").then(|| item.mac.parse_body().ok())??;
    Some(PathBuf::from(path.value()))
}

/// Where `#[object_model…]`, `#[read_model…]` or `sql_object!` stands among these tokens, at any depth.
fn hidden_model(tokens: TokenStream) -> Option<Span> {
    let mut after_hash = false;
    let mut macro_name = None;
    for token in tokens {
        let is_bang = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
        if let Some(span) = macro_name.filter(|_| is_bang) {
            return Some(span);
        }
        if let TokenTree::Group(group) = &token {
            let is_attribute = after_hash && group.delimiter() == Delimiter::Bracket;
            if is_attribute && ["object_model", "read_model"].iter().any(|name| mentions(&group.stream(), name)) {
                return Some(group.span());
            }
            if let Some(span) = hidden_model(group.stream()) {
                return Some(span);
            }
        }
        after_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        macro_name = match &token {
            TokenTree::Ident(ident) if ident == "sql_object" => Some(ident.span()),
            _ => None,
        };
    }
    None
}

fn derives(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        attribute
            .parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)
            .is_ok_and(|paths| paths.iter().any(|path| path.segments.last().is_some_and(|last| last.ident == name)))
    })
}
