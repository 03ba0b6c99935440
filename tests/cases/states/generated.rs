#[object_model(table = "items", domain = "shop")]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    pub stock: i32,
    #[column(generated = "stock * 2", indexed)]
    pub twice: Option<i32>,
    pub active: NaiveDate,
    pub made_at: Option<serde_json::Value>,
    pub price: Option<f64>,
}

#[object_model(table = "parts", domain = "shop", check(name = "positive", "item_id > 0"))]
pub struct Part {
    #[column(primary_key)]
    pub id: i64,
    pub item_id: i64,
    #[column(generated = "item_id + 1")]
    pub place: Option<i64>,
}
