#[object_model(table = "items", domain = "shop", primary_key(place, shelf), unique(name, stock))]
pub struct Item {
    pub place: i32,
    pub shelf: i16,
    #[column(length = 80)]
    pub name: String,
    pub stock: i32,
}

#[object_model(table = "parts", domain = "shop", primary_key(item_id, id))]
pub struct Part {
    pub id: i32,
    pub item_id: i64,
}
