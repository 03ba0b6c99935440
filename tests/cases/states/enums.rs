#[derive(SqlEnum)]
pub enum Kind {
    Bolt,
    Nut,
}

#[object_model(table = "items", domain = "shop", index(kind, id))]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    #[column(default_value = "nut")]
    pub kind: Kind,
}

#[object_model(table = "parts", domain = "shop", unique(kind))]
pub struct Part {
    #[column(primary_key)]
    pub id: i64,
    pub kind: Option<Kind>,
    #[column(belongs_to = Item::id)]
    pub item_id: i64,
}
