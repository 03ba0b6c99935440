//! The example service: its revisions lead, on every database, to what its models declare.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use cqrs_core::model::Read;
use cqrs_core::read_model;
use cqrs_migrate::revision::{RevisionSet, Upgrade};
use cqrs_migrate::{DatabaseUrl, Migrator};

/// Of a model of another crate.
#[read_model(of = analytics_service::scor::ScorProcess)]
struct ProcessCard {
    process_code: String,
    #[column(field = level)]
    depth: i32,
}

#[test]
fn its_models_are_read_by_read_models_of_other_crates() {
    assert_eq!(ProcessCard::COLUMNS, ["process_code", "level"]);
    let card = ProcessCard { process_code: "sD1".to_owned(), depth: 2 };
    assert_eq!((card.clone().process_code, card.depth), ("sD1".to_owned(), 2));
}

#[tokio::test]
async fn its_revisions_lead_to_its_models() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/analytics-service/migrations");
    let set = RevisionSet::load(&folder).unwrap();
    let head = set.head().unwrap().expect("the example has revisions");
    for database in cqrs_tests::databases() {
        let url = DatabaseUrl::parse(database.url()).unwrap();
        let upgrade = Upgrade::new(&set, &url);
        let applied = upgrade.run(None, &|_| {}).await.unwrap();
        assert_eq!(applied.last(), Some(&head.id), "{}", database.dialect());
        assert_eq!(applied.len(), set.revisions.len());
        assert_eq!(upgrade.run(None, &|_| {}).await.unwrap(), [""; 0], "a second run has nothing to do");

        let planned =
            Migrator::new(database.url(), analytics_service::schema().unwrap()).unwrap().plan().await.unwrap();
        assert!(planned.is_empty(), "{}: make a revision of the example:\n{planned}", database.dialect());
    }
}
