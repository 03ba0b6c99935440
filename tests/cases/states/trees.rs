#[object_model(table = "items", domain = "shop")]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    #[column(belongs_to = Item::id, on_delete = cascade)]
    pub parent_id: Option<i64>,
}

#[object_model(table = "people", domain = "shop")]
pub struct Person {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(belongs_to = Person::id, indexed)]
    pub boss_id: Option<Uuid>,
    #[column(belongs_to = Item::id)]
    pub team_id: Option<i64>,
}
