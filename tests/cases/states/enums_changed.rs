#[derive(SqlEnum)]
pub enum Kind {
    Nut,
    Screw,
    Bolt,
}

#[derive(SqlEnum)]
pub enum Colour {
    Red,
    Green,
}

#[object_model(table = "items", domain = "shop")]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    #[column(default_value = "screw")]
    pub kind: Kind,
    #[column(default_value = "red")]
    pub stock: Colour,
}

#[object_model(table = "people", domain = "shop", check(name = "likes", "kind <> 'bolt'"))]
pub struct Person {
    #[column(primary_key)]
    pub id: i64,
    #[column(indexed)]
    pub kind: Kind,
}
