#[object_model(table = "items", domain = "shop")]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    #[column(length = 80)]
    pub name: String,
    pub stock: i32,
    pub active: bool,
}

#[object_model(table = "parts", domain = "shop")]
pub struct Part {
    #[column(primary_key)]
    pub id: i64,
    #[column(belongs_to = Item::id, on_delete = cascade, indexed)]
    pub item_id: i64,
}
