//! The table as a constant, and its registration.

use cqrs_syntax::{
    Access, CheckDef, ColumnDef, DefaultDef, Deferrable, Field, ForeignKeyDef, ForeignKeyPartDef, IndexDef,
    IndexKeyDef, IndexPartDef, ObjectModel, ReferentialAction, TableDef, TypeDef, UniqueDef, is_option, lower,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::companions::key_fields;

pub(super) fn implementation(model: &ObjectModel, sound: bool) -> TokenStream {
    let class = &model.ident;
    let [write, patch, read] = ["Write", "Patch", "Read"].map(|side| format_ident!("{class}{side}"));
    let keyed = (!model.primary_key.is_empty()).then(|| keyed(model));
    let definition = lower(model);
    let (name, table) = (&definition.name, table(&definition));
    let registration = sound.then(|| {
        let assertions = assertions(model, &definition);
        quote! {
            #(#assertions)*
            __cqrs::inventory::submit! { __cqrs::Registration::new(<#class as __cqrs::ObjectModel>::TABLE) }
        }
    });
    let versioned = model.version().map(|field| {
        let (ty, column) = (&field.ty, field.column_name());
        quote! {
            #[automatically_derived]
            impl __cqrs::Versioned for #class {
                type Version = #ty;
                const VERSION: &'static str = #column;
            }
        }
    });
    quote! {
        const _: () = {
            use ::cqrs_core::__private as __cqrs;
            #[automatically_derived]
            impl __cqrs::ObjectModel for #class {
                const TABLE_NAME: &'static str = #name;
                const TABLE: &'static __cqrs::Table = &#table;
                type Write = #write;
                type Patch = #patch;
                type Read = #read;
            }
            #keyed
            #versioned
            #registration
        };
    }
}

fn keyed(model: &ObjectModel) -> TokenStream {
    let (class, key) = (&model.ident, format_ident!("{}Key", model.ident));
    let given = key_fields(model).into_iter().all(Field::is_writable).then(|| {
        quote! {
            #[automatically_derived]
            impl __cqrs::GivenKey for #class {}
        }
    });
    quote! {
        #[automatically_derived]
        impl __cqrs::Keyed for #class {
            type Key = #key;
        }
        #given
    }
}

/// A name that the crate can have once, on the name of the table: two models of one table do not compile.
///
/// Exported macros are the only items that a crate has in one place, wherever they are written.
pub(crate) fn only_one(model: &ObjectModel) -> TokenStream {
    let schema = model.schema.as_ref().map(|schema| format!("{}.", schema.value()));
    let table = format!("{}{}", schema.unwrap_or_default(), model.table.value());
    let plain: String = table.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    // Names that differ in other characters only are kept apart by what these are.
    let rest: String = (table.chars().filter(|letter| !letter.is_alphanumeric() && *letter != '_'))
        .map(|letter| format!("_{:x}", u32::from(letter)))
        .collect();
    let span = model.table.span();
    let name = format_ident!("the_table_{plain}{rest}_is_declared", span = span);
    quote_spanned! {span=>
        #[doc(hidden)]
        #[allow(non_local_definitions)]
        #[macro_export]
        macro_rules! #name { () => {}; }
    }
}

pub(crate) fn table(table: &TableDef) -> TokenStream {
    let (schema, name) = (option(table.schema.as_ref().map(text)), text(&table.name));
    let columns = list(table.columns.iter().map(column));
    let primary_key = option((!table.primary_key.is_empty()).then(|| {
        let (name, columns) =
            (option(table.primary_key_name.as_ref().map(text)), list(table.primary_key.iter().map(text)));
        quote! {
            __cqrs::PrimaryKey {
                name: #name,
                columns: #columns,
                options: __cqrs::List::Constant(&[]),
                comment: ::core::option::Option::None,
            }
        }
    }));
    let uniques = list(table.uniques.iter().map(unique));
    let indexes = list(table.indexes.iter().map(index));
    let foreign_keys = list(table.foreign_keys.iter().map(foreign_key));
    let checks = list(table.checks.iter().map(check));
    let comment = option(table.comment.as_ref().map(text));
    let renamed_from = option(table.renamed_from.as_ref().map(text));
    let model = &table.model;
    let [class_name, model_name, code, module, domain] =
        [&model.class_name, &model.name, &model.code, &model.module, &model.domain].map(text);
    quote! {
        __cqrs::Table {
            schema: #schema,
            name: #name,
            columns: #columns,
            primary_key: #primary_key,
            uniques: #uniques,
            indexes: #indexes,
            foreign_keys: #foreign_keys,
            checks: #checks,
            exclusions: __cqrs::List::Constant(&[]),
            inherits: __cqrs::List::Constant(&[]),
            partition_bound: ::core::option::Option::None,
            options: __cqrs::List::Constant(&[]),
            comment: #comment,
            depends_on: __cqrs::List::Constant(&[]),
            renamed_from: #renamed_from,
            model: ::core::option::Option::Some(__cqrs::Model {
                class_name: #class_name,
                name: #model_name,
                code: #code,
                module: #module,
                domain: #domain,
            }),
        }
    }
}

