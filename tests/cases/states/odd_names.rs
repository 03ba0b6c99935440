#[object_model(table = "order", domain = "shop", index(a, b(desc)), unique(c), check(name = "is \"it\"", "1 = 1"))]
pub struct Order {
    #[column(primary_key)]
    pub id: i64,
    #[column(column_name = "select")]
    pub a: i32,
    #[column(column_name = "it's \"b\" `c`")]
    pub b: Option<i32>,
    #[column(column_name = "größe 数")]
    pub c: Option<i32>,
}

#[object_model(table = "items", domain = "shop")]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    #[column(column_name = "Name", length = 80)]
    pub name: String,
    #[column(belongs_to = Order::id)]
    pub stock: i64,
}
