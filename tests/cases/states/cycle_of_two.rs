#[object_model(table = "teams", domain = "shop")]
pub struct Team {
    #[column(primary_key)]
    pub id: i64,
    #[column(belongs_to = Person::id)]
    pub leader_id: Option<i64>,
}

#[object_model(table = "people", domain = "shop")]
pub struct Person {
    #[column(primary_key)]
    pub id: i64,
    #[column(belongs_to = Team::id, on_delete = set_null)]
    pub team_id: Option<i64>,
}

#[object_model(table = "items", domain = "shop")]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    #[column(belongs_to = Team::id)]
    pub team_id: Option<i64>,
}
