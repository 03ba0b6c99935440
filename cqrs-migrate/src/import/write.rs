//! Drafts -> source text.

use std::collections::BTreeSet;

use cqrs_core::schema::{
    ColumnType, DefaultValue, Deferrable, ForeignKey, Index, IndexKey, IndexPart, Literal, Nulls, ReferentialAction,
    SortOrder, Str, Unique, View,
};

use super::draft::{Draft, Drafts, Field, Reference, Shared};
use super::keys::{has_usual_name, is_usual_action};
use super::labels::{Labels, Newtype};
use super::names::{OBJECTS_MODULE, spelled, spelled_in_list};
use super::objects::declaration;
use super::text::{attribute, docs, is_doc, literal, one_line, uses};
use super::types::{RustType, TypeAttribute};
use super::{Domain, Imported};
use crate::dialect::Dialect;

/// The crates that types come from, with the features of `cqrs-core` for them.
const CRATES: [(&str, &str); 6] = [
    ("bigdecimal", "bigdecimal"),
    ("chrono", "chrono"),
    ("ipnetwork", "ipnetwork"),
    ("rust_decimal", "rust_decimal"),
    ("serde_json", "json"),
    ("uuid", "uuid"),
];

pub(super) fn write(dialect: Dialect, drafts: &Drafts, imported: &mut Imported) {
    for (folder, name) in &drafts.domains {
        let domain = imported.domains.entry(folder.clone()).or_default();
        domain.name.clone_from(name);
    }
    for draft in &drafts.models {
        imported.written.insert(draft.id(), draft.path.clone());
        for field in &draft.fields {
            needs(&field.rust, imported);
        }
        if !draft.enums.is_empty() {
            imported.crates.insert("serde");
        }
        put(imported, &draft.path, model(dialect, draft));
    }
    for (folder, shared) in &drafts.shared {
        imported.crates.insert("serde");
        shared.newtypes.iter().for_each(|newtype| needs(&newtype.inner, imported));
        put(imported, &[folder.clone(), shared.module.clone()], types(shared));
    }
    for (folder, objects) in &drafts.objects {
        let path = [folder.clone(), OBJECTS_MODULE.to_owned()];
        imported.written.extend(objects.iter().map(|object| (object.id.clone(), path.clone())));
        let domain: &mut Domain = imported.domains.entry(folder.clone()).or_default();
        domain.objects = objects.iter().map(|object| declaration(dialect, object)).collect();
    }
}

fn put(imported: &mut Imported, [folder, module]: &[String; 2], source: String) {
    let domain: &mut Domain = imported.domains.entry(folder.clone()).or_default();
    domain.modules.insert(module.clone(), source);
}

fn needs(rust: &RustType, imported: &mut Imported) {
    for import in &rust.imports {
        if let Some((name, feature)) = CRATES.iter().find(|(name, _)| import.split("::").next() == Some(name)) {
            imported.crates.insert(name);
            imported.features.insert(feature);
        } else if import.ends_with("::Range") {
            imported.features.insert("range");
        }
    }
    if matches!(rust.column_type, ColumnType::Array { .. }) {
        imported.features.insert("array");
    }
}

/// A file with one model, or the read model of a view, and the enums that are its own.
fn model(dialect: Dialect, draft: &Draft) -> String {
    let (kind, word, arguments) = match &draft.view {
        Some(view) => ("View", "read_model", of_view(draft, view)),
        None => ("Table", "object_model", of_model(dialect, draft)),
    };
    let mut imports = BTreeSet::from([format!("cqrs_core::{word}")]);
    if !draft.enums.is_empty() {
        imports.extend(of_enums());
    }
    for field in &draft.fields {
        imports.extend(field.rust.imports.iter().cloned());
        imports.extend(field.belongs_to.iter().filter_map(|reference| reference.import.clone()));
    }
    imports.extend(draft.foreign_keys.iter().filter_map(|reference| reference.import.clone()));
    let name = one_line(&draft.table.object_name().to_string());
    let mut source = format!("//! {kind} `{name}`.\n\n{}", uses(&imports));
    for labels in &draft.enums {
        source += &enumeration(labels);
    }
    source.push('\n');
    source += &docs(draft.table.comment.as_deref(), "");
    source += &attribute(word, &arguments, "");
    source += &format!("pub struct {} {{\n", draft.class);
    let primary_key = primary_key(draft);
    for field in &draft.fields {
        let (doc, comment) = match &field.column.comment {
            Some(comment) if is_doc(comment) => (Some(comment.as_ref()), None),
            other => (None, other.as_deref()),
        };
        source += &docs(doc, "    ");
        let arguments = match &draft.view {
            Some(_) => of_view_field(field, comment),
            None => of_field(dialect, draft, field, comment, &primary_key),
        };
        source += &attribute("column", &arguments, "    ");
        let ty = if field.column.nullable && !is_key(draft, field) {
            format!("Option<{}>", field.rust.name)
        } else {
            field.rust.name.clone()
        };
        source += &format!("    pub {}: {ty},\n", spelled(&field.name));
    }
    source + "}\n"
}

