use chrono::{DateTime, TimeDelta, Utc};
use cqrs_core::execute::Error;
use cqrs_core::model::Driver;
use cqrs_core::sea_query::{Expr, ExprTrait, Order};
use rust_decimal::Decimal;

use super::databases::{Live, each};
use super::models::{Code, SampleName, SampleWrite, Severity};

/// `a` to `e`: an hour, half a unit and a severity apart.
async fn five_samples(live: &Live) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-06-01T22:00:00Z".parse().unwrap();
    for (hour, name) in (0..).zip(["a", "b", "c", "d", "e"]) {
        let sample = SampleWrite {
            name: Some(Some(Code(name.to_owned()))),
            moment: Some(Some(start + TimeDelta::hours(hour))),
            amount: Some(Some(Decimal::new(hour * 5, 1))),
            severity: Some(Some(if hour % 2 == 0 { Severity::Low } else { Severity::VeryHigh })),
            ..SampleWrite::default()
        };
        live.database.write().insert(&sample).await.unwrap();
    }
    start
}

fn names(rows: Result<Vec<SampleName>, Error>) -> String {
    rows.unwrap().into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn conditions_order_and_pages() {
    each(|live| async move {
        let start = five_samples(&live).await;
        let query = || live.database.read().query::<SampleName>().order_by("id", Order::Asc);
        assert_eq!(names(query().all().await), "abcde");
        assert_eq!(names(query().limit(2).offset(1).all().await), "bc");
        assert_eq!(names(query().offset(3).all().await), "de");
        assert_eq!(names(query().filter(Expr::col("severity").eq(Severity::VeryHigh)).all().await), "bd");
        assert_eq!(names(query().filter(Expr::col("moment").gt(start + TimeDelta::hours(2))).all().await), "de");
        assert_eq!(names(query().filter(Expr::col("moment").eq(start + TimeDelta::hours(2))).all().await), "c");
        assert_eq!(names(query().filter(Expr::col("amount").eq(Decimal::new(150, 2))).all().await), "d");
        let both = query().filter(Expr::col("name").gt("a")).filter(Expr::col("amount").lt(Decimal::from(2)));
        assert_eq!(names(both.all().await), "bcd");
        let last = live.database.read().query::<SampleName>().order_by("moment", Order::Desc).first().await.unwrap();
        assert_eq!(last.map(|row| row.name), Some("e".to_owned()));
        assert_eq!(query().filter(Expr::col("name").eq("z")).first().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn list_goes_by_key() {
    each(|live| async move {
        five_samples(&live).await;
        assert_eq!(names(live.database.read().list(3).await), "abc");
    })
    .await;
}

#[tokio::test]
async fn a_null_does_not_fit_a_field_without_option() {
    each(|live| async move {
        live.database.write().insert(&SampleWrite::default()).await.unwrap();
        let error = live.database.read().list::<SampleName>(1).await.unwrap_err();
        assert!(matches!(error, Error::Unreadable { table: "samples", .. }), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_written_in_sql_is_read_too() {
    each(|live| async move {
        live.run("INSERT INTO samples (name, moment) VALUES ('now', CURRENT_TIMESTAMP)").await;
        let before = Utc::now() - TimeDelta::minutes(5);
        let query = live.database.read().query::<SampleName>();
        if live.driver == Driver::MySql {
            return; // the session that wrote it may be in another time zone
        }
        assert_eq!(names(query.filter(Expr::col("moment").gt(before)).all().await), "now");
    })
    .await;
}
