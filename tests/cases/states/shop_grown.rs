/// What is sold.
#[object_model(table = "items", domain = "shop", index(name, stock(desc)), check(name = "stock_range", "stock >= 0"))]
pub struct Item {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    /// What the customer sees.
    #[column(length = 200)]
    pub name: Option<String>,
    #[column(default_value = 1)]
    pub stock: i64,
    #[column(precision = 10, scale = 2, default_value = 0.5)]
    pub price: Decimal,
    #[column(default_expr = "now()")]
    pub made_at: DateTime<Utc>,
}

#[object_model(table = "parts", domain = "shop", unique(item_id, place))]
pub struct Part {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub place: i32,
    #[column(belongs_to = Item::id, on_delete = set_null)]
    pub item_id: Option<i64>,
}