/// A file with the types that the models of a domain share.
fn types(shared: &Shared) -> String {
    let mut imports: BTreeSet<String> = BTreeSet::new();
    if !shared.enums.is_empty() {
        imports.extend(of_enums());
    }
    if !shared.newtypes.is_empty() {
        imports.extend(["cqrs_core::SqlType", "serde::Deserialize", "serde::Serialize"].map(ToOwned::to_owned));
        imports.extend(shared.newtypes.iter().flat_map(|newtype| newtype.inner.imports.iter().cloned()));
    }
    let mut source = format!("//! Types of columns.\n\n{}", uses(&imports));
    shared.enums.iter().for_each(|labels| source += &enumeration(labels));
    shared.newtypes.iter().for_each(|newtype| source += &wrapped(newtype));
    source
}

fn of_enums() -> [String; 3] {
    ["cqrs_core::SqlEnum", "serde::Deserialize", "serde::Serialize"].map(ToOwned::to_owned)
}

fn enumeration(labels: &Labels) -> String {
    let mut source = format!("\n{}", docs(labels.comment.as_deref(), ""));
    source += "#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, SqlEnum)]\n";
    let name = labels.name.as_ref().map(|name| format!("name = {name:?}"));
    let style = labels.style.map(|style| format!("rename_all = {style:?}"));
    source += &attribute("sql_enum", &name.into_iter().chain(style).collect::<Vec<_>>(), "");
    source += &format!("pub enum {} {{\n", labels.class);
    for (variant, rename) in &labels.variants {
        let rename: Vec<String> = rename.iter().map(|label| format!("rename = {label:?}")).collect();
        source += &attribute("sql_enum", &rename, "    ");
        source += &format!("    {variant},\n");
    }
    source + "}\n"
}

fn wrapped(newtype: &Newtype) -> String {
    let mut source = format!("\n{}", docs(newtype.comment.as_deref(), ""));
    source += "#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlType)]\n";
    source += &attribute("sql_type", &[format!("postgres = {:?}", newtype.native)], "");
    source + &format!("pub struct {}(pub {});\n", newtype.class, newtype.inner.name)
}

/// What the model says of its table.
fn of_model(dialect: Dialect, draft: &Draft) -> Vec<String> {
    let table = &draft.table;
    let mut arguments = vec![format!("table = {:?}", table.name)];
    arguments.extend(table.schema.as_ref().map(|schema| format!("schema = {schema:?}")));
    arguments.push(format!("domain = {:?}", draft.domain));
    match primary_key(draft) {
        PrimaryKey::OnModel(arguments_of_key) => arguments.push(arguments_of_key),
        PrimaryKey::None => arguments.push("no_primary_key".to_owned()),
        PrimaryKey::OnFields => {}
    }
    for unique in table.uniques.iter().filter(|unique| !is_unique_field(draft, unique)) {
        let fields = unique.columns.iter().map(|column| in_list(draft, column));
        let name = given_name(draft, unique.name.as_ref(), &unique.columns, "key");
        arguments.push(format!("unique({})", fields.chain(name).collect::<Vec<_>>().join(", ")));
    }
    let of_model = |index: &&Index| !is_indexed_field(draft, index) && !comes_with_foreign_key(dialect, draft, index);
    arguments.extend(table.indexes.iter().filter(of_model).map(|index| index_argument(draft, index)));
    for check in table.checks.iter() {
        let name = check.name.as_ref().map(|name| format!("name = {name:?}"));
        let parts: Vec<String> = name.into_iter().chain([format!("{:?}", check.expression)]).collect();
        arguments.push(format!("check({})", parts.join(", ")));
    }
    for reference in &draft.foreign_keys {
        let key = &table.foreign_keys[reference.at];
        let field = |(field, other): &(String, String)| {
            format!("{} = {}::{}", spelled_in_list(field), reference.class, spelled(other))
        };
        let mut parts: Vec<String> = reference.fields.iter().map(field).collect();
        parts.extend(of_foreign_key(dialect, key));
        parts.extend(given_name(draft, key.name.as_ref(), &key.columns, "fkey"));
        arguments.push(format!("foreign_key({})", parts.join(", ")));
    }
    arguments
}

