#[object_model(table = "items", domain = "shop")]
pub struct Item {
    pub id: i64,
    #[column(primary_key, length = 40)]
    pub name: String,
    #[column(unique)]
    pub stock: i64,
    #[column(unique, length = 10)]
    pub code: String,
}

#[object_model(table = "parts", domain = "shop")]
pub struct Part {
    #[column(primary_key)]
    pub id: i64,
    #[column(belongs_to = Item::stock, on_update = cascade)]
    pub item_id: i64,
    #[column(belongs_to = Item::code, length = 10)]
    pub item_code: Option<String>,
}
