use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use cqrs_core::execute::Error;
use cqrs_core::model::Driver;
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use super::databases::{Live, each};
use super::models::{Code, Mood, MoodKey, MoodRead, MoodWrite, SampleRead, SampleWrite, Severity};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

async fn stored(live: &Live, sample: &SampleWrite) -> SampleRead {
    let key = live.database.write().insert(sample).await.unwrap_or_else(|error| panic!("{:?}: {error}", live.driver));
    live.database.read().get(&key).await.unwrap_or_else(|error| panic!("{:?}: {error}", live.driver)).unwrap()
}

#[tokio::test]
async fn every_type_comes_back_as_it_was_written() {
    each(|live| async move {
        let moment: DateTime<Utc> = "2026-11-22T10:15:00.123456Z".parse().unwrap();
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        let clock = NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap();
        let sample = SampleWrite {
            id: None,
            flag: Some(Some(true)),
            small: Some(Some(i16::MIN)),
            medium: Some(Some(i32::MAX)),
            big: Some(Some(i64::MIN)),
            single: Some(Some(0.1)),
            twice: Some(Some(0.1 + 0.2)),
            name: Some(Some(Code("Ünïcödé 'quoted' \\ \"€\" 🚚".to_owned()))),
            bytes: Some(Some(vec![0, 255, 39, 92])),
            moment: Some(Some(moment)),
            wall: Some(Some(day.and_time(clock))),
            day: Some(Some(day)),
            clock: Some(Some(clock)),
            amount: Some(Some(decimal("-12345678901.2345"))),
            token: Some(Some(Uuid::from_u128(0x1234_5678_9abc_def0_1234_5678_9abc_def0))),
            document: Some(Some(json!({"a": [1, 2.5, null, "x'y"], "b": {"c": true}}))),
            severity: Some(Some(Severity::VeryHigh)),
        };
        let expected = SampleRead {
            flag: Some(true),
            small: Some(-32_768),
            medium: Some(2_147_483_647),
            big: Some(-9_223_372_036_854_775_808),
            single: Some(0.1),
            twice: Some(0.300_000_000_000_000_04),
            name: sample.name.clone().flatten(),
            bytes: Some(vec![0, 255, 39, 92]),
            moment: Some(moment),
            wall: Some(day.and_time(clock)),
            day: Some(day),
            clock: Some(clock),
            amount: Some(decimal("-12345678901.2345")),
            token: sample.token.flatten(),
            document: sample.document.clone().flatten(),
            severity: Some(Severity::VeryHigh),
        };
        assert_eq!(stored(&live, &sample).await, expected, "{:?}", live.driver);

        // Many at once go another way, on PostgreSQL.
        let (write, other) = (live.database.write(), SampleWrite { name: Some(None), ..sample.clone() });
        assert_eq!(write.insert_many(&[null_sample(), other]).await.unwrap(), 2, "{:?}", live.driver);
        let read: Vec<SampleRead> = live.database.read().list(9).await.unwrap();
        assert_eq!(read[1..], [null_read(), SampleRead { name: None, ..expected }], "{:?}", live.driver);
    })
    .await;
}

fn null_read() -> SampleRead {
    SampleRead {
        flag: None,
        small: None,
        medium: None,
        big: None,
        single: None,
        twice: None,
        name: None,
        bytes: None,
        moment: None,
        wall: None,
        day: None,
        clock: None,
        amount: None,
        token: None,
        document: None,
        severity: None,
    }
}

fn null_sample() -> SampleWrite {
    SampleWrite {
        id: None,
        flag: Some(None),
        small: Some(None),
        medium: Some(None),
        big: Some(None),
        single: Some(None),
        twice: Some(None),
        name: Some(None),
        bytes: Some(None),
        moment: Some(None),
        wall: Some(None),
        day: Some(None),
        clock: Some(None),
        amount: Some(None),
        token: Some(None),
        document: Some(None),
        severity: Some(None),
    }
}

#[tokio::test]
async fn every_type_can_be_null() {
    each(|live| async move {
        let nothing = null_read();
        assert_eq!(stored(&live, &null_sample()).await, nothing, "{:?}", live.driver);
        assert_eq!(stored(&live, &SampleWrite::default()).await, nothing, "{:?}", live.driver);
    })
    .await;
}

