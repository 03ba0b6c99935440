use std::ops::Bound;

use bigdecimal::BigDecimal;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use cqrs_core::execute::Error;
use cqrs_core::model::Driver;
use cqrs_core::schema::Schema;
use cqrs_core::sea_query::{Expr, ExprTrait};
use cqrs_core::types::{Json, Range};
use cqrs_core::{ObjectModel, SqlType, object_model};
use cqrs_migrate::{Dialect, Migrator};
use ipnetwork::IpNetwork;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::with_table;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlType)]
pub(crate) struct Email(String);

/// A type that PostgreSQL has a name for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SqlType)]
#[sql_type(postgres = "macaddr", mysql = "char(17)")]
pub(crate) struct Device {
    address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, SqlType)]
#[sql_type(postgres = "numeric(4)", mysql = "mediumint")]
pub(crate) struct Year(i32);

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, SqlType)]
pub(crate) struct Id(u32);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    theme: String,
    size: Option<u8>,
}

#[object_model(table = "further")]
pub(crate) struct Further {
    #[column(primary_key, auto_increment)]
    pub(crate) id: Id,
    pub(crate) tiny: Option<i8>,
    pub(crate) byte: Option<u8>,
    pub(crate) short: Option<u16>,
    pub(crate) word: Option<u32>,
    pub(crate) long: Option<u64>,
    #[column(precision = 14, scale = 4)]
    pub(crate) big: Option<BigDecimal>,
    pub(crate) time_moment: Option<time::OffsetDateTime>,
    pub(crate) time_wall: Option<time::PrimitiveDateTime>,
    pub(crate) time_day: Option<time::Date>,
    pub(crate) time_clock: Option<time::Time>,
    pub(crate) jiff_moment: Option<jiff::Timestamp>,
    pub(crate) jiff_wall: Option<jiff::civil::DateTime>,
    pub(crate) jiff_day: Option<jiff::civil::Date>,
    pub(crate) jiff_clock: Option<jiff::civil::Time>,
    pub(crate) network: Option<IpNetwork>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) numbers: Option<Vec<i64>>,
    pub(crate) ratios: Option<Vec<f32>>,
    pub(crate) prices: Option<Vec<Decimal>>,
    pub(crate) moments: Option<Vec<DateTime<Utc>>>,
    pub(crate) tokens: Option<Vec<Uuid>>,
    pub(crate) settings: Option<Json<Settings>>,
    #[column(length = 60, unique)]
    pub(crate) email: Option<Email>,
    pub(crate) device: Option<Device>,
    pub(crate) year: Option<Year>,
    #[column(column_type(postgres = "character varying(3)"))]
    pub(crate) code: Option<String>,
}

fn nothing() -> FurtherWrite {
    FurtherWrite::new()
}

fn everything() -> FurtherWrite {
    FurtherWrite {
        tiny: Some(i8::MIN),
        byte: Some(u8::MAX),
        short: Some(u16::MAX),
        word: Some(u32::MAX),
        long: Some(9_223_372_036_854_775_807),
        big: Some("-1234567890.1234".parse().unwrap()),
        time_moment: Some(time::OffsetDateTime::from_unix_timestamp_nanos(-1_123_456_000).unwrap()),
        time_wall: Some(time::macros::datetime!(2024-02-29 23:59:59.999999)),
        time_day: Some(time::macros::date!(2024 - 02 - 29)),
        time_clock: Some(time::macros::time!(23:59:59.5)),
        jiff_moment: Some("2026-11-22T10:15:00.123456Z".parse().unwrap()),
        jiff_wall: Some("2024-02-29T23:59:59.999999".parse().unwrap()),
        jiff_day: Some("2024-02-29".parse().unwrap()),
        jiff_clock: Some("00:00:00".parse().unwrap()),
        network: Some("10.1.0.0/16".parse().unwrap()),
        tags: Some(vec!["a, \"b\"".to_owned(), String::new(), "NULL".to_owned()]),
        numbers: Some(vec![i64::MIN, 0, i64::MAX]),
        ratios: Some(vec![0.1, -2.5]),
        prices: Some(vec!["1.50".parse().unwrap()]),
        moments: Some(vec!["2026-01-02T03:04:05.123456Z".parse().unwrap()]),
        tokens: Some(vec![Uuid::from_u128(5)]),
        settings: Some(Json(Settings { theme: "dark".to_owned(), size: None })),
        email: Some(Email("ada@example.com".to_owned())),
        device: Some(Device { address: "08:00:2b:01:02:03".to_owned() }),
        year: Some(Year(2026)),
        code: Some("abc".to_owned()),
    }
}

