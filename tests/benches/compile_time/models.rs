//! The crates that are compiled: the same twelve columns, told in three ways.

use std::path::Path;

/// How a table is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A struct with serde and `sqlx::FromRow`.
    Plain,
    /// `#[object_model]`.
    ObjectModel,
    /// An entity as sea-orm writes it from a table, with serde.
    SeaOrm,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Plain, Self::ObjectModel, Self::SeaOrm];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::ObjectModel => "object-model",
            Self::SeaOrm => "sea-orm-entity",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Plain => "serde and `sqlx::FromRow`",
            Self::ObjectModel => "`#[object_model]`",
            Self::SeaOrm => "sea-orm 2, serde",
        }
    }

    pub(crate) fn manifest(self, name: &str, project: &Path, drivers: &[String]) -> String {
        let list = |names: Vec<String>| names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
        let with = |others: &[&str], prefix: &str| {
            list(
                drivers
                    .iter()
                    .map(|name| format!("{prefix}{name}"))
                    .chain(others.iter().map(|&name| name.to_owned()))
                    .collect(),
            )
        };
        let own = match self {
            Self::Plain => {
                let features = with(&["chrono", "derive", "runtime-tokio", "rust_decimal", "uuid"], "");
                format!("sqlx = {{ version = \"0.9\", default-features = false, features = [{features}] }}\n")
            }
            Self::ObjectModel => {
                let features = with(&["chrono", "rust_decimal", "uuid"], "");
                let path = project.join("cqrs-core");
                format!("cqrs-core = {{ path = {path:?}, default-features = false, features = [{features}] }}\n")
            }
            Self::SeaOrm => {
                let others = ["macros", "runtime-tokio", "with-chrono", "with-json", "with-rust_decimal", "with-uuid"];
                let features = with(&others, "sqlx-");
                format!("sea-orm = {{ version = \"2\", default-features = false, features = [{features}] }}\n")
            }
        };
        format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\n\n[dependencies]\n{own}\
             chrono = {{ version = \"0.4\", default-features = false, features = [\"clock\", \"serde\", \"std\"] }}\n\
             rust_decimal = {{ version = \"1\", default-features = false, features = [\"serde\", \"std\"] }}\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\n\
             uuid = {{ version = \"1\", features = [\"serde\"] }}\n"
        )
    }

    /// `lib.rs`, and a file for each model.
    pub(crate) fn sources(self, size: usize) -> Vec<(String, String)> {
        let modules: Vec<String> = (0..size).map(|number| format!("pub mod m{number};\n")).collect();
        let mut files = vec![("lib.rs".to_owned(), format!("{}{}", self.state(), modules.concat()))];
        files.extend((0..size).map(|number| (format!("m{number}.rs"), self.model(number))));
        files
    }

    /// The enum that all of them have a column of.
    fn state(self) -> &'static str {
        match self {
            Self::Plain => {
                "#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]\n\
                 #[sqlx(rename_all = \"snake_case\")]\n\
                 pub enum State {\n    Open,\n    Paid,\n    Shipped,\n}\n\n"
            }
            Self::ObjectModel => {
                "#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, cqrs_core::SqlEnum)]\n\
                 pub enum State {\n    Open,\n    Paid,\n    Shipped,\n}\n\n"
            }
            Self::SeaOrm => {
                "use sea_orm::entity::prelude::*;\n\n\
                 #[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, serde::Serialize, serde::Deserialize)]\n\
                 #[sea_orm(rs_type = \"String\", db_type = \"Enum\", enum_name = \"state\")]\n\
                 pub enum State {\n    \
                 #[sea_orm(string_value = \"open\")]\n    Open,\n    \
                 #[sea_orm(string_value = \"paid\")]\n    Paid,\n    \
                 #[sea_orm(string_value = \"shipped\")]\n    Shipped,\n}\n\n"
            }
        }
    }

    /// A model that refers to the one before it, the first to itself.
    fn model(self, number: usize) -> String {
        let parent = number.saturating_sub(1);
        let text = match self {
            Self::Plain => PLAIN,
            Self::ObjectModel => OBJECT_MODEL,
            Self::SeaOrm => SEA_ORM,
        };
        let (of_parent, related) =
            if parent == number { (String::new(), "") } else { (format!("super::m{parent}::"), RELATED) };
        text.replace("{related}", related)
            .replace("{number}", &number.to_string())
            .replace("{parent}", &parent.to_string())
            .replace("{of_parent}", &of_parent)
    }
}

const PLAIN: &str = "use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::State;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, sqlx::FromRow)]
pub struct M{number} {
    pub id: i64,
    pub code: String,
    pub title: String,
    pub description: Option<String>,
    pub amount: Decimal,
    pub quantity: i32,
    pub active: bool,
    pub state: State,
    pub token: Uuid,
    pub parent_id: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
}
";

const OBJECT_MODEL: &str = "use chrono::{DateTime, Utc};
use cqrs_core::object_model;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::State;

#[object_model(table = \"m{number}\", index(state, created_at))]
pub struct M{number} {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(unique, length = 64)]
    pub code: String,
    #[column(length = 200)]
    pub title: String,
    #[column(text)]
    pub description: Option<String>,
    #[column(precision = 12, scale = 2)]
    pub amount: Decimal,
    #[column(default_value = 1)]
    pub quantity: i32,
    #[column(default_value = true)]
    pub active: bool,
    pub state: State,
    pub token: Uuid,
    #[column(belongs_to = super::m{parent}::M{parent}::id, on_delete = cascade)]
    pub parent_id: Option<i64>,
    #[column(default_expr = \"now()\", read_only)]
    pub created_at: DateTime<Utc>,
    pub updated_at: Option<DateTime<Utc>>,
}
";

const SEA_ORM: &str = "use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::State;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = \"m{number}\")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique, column_type = \"String(StringLen::N(64))\")]
    pub code: String,
    #[sea_orm(column_type = \"String(StringLen::N(200))\")]
    pub title: String,
    #[sea_orm(column_type = \"Text\", nullable)]
    pub description: Option<String>,
    #[sea_orm(column_type = \"Decimal(Some((12, 2)))\")]
    pub amount: Decimal,
    #[sea_orm(default_value = 1)]
    pub quantity: i32,
    #[sea_orm(default_value = true)]
    pub active: bool,
    #[sea_orm(indexed)]
    pub state: State,
    pub token: Uuid,
    pub parent_id: Option<i64>,
    #[sea_orm(default_expr = \"Expr::current_timestamp()\")]
    pub created_at: DateTimeUtc,
    pub updated_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = \"{of_parent}Entity\",
        from = \"Column::ParentId\",
        to = \"{of_parent}Column::Id\",
        on_delete = \"Cascade\"
    )]
    Parent,
}
{related}
impl ActiveModelBehavior for ActiveModel {}
";

const RELATED: &str = "
impl Related<super::m{parent}::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Parent.def()
    }
}
";
