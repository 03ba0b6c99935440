use syn::{GenericArgument, PathArguments, Type};

/// The type without the invisible groups and parentheses around it.
pub(crate) fn peel(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => peel(&group.elem),
        Type::Paren(paren) => peel(&paren.elem),
        other => other,
    }
}

/// `T` of a type that is spelled `Option<T>`, `std::option::Option<T>` or `core::option::Option<T>`.
#[must_use]
pub fn option_inner(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = peel(ty) else { return None };
    if path.qself.is_some() {
        return None;
    }
    let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let spelled: Vec<&str> = segments.iter().map(String::as_str).collect();
    if !matches!(spelled[..], ["Option"] | ["option", "Option"] | ["std" | "core", "option", "Option"]) {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if arguments.args.len() == 1 => Some(inner),
        _ => None,
    }
}

/// Whether the type is spelled as an `Option`.
#[must_use]
pub fn is_option(ty: &Type) -> bool {
    option_inner(ty).is_some()
}