#[tokio::test]
async fn empty_is_not_null_and_whole_numbers_stay_what_they_are() {
    each(|live| async move {
        let sample = SampleWrite {
            flag: Some(Some(false)),
            single: Some(Some(2.0)),
            twice: Some(Some(-0.0)),
            name: Some(Some(Code(String::new()))),
            bytes: Some(Some(Vec::new())),
            amount: Some(Some(decimal("100.00"))),
            document: Some(Some(json!(null))),
            clock: Some(Some(NaiveTime::MIN)),
            moment: Some(Some("1970-01-01T00:00:00Z".parse().unwrap())),
            ..SampleWrite::default()
        };
        let read = stored(&live, &sample).await;
        assert_eq!(read.flag, Some(false));
        assert_eq!(read.single, Some(2.0));
        assert_eq!(read.twice, Some(0.0));
        assert_eq!(read.name, Some(Code(String::new())));
        assert_eq!(read.bytes, Some(Vec::new()));
        assert_eq!(read.amount, Some(decimal("100")));
        assert_eq!(read.document, Some(json!(null)));
        assert_eq!(read.clock, Some(NaiveTime::MIN));
        assert_eq!(read.moment, Some(DateTime::UNIX_EPOCH));
    })
    .await;
}

#[tokio::test]
async fn moments_long_ago_and_far_ahead() {
    each(|live| async move {
        for moment in ["1000-01-01T00:00:00Z", "1969-12-31T23:59:59.5Z", "9999-12-31T23:59:59.999999Z"] {
            let moment: DateTime<Utc> = moment.parse().unwrap();
            let sample = SampleWrite { moment: Some(Some(moment)), ..SampleWrite::default() };
            assert_eq!(stored(&live, &sample).await.moment, Some(moment), "{:?}", live.driver);
        }
    })
    .await;
}

#[tokio::test]
async fn moments_are_kept_to_the_microsecond() {
    each(|live| async move {
        let sample = SampleWrite {
            moment: Some(Some("2026-01-02T03:04:05.123456789Z".parse().unwrap())),
            ..SampleWrite::default()
        };
        let expected: DateTime<Utc> = "2026-01-02T03:04:05.123456Z".parse().unwrap();
        assert_eq!(stored(&live, &sample).await.moment, Some(expected), "{:?}", live.driver);
    })
    .await;
}

#[tokio::test]
async fn json_of_every_shape() {
    each(|live| async move {
        let whole = json!(i64::MAX);
        for document in [json!([]), json!("text"), json!("1.50"), json!(true), json!(-7), json!(1.5), whole] {
            let sample = SampleWrite { document: Some(Some(document.clone())), ..SampleWrite::default() };
            assert_eq!(stored(&live, &sample).await.document, Some(document), "{:?}", live.driver);
        }
    })
    .await;
}

#[tokio::test]
async fn decimals_that_sqlite_would_round_are_refused() {
    each(|live| async move {
        let exact = SampleWrite { amount: Some(Some(decimal("123456789012.3456"))), ..SampleWrite::default() };
        let outcome = live.database.write().insert(&exact).await;
        if live.driver == Driver::Sqlite {
            let Err(Error::Encode { table: "samples", source }) = outcome else { panic!("{outcome:?}") };
            assert_eq!(source.value, "123456789012.3456");
            assert_eq!(live.database.read().list::<SampleRead>(1).await.unwrap(), []);
        } else {
            let read: SampleRead = live.database.read().get(&outcome.unwrap()).await.unwrap().unwrap();
            assert_eq!(read.amount, Some(decimal("123456789012.3456")));
        }
    })
    .await;
}

#[tokio::test]
async fn a_label_that_the_enum_lacks_is_an_error() {
    each(|live| async move {
        if live.driver != Driver::Sqlite {
            return;
        }
        live.run("INSERT INTO samples (severity) VALUES ('unheard of')").await;
        let error = live.database.read().list::<SampleRead>(1).await.unwrap_err();
        assert!(matches!(error, Error::Unreadable { table: "samples", .. }), "{error:?}");
        assert!(error.to_string().contains("`unheard of` is no label of enum `Severity`"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn enums_are_found_in_the_schema_of_their_table() {
    each(|live| async move {
        if live.driver != Driver::Postgres {
            return;
        }
        let write = live.database.write();
        let angry = MoodWrite { id: Some(1), mood: Some(Some(Mood::Angry)) };
        assert_eq!(write.insert(&angry).await.unwrap(), MoodKey { id: 1 });
        let calm = MoodWrite { id: None, mood: Some(Some(Mood::Calm)) };
        assert!(write.update(&MoodKey { id: 1 }, &calm).await.unwrap());
        let read = live.database.read();
        assert_eq!(read.get(&MoodKey { id: 1 }).await.unwrap(), Some(MoodRead { mood: Some(Mood::Calm) }));
        let unknown = MoodWrite { id: None, mood: Some(None) };
        assert!(write.update(&MoodKey { id: 1 }, &unknown).await.unwrap());
        assert_eq!(read.get(&MoodKey { id: 1 }).await.unwrap(), Some(MoodRead { mood: None }));
    })
    .await;
}
