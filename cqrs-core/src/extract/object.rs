use std::borrow::Cow;

use cqrs_syntax::{SqlTexts, ViewSpec};
use syn::LitStr;
use syn::ext::IdentExt;

use crate::expansion::{ObjectParts, ViewBody, sql_object};
use crate::schema::{SqlObject, SqlPerDatabase, Str};

/// What a view is besides its columns.
pub(super) fn view_body(view: &ViewSpec) -> ViewBody {
    ViewBody {
        otherwise: text(&view.query.otherwise),
        on: per_database(&view.query),
        materialized: view.materialized,
        plain_elsewhere: view.plain_elsewhere,
    }
}

/// What `sql_object!` declares, out of the tree that its grammar reads. The tree is as internal as its crate.
#[must_use]
pub fn object(tree: &cqrs_syntax::SqlObject) -> SqlObject {
    sql_object(ObjectParts {
        kind: tree.kind.unraw().to_string().into(),
        name: tree.name.value().into(),
        table: text(&tree.table),
        schema: text(&tree.schema),
        renamed_from: text(&tree.renamed_from),
        comment: tree.comment.clone().map(Cow::Owned),
        otherwise: text(&tree.sql.otherwise),
        on: per_database(&tree.sql),
    })
}

fn per_database(texts: &SqlTexts) -> SqlPerDatabase {
    let [postgres, mysql, sqlite] = texts.on.texts().map(|text| text.map(Cow::Owned));
    SqlPerDatabase { postgres, mysql, sqlite }
}

fn text(slot: &Option<LitStr>) -> Option<Str> {
    slot.as_ref().map(|text| text.value().into())
}
