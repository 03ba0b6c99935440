#[object_model(table = "items", domain = "shop")]
pub struct Item {
    #[column(primary_key, length = 36)]
    pub id: String,
    #[column(text)]
    pub name: Option<String>,
    #[column(length = 20, default_value = "many")]
    pub stock: String,
    #[column(length = 20)]
    pub kind: String,
    #[column(length = 20)]
    pub active: Option<String>,
    #[column(text)]
    pub made_at: String,
}

#[object_model(table = "parts", domain = "shop")]
pub struct Part {
    #[column(primary_key, length = 36)]
    pub id: String,
    #[column(belongs_to = Item::id, length = 36)]
    pub item_id: String,
}