#[tokio::test]
async fn every_type_comes_back_as_it_was_written() {
    for database in cqrs_tests::databases() {
        let live = with_table::<Further>(&database).await;
        let dialect = database.dialect();
        let given = everything();
        let key = live.write().insert(&given).await.unwrap_or_else(|error| panic!("{dialect}: {error}"));
        assert_eq!(key, FurtherKey { id: Id(1) });
        let read: FurtherRead =
            live.read().get(&key).await.unwrap_or_else(|error| panic!("{dialect}: {error}")).unwrap();
        let FurtherWrite { tiny, byte, short, word, long, big, email, device, year, code, .. } = given.clone();
        let expected = FurtherRead {
            id: Id(1),
            tiny,
            byte,
            short,
            word,
            long,
            big,
            email,
            device,
            year,
            code,
            time_moment: given.time_moment,
            time_wall: given.time_wall,
            time_day: given.time_day,
            time_clock: given.time_clock,
            jiff_moment: given.jiff_moment,
            jiff_wall: given.jiff_wall,
            jiff_day: given.jiff_day,
            jiff_clock: given.jiff_clock,
            network: given.network,
            tags: given.tags,
            numbers: given.numbers,
            ratios: given.ratios,
            prices: given.prices,
            moments: given.moments,
            tokens: given.tokens,
            settings: given.settings,
        };
        assert_eq!(read, expected, "{dialect}");

        let key = live.write().insert(&nothing()).await.unwrap_or_else(|error| panic!("{dialect}: {error}"));
        let read: FurtherRead = live.read().get(&key).await.unwrap().unwrap();
        assert_eq!((read.id, &read.tags, &read.network, &read.device), (Id(2), &None, &None, &None), "{dialect}");
        assert_eq!((read.long, &read.big, read.time_moment, read.jiff_day), (None, &None, None, None), "{dialect}");
    }
}

/// What of those types many rows at once bring as lists, on PostgreSQL.
#[object_model(table = "listed")]
pub(crate) struct Listed {
    #[column(primary_key, auto_increment)]
    pub(crate) id: Id,
    pub(crate) tiny: Option<i8>,
    pub(crate) byte: Option<u8>,
    pub(crate) short: Option<u16>,
    pub(crate) word: Option<u32>,
    pub(crate) long: Option<u64>,
    #[column(precision = 14, scale = 4)]
    pub(crate) big: Option<BigDecimal>,
    pub(crate) time_moment: Option<time::OffsetDateTime>,
    pub(crate) jiff_wall: Option<jiff::civil::DateTime>,
    pub(crate) time_day: Option<time::Date>,
    pub(crate) jiff_clock: Option<jiff::civil::Time>,
    pub(crate) network: Option<IpNetwork>,
    pub(crate) settings: Option<Json<Settings>>,
    pub(crate) email: Option<Email>,
    pub(crate) device: Option<Device>,
    pub(crate) year: Option<Year>,
    #[column(column_type(postgres = "character varying(3)"))]
    pub(crate) code: Option<String>,
}

#[tokio::test]
async fn many_rows_bring_every_type_at_once() {
    for database in cqrs_tests::databases() {
        let live = with_table::<Listed>(&database).await;
        let dialect = database.dialect();
        let given = everything();
        let row = ListedWrite {
            tiny: given.tiny,
            byte: given.byte,
            short: given.short,
            word: given.word,
            long: given.long,
            big: given.big,
            time_moment: given.time_moment,
            jiff_wall: given.jiff_wall,
            time_day: given.time_day,
            jiff_clock: given.jiff_clock,
            network: given.network,
            settings: given.settings,
            email: given.email,
            device: given.device,
            year: given.year,
            code: given.code,
        };
        let written = live.write().insert_many(&[ListedWrite::new(), row.clone(), ListedWrite::new()]).await;
        assert_eq!(written.unwrap_or_else(|error| panic!("{dialect}: {error}")), 3, "{dialect}");
        let key: ListedKey = live.write().insert(&row).await.unwrap();
        let one_by_one: ListedRead = live.read().get(&key).await.unwrap().unwrap();
        let read: Vec<ListedRead> = live.read().list(9).await.unwrap();
        assert_eq!(read[1], ListedRead { id: Id(2), ..one_by_one }, "{dialect}");
        assert_eq!((read[0].word, &read[0].device, &read[2].settings), (None, &None, &None), "{dialect}");
        if dialect == Dialect::Postgres {
            let too_long = ListedWrite { code: Some("abcd".to_owned()), ..row };
            let error = live.write().insert_many(&[ListedWrite::new(), too_long]).await.unwrap_err();
            assert!(error.to_string().contains("too long"), "a cast must not cut it: {error}");
        }
    }
}