/// What the read model says of its view.
fn of_view(draft: &Draft, view: &View) -> Vec<String> {
    let mut arguments = vec![format!("view = {:?}", view.name.name)];
    arguments.extend(view.name.schema.as_ref().map(|schema| format!("schema = {schema:?}")));
    arguments.push(format!("query = {}", literal(&view.query)));
    arguments.extend(view.materialized.then(|| "materialized".to_owned()));
    arguments.extend(draft.table.indexes.iter().map(|index| index_argument(draft, index)));
    arguments
}

/// What a field says of the column that it reads.
fn of_view_field(field: &Field, comment: Option<&str>) -> Vec<String> {
    let name = column_name(field);
    name.into_iter().chain(comment.map(|comment| format!("comment = {comment:?}"))).collect()
}

/// The column's name, where it is not the field's.
fn column_name(field: &Field) -> Option<String> {
    let name = &field.column.name;
    (*name != field.name || !name.is_ascii()).then(|| format!("column_name = {name:?}"))
}

enum PrimaryKey {
    OnFields,
    OnModel(String),
    None,
}

fn primary_key(draft: &Draft) -> PrimaryKey {
    let Some(key) = &draft.table.primary_key else { return PrimaryKey::None };
    let in_order: Vec<&Str> =
        draft.fields.iter().map(|field| &field.column.name).filter(|name| key.columns.contains(name)).collect();
    let name = given_name(draft, key.name.as_ref(), &[], "pkey");
    if name.is_none() && in_order.into_iter().eq(key.columns.iter()) {
        return PrimaryKey::OnFields;
    }
    let fields = key.columns.iter().map(|column| in_list(draft, column));
    PrimaryKey::OnModel(format!("primary_key({})", fields.chain(name).collect::<Vec<_>>().join(", ")))
}

fn is_key(draft: &Draft, field: &Field) -> bool {
    draft.table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&field.column.name))
}

/// What a field says of its column.
fn of_field(
    dialect: Dialect,
    draft: &Draft,
    field: &Field,
    comment: Option<&str>,
    primary_key: &PrimaryKey,
) -> Vec<String> {
    let column = &field.column;
    let mut said = Vec::new();
    if is_key(draft, field) && matches!(primary_key, PrimaryKey::OnFields) {
        said.push("primary_key".to_owned());
    }
    if column.auto_increment {
        said.push("auto_increment".to_owned());
    }
    if draft
        .table
        .uniques
        .iter()
        .any(|unique| *unique.columns == [column.name.clone()] && is_unique_field(draft, unique))
    {
        said.push("unique".to_owned());
    }
    if draft.table.indexes.iter().any(|index| is_of(index, &column.name) && is_indexed_field(draft, index)) {
        said.push("indexed".to_owned());
    }
    said.extend(column_name(field));
    match &field.attribute {
        TypeAttribute::OfField => {}
        TypeAttribute::Text => said.push("text".to_owned()),
        TypeAttribute::Length(length) => said.push(format!("length = {length}")),
        TypeAttribute::Numeric(precision, None) => said.push(format!("precision = {precision}")),
        TypeAttribute::Numeric(precision, Some(scale)) => {
            said.push(format!("precision = {precision}, scale = {scale}"));
        }
        TypeAttribute::Native(native) => said.push(format!("column_type({} = {native:?})", dialect.name())),
    }
    said.extend(column.collation.as_ref().map(|collation| format!("collation = {collation:?}")));
    said.extend(field.default.as_ref().map(default));
    if let Some(generated) = &column.generated {
        said.push(format!("generated = {:?}", generated.expression));
        said.extend((!generated.stored).then(|| "virtual".to_owned()));
    }
    if let Some(reference) = &field.belongs_to {
        said.extend(belongs_to(dialect, draft, reference));
    }
    said.extend(comment.map(|comment| format!("comment = {comment:?}")));
    said
}

fn belongs_to(dialect: Dialect, draft: &Draft, reference: &Reference) -> Vec<String> {
    let other = reference.fields.first().map_or("", |(_, other)| other.as_str());
    let mut said = vec![format!("belongs_to = {}::{}", reference.class, spelled(other))];
    said.extend(of_foreign_key(dialect, &draft.table.foreign_keys[reference.at]));
    said
}

fn of_foreign_key(dialect: Dialect, key: &ForeignKey) -> Vec<String> {
    let action = |name: &str, action: ReferentialAction| {
        let word = action.sql().to_lowercase().replace(' ', "_");
        (!is_usual_action(dialect, action)).then(|| format!("{name} = {word}"))
    };
    let deferrable = match key.deferrable {
        Deferrable::No => None,
        Deferrable::InitiallyImmediate => Some("deferrable".to_owned()),
        Deferrable::InitiallyDeferred => Some("deferrable = initially_deferred".to_owned()),
    };
    let actions = [action("on_delete", key.on_delete), action("on_update", key.on_update)];
    actions.into_iter().flatten().chain(deferrable).collect()
}