fn column(column: &ColumnDef) -> TokenStream {
    let (name, ty, column_type) = (&column.name, &column.rust_type, column_type(column));
    let comment = option(column.comment.as_ref());
    let plain = column.default.is_none()
        && column.generated.is_none()
        && !column.auto_increment
        && column.collation.is_none()
        && column.renamed_from.is_none()
        && column.backfill.is_none()
        && column.default_on.iter().chain(&column.backfill_on).all(Option::is_none)
        && column.access == Access::ReadWrite;
    if plain {
        return quote!(__cqrs::column(#name, #column_type, <#ty as ::cqrs_core::SqlType>::NULLABLE, #comment));
    }
    let default = option(column.default.as_ref().map(default));
    let generated = option(column.generated.as_ref().map(|(expression, stored)| quote!((#expression, #stored))));
    let auto_increment = column.auto_increment;
    let collation = option(column.collation.as_ref());
    let renamed_from = option(column.renamed_from.as_ref());
    let backfill = option(column.backfill.as_ref());
    let sql_on = sql_on(column);
    let access = match column.access {
        Access::ReadWrite => quote!(ReadWrite),
        Access::ReadOnly => quote!(ReadOnly),
        Access::WriteOnly => quote!(WriteOnly),
        Access::Version => quote!(Version),
    };
    quote! {
        __cqrs::column_with(#name, #column_type, <#ty as ::cqrs_core::SqlType>::NULLABLE, #comment, #default, __cqrs::ColumnExtras {
            generated: #generated,
            auto_increment: #auto_increment,
            collation: #collation,
            renamed_from: #renamed_from,
            backfill: #backfill,
            sql_on: #sql_on,
            access: __cqrs::Access::#access,
        })
    }
}

/// The expressions that databases have of their own, where there are any.
fn sql_on(column: &ColumnDef) -> TokenStream {
    let both = [&column.default_on, &column.backfill_on];
    if both.iter().all(|on| on.iter().all(Option::is_none)) {
        return quote!(&[]);
    }
    let [default, backfill] = both.map(|on| {
        let [postgres, mysql, sqlite] = on.each_ref().map(|sql| option(sql.as_ref().map(text)));
        quote!(__cqrs::SqlPerDatabase { postgres: #postgres, mysql: #mysql, sqlite: #sqlite })
    });
    quote!(&[__cqrs::ColumnSql { default: #default, backfill: #backfill }])
}

fn column_type(column: &ColumnDef) -> TokenStream {
    let ty = &column.rust_type;
    match &column.column_type {
        TypeDef::OfField if column.auto_increment => quote!(__cqrs::integer::<#ty>()),
        TypeDef::OfField if column.access == Access::Version && !is_option(ty) => quote!(__cqrs::version::<#ty>()),
        TypeDef::OfField => quote!(<#ty as ::cqrs_core::SqlType>::TYPE),
        TypeDef::Text => quote!(__cqrs::text::<#ty>()),
        TypeDef::String(length) => quote!(__cqrs::string::<#ty>(#length)),
        TypeDef::Numeric(precision, scale) => {
            let scale = option(*scale);
            quote!(__cqrs::numeric::<#ty>(#precision, #scale))
        }
        TypeDef::Native(native) => {
            let native = text(native);
            quote!(__cqrs::ColumnType::Native(#native))
        }
        TypeDef::PerDatabase(native) => {
            let [postgres, mysql, sqlite] = native.clone().map(option);
            quote!(__cqrs::per_database::<#ty>(#postgres, #mysql, #sqlite))
        }
    }
}

fn default(default: &DefaultDef) -> TokenStream {
    let literal = match default {
        DefaultDef::Boolean(value) => quote!(Boolean(#value)),
        DefaultDef::Number(digits) => {
            let digits = text(digits);
            quote!(Number(#digits))
        }
        DefaultDef::Text(value) => {
            let value = text(value);
            quote!(Text(#value))
        }
        DefaultDef::Expression(sql) => {
            let sql = text(sql);
            return quote!(__cqrs::DefaultValue::Expression(#sql));
        }
    };
    quote!(__cqrs::DefaultValue::Value(__cqrs::Literal::#literal))
}

fn unique(unique: &UniqueDef) -> TokenStream {
    let name = option(unique.name.as_ref().map(text));
    let columns = list(unique.columns.iter().map(text));
    quote! {
        __cqrs::Unique {
            name: #name,
            columns: #columns,
            options: __cqrs::List::Constant(&[]),
            comment: ::core::option::Option::None,
        }
    }
}

fn index(index: &IndexDef) -> TokenStream {
    let (name, unique, nulls_not_distinct) =
        (option(index.name.as_ref().map(text)), index.unique, index.nulls_not_distinct);
    let (method, predicate) = (option(index.method.as_ref().map(text)), option(index.predicate.as_ref().map(text)));
    let parts = list(index.parts.iter().map(index_part));
    let include = list(index.include.iter().map(text));
    quote! {
        __cqrs::Index {
            name: #name,
            parts: #parts,
            unique: #unique,
            method: #method,
            predicate: #predicate,
            include: #include,
            nulls_not_distinct: #nulls_not_distinct,
            options: __cqrs::List::Constant(&[]),
            comment: ::core::option::Option::None,
        }
    }
}

fn index_part(part: &IndexPartDef) -> TokenStream {
    let key = match &part.key {
        IndexKeyDef::Column(column) => {
            let column = text(column);
            quote!(Column(#column))
        }
        IndexKeyDef::Expression(sql) => {
            let sql = text(sql);
            quote!(Expression(#sql))
        }
    };
    let order = if part.descending { quote!(Descending) } else { quote!(Ascending) };
    let nulls = option(part.nulls_first.map(|first| {
        let nulls = if first { quote!(First) } else { quote!(Last) };
        quote!(__cqrs::Nulls::#nulls)
    }));
    let operator_class = option(part.operator_class.as_ref().map(text));
    let collation = option(part.collation.as_ref().map(text));
    let prefix_length = option(part.prefix_length);
    quote! {
        __cqrs::IndexPart {
            key: __cqrs::IndexKey::#key,
            order: __cqrs::SortOrder::#order,
            nulls: #nulls,
            operator_class: #operator_class,
            collation: #collation,
            prefix_length: #prefix_length,
        }
    }
}

fn foreign_key(key: &ForeignKeyDef) -> TokenStream {
    let (name, columns) = (option(key.name.as_ref().map(text)), list(key.parts.iter().map(|part| text(&part.column))));
    let references = key.parts.first().map(|part| referred_by(key, part));
    let referenced_columns = list(key.parts.iter().map(|part| {
        let target = target(key, part);
        quote!(__cqrs::Cow::Borrowed(#target.column))
    }));
    let [on_delete, on_update] = [key.on_delete, key.on_update].map(|action| match action {
        ReferentialAction::NoAction => quote!(NoAction),
        ReferentialAction::Restrict => quote!(Restrict),
        ReferentialAction::Cascade => quote!(Cascade),
        ReferentialAction::SetNull => quote!(SetNull),
        ReferentialAction::SetDefault => quote!(SetDefault),
    });
    let deferrable = match key.deferrable {
        None => quote!(No),
        Some(Deferrable::InitiallyImmediate) => quote!(InitiallyImmediate),
        Some(Deferrable::InitiallyDeferred) => quote!(InitiallyDeferred),
    };
    quote! {
        __cqrs::ForeignKey {
            name: #name,
            columns: #columns,
            references: #references,
            referenced_columns: #referenced_columns,
            on_delete: __cqrs::ReferentialAction::#on_delete,
            on_update: __cqrs::ReferentialAction::#on_update,
            match_type: __cqrs::MatchType::Simple,
            deferrable: __cqrs::Deferrable::#deferrable,
            options: __cqrs::List::Constant(&[]),
            comment: ::core::option::Option::None,
        }
    }
}

/// The field referred to, as a constant.
fn target(key: &ForeignKeyDef, part: &ForeignKeyPartDef) -> TokenStream {
    let (model, field) = (&key.model, &part.field);
    quote_spanned!(field.span()=> <#model as __cqrs::HasColumns>::FIELDS.#field)
}

/// The table referred to, which is only had where the types of the two fields agree.
fn referred_by(key: &ForeignKeyDef, part: &ForeignKeyPartDef) -> TokenStream {
    let (target, ty) = (target(key, part), &part.rust_type);
    quote!(#target.referred_by::<#ty>())
}

fn check(check: &CheckDef) -> TokenStream {
    let (name, expression) = (option(check.name.as_ref().map(text)), text(&check.expression));
    quote! {
        __cqrs::Check {
            name: #name,
            expression: #expression,
            options: __cqrs::List::Constant(&[]),
            comment: ::core::option::Option::None,
        }
    }
}

/// What only the compiler knows: whether a type may be null, and of which kind its values are.
fn assertions(model: &ObjectModel, definition: &TableDef) -> Vec<TokenStream> {
    let class = &model.ident;
    let mut assertions = Vec::new();
    for key in &definition.foreign_keys {
        for part in key.parts.iter().skip(1) {
            let referred_by = referred_by(key, part);
            assertions.push(quote!(const _: __cqrs::ObjectName = #referred_by;));
        }
    }
    for (at, field) in model.fields.iter().enumerate() {
        if definition.columns[at].in_primary_key {
            assertions.push(quote_spanned! {field.ty.span()=>
                const _: () = __cqrs::assert_key(<#class as __cqrs::ObjectModel>::TABLE, #at);
            });
        }
        if let Some(value) = &field.column.default_value {
            assertions.push(quote_spanned! {value.span=>
                const _: () = __cqrs::assert_default(<#class as __cqrs::ObjectModel>::TABLE, #at);
            });
        }
    }
    assertions
}

pub(crate) fn text(text: &String) -> TokenStream {
    quote!(__cqrs::Cow::Borrowed(#text))
}

pub(crate) fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn list(items: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote!(__cqrs::List::Constant(&[#(#items),*]))
}