#[tokio::test]
async fn conditions_take_values_of_every_crate() {
    for database in cqrs_tests::databases() {
        let live = with_table::<Further>(&database).await;
        live.write().insert(&everything()).await.unwrap();
        live.write().insert(&nothing()).await.unwrap();
        let conditions = [
            Expr::col("word").eq(u32::MAX),
            Expr::col("tiny").lt(0_i8),
            Expr::col("big").eq("-1234567890.1234".parse::<BigDecimal>().unwrap()),
            Expr::col("time_moment").lt(time::OffsetDateTime::UNIX_EPOCH),
            Expr::col("jiff_moment").eq("2026-11-22T10:15:00.123456Z".parse::<jiff::Timestamp>().unwrap()),
            Expr::col("jiff_day").eq("2024-02-29".parse::<jiff::civil::Date>().unwrap()),
            Expr::col("network").eq("10.1.0.0/16".parse::<IpNetwork>().unwrap()),
            Expr::col("email").eq("ada@example.com"),
        ];
        for condition in conditions {
            let shown = format!("{condition:?}");
            let found = live.read().query::<FurtherRead>().filter(condition).all().await;
            let found = found.unwrap_or_else(|error| panic!("{}: {shown}: {error}", database.dialect()));
            assert_eq!(found.len(), 1, "{}: {shown}", database.dialect());
        }
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    for database in cqrs_tests::databases() {
        let live = with_table::<Further>(&database).await;
        let largest = FurtherWrite { long: Some(u64::MAX), ..nothing() };
        let outcome = live.write().insert(&largest).await;
        match database.dialect() {
            Dialect::MySql => {
                let read: FurtherRead = live.read().get(&outcome.unwrap()).await.unwrap().unwrap();
                assert_eq!(read.long, Some(u64::MAX));
            }
            Dialect::Sqlite | Dialect::Postgres => {
                assert!(matches!(outcome, Err(Error::Encode { table: "further", .. })), "{outcome:?}");
            }
        }
        if database.dialect() == Dialect::Postgres {
            let too_long = FurtherWrite { code: Some("abcd".to_owned()), ..nothing() };
            let error = live.write().insert(&too_long).await.unwrap_err();
            assert!(error.to_string().contains("too long"), "a cast must not cut it: {error}");
        }
        if database.dialect() != Dialect::MySql {
            cqrs_tests::execute(database.url(), "INSERT INTO further (byte) VALUES (-1)");
            let error = live.read().list::<FurtherRead>(9).await.unwrap_err();
            assert!(error.to_string().contains("-1 is no `u8`"), "{error}");
        }
    }
    assert!(vec![f32::NAN].to_value(Driver::Sqlite).is_err());
}

#[object_model(table = "spans")]
pub(crate) struct Span {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) whole: Range<i32>,
    pub(crate) long: Option<Range<i64>>,
    pub(crate) price: Range<Decimal>,
    pub(crate) days: Range<NaiveDate>,
    pub(crate) wall: Range<NaiveDateTime>,
    pub(crate) moments: Range<DateTime<Utc>>,
}

#[tokio::test]
async fn ranges_are_for_postgresql() {
    let moment = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let (start, end) = (moment("2026-01-02T03:04:05.5Z"), moment("2026-02-02T03:04:05Z"));
    let write = SpanWrite {
        id: 1,
        whole: Range::from(1..8),
        long: None,
        price: Range::Between(Bound::Excluded(Decimal::ONE), Bound::Included(Decimal::TEN)),
        days: Range::Between(Bound::Unbounded, Bound::Excluded(end.date_naive())),
        wall: Range::Empty,
        moments: Range::from(start..end),
    };
    for database in cqrs_tests::databases() {
        if database.dialect() != Dialect::Postgres {
            let migrator = Migrator::new(database.url(), Schema::declare([Span::TABLE.clone()]).unwrap()).unwrap();
            let error = migrator.plan().await.unwrap_err().to_string();
            assert!(error.contains("the type `int4range`"), "{error}");
            assert!(error.contains("there is none like it"), "{error}");
            continue;
        }
        let live = with_table::<Span>(&database).await;
        let key = live.write().insert(&write).await.unwrap();
        let read: SpanRead = live.read().get(&key).await.unwrap().unwrap();
        let SpanWrite { id, whole, long, price, days, wall, moments } = write.clone();
        assert_eq!(read, SpanRead { id, whole, long, price, days, wall, moments });
    }
}
