#[object_model(table = "items", domain = "shop")]
pub struct Item {
    #[column(primary_key)]
    pub id: i32,
    #[column(belongs_to = Part::id)]
    pub part_id: Option<i32>,
}

#[object_model(table = "parts", domain = "shop")]
pub struct Part {
    #[column(primary_key)]
    pub id: i32,
    #[column(belongs_to = Team::id, on_delete = cascade)]
    pub team_id: Option<i32>,
}

#[object_model(table = "teams", domain = "shop")]
pub struct Team {
    #[column(primary_key)]
    pub id: i32,
    #[column(belongs_to = Item::id, on_update = cascade)]
    pub item_id: Option<i32>,
}