fn default(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Value(Literal::Boolean(value)) => format!("default_value = {value}"),
        DefaultValue::Value(Literal::Number(number)) => format!("default_value = {number}"),
        DefaultValue::Value(Literal::Text(text)) => format!("default_value = {text:?}"),
        DefaultValue::Expression(sql) => format!("default_expr = {sql:?}"),
    }
}

/// `name = "…"`, where a part does not have the name that it would get without.
fn given_name(draft: &Draft, name: Option<&Str>, columns: &[Str], suffix: &str) -> Option<String> {
    let name = name.filter(|name| !has_usual_name(&draft.table, Some(name), columns, suffix))?;
    Some(format!("name = {name:?}"))
}

fn is_unique_field(draft: &Draft, unique: &Unique) -> bool {
    let is_first = |other: &&Unique| other.columns == unique.columns;
    unique.columns.len() == 1
        && has_usual_name(&draft.table, unique.name.as_deref(), &unique.columns, "key")
        && draft.table.uniques.iter().find(is_first) == Some(unique)
}

/// Whether it is an index of one column and nothing else.
fn is_of(index: &Index, column: &Str) -> bool {
    let plain = Index {
        name: index.name.clone(),
        parts: vec![IndexPart::column(column.clone())].into(),
        options: index.options.clone(),
        comment: index.comment.clone(),
        ..Index::default()
    };
    *index == plain
}

fn is_indexed_field(draft: &Draft, index: &Index) -> bool {
    let column = draft.fields.iter().map(|field| &field.column.name).find(|column| is_of(index, column));
    column
        .is_some_and(|column| has_usual_name(&draft.table, index.name.as_deref(), std::slice::from_ref(column), "idx"))
}

/// On MariaDB and MySQL, an index of a foreign key's name and columns is made with it.
fn comes_with_foreign_key(dialect: Dialect, draft: &Draft, index: &Index) -> bool {
    dialect == Dialect::MySql
        && draft.foreign_keys.iter().map(|reference| &draft.table.foreign_keys[reference.at]).any(|key| {
            let parts = key.columns.iter().cloned().map(IndexPart::column).collect();
            *index == Index { name: key.name.clone(), parts, ..Index::default() }
        })
}

fn index_argument(draft: &Draft, index: &Index) -> String {
    let mut said: Vec<String> = index.parts.iter().map(|part| index_part(draft, part)).collect();
    let columns: Vec<Str> = (index.parts.iter())
        .map(|part| match &part.key {
            IndexKey::Column(column) => column.clone(),
            IndexKey::Expression(_) => "expr".into(),
        })
        .collect();
    said.extend(given_name(draft, index.name.as_ref(), &columns, "idx"));
    said.extend(index.unique.then(|| "unique".to_owned()));
    said.extend(index.method.as_ref().map(|method| format!("method = {method:?}")));
    said.extend(index.predicate.as_ref().map(|predicate| format!("where = {predicate:?}")));
    if !index.include.is_empty() {
        let fields: Vec<String> = index.include.iter().map(|column| in_list(draft, column)).collect();
        said.push(format!("include({})", fields.join(", ")));
    }
    said.extend(index.nulls_not_distinct.then(|| "nulls_not_distinct".to_owned()));
    format!("index({})", said.join(", "))
}

fn index_part(draft: &Draft, part: &IndexPart) -> String {
    let mut options = Vec::new();
    options.extend((part.order == SortOrder::Descending).then(|| "desc".to_owned()));
    options.extend(part.nulls.map(|nulls| match nulls {
        Nulls::First => "nulls_first".to_owned(),
        Nulls::Last => "nulls_last".to_owned(),
    }));
    options.extend(part.operator_class.as_ref().map(|class| format!("class = {class:?}")));
    options.extend(part.collation.as_ref().map(|collation| format!("collation = {collation:?}")));
    options.extend(part.prefix_length.map(|length| format!("length = {length}")));
    match &part.key {
        IndexKey::Expression(sql) => {
            options.insert(0, format!("{sql:?}"));
            format!("expr({})", options.join(", "))
        }
        IndexKey::Column(column) if options.is_empty() => in_list(draft, column),
        IndexKey::Column(column) => format!("{}({})", in_list(draft, column), options.join(", ")),
    }
}

fn in_list(draft: &Draft, column: &str) -> String {
    draft.field(column).map(|field| spelled_in_list(&field.name)).unwrap_or_default()
}
