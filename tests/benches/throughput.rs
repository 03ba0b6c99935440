//! What the handles cost: insert, get and filter beside the same SQL by hand in sqlx, and `insert_many` beside an insert for
//! each row, all of it in one transaction.
//!
//! ```text
//! cargo bench -p cqrs-tests --all-features --bench throughput        # 15 rounds
//! cargo bench -p cqrs-tests --all-features --bench throughput -- 51  # so many
//! ```
//!
//! Each round does both, one after the other and the next time the other way round, on one connection; what is printed is the
//! median of the rounds' ratios. SQLite waits for no disk, which would hide everything else.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "its result is what it prints")]

use std::env;
use std::time::{Duration, Instant};

use cqrs_core::execute::{Database, Pool};
use cqrs_core::model::Driver;
use cqrs_core::schema::Schema;
use cqrs_core::sea_query::{Expr, ExprTrait, Order};
use cqrs_core::{ObjectModel, object_model};
use cqrs_migrate::{Dialect, Migrator};
use cqrs_tests::fresh;

/// Something that is written and read.
#[object_model(table = "things", index(rank))]
struct Thing {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(length = 80)]
    name: String,
    #[column(length = 80)]
    email: String,
    rank: i64,
    weight: f64,
    active: bool,
    #[column(length = 200)]
    note: Option<String>,
    #[column(length = 10)]
    kind: String,
}

const MANY: i64 = 10_000;
const PAGE: i64 = 100;

fn thing(number: i64) -> ThingWrite {
    ThingWrite {
        name: format!("name of {number}"),
        email: format!("{number}@example.com"),
        rank: number,
        weight: 0.5,
        active: number % 2 == 0,
        note: (number % 3 == 0).then(|| "a note that is somewhat longer than a name".to_owned()),
        kind: "plain".to_owned(),
    }
}

/// What one writes without a macro: `#[derive(sqlx::FromRow)]` expands to this.
#[derive(Debug, PartialEq)]
struct Plain {
    id: i64,
    name: String,
    email: String,
    rank: i64,
    weight: f64,
    active: bool,
    note: Option<String>,
    kind: String,
}

/// The same on every driver, whose types have nothing in common.
macro_rules! by_hand {
    ($module:ident, $database:ty, $row:ty, $columns:literal, $insert:literal, $get:literal, $filter:literal) => {
        mod $module {
            use sqlx::{FromRow, Row};

            use super::*;

            const INSERT: &str = concat!("INSERT INTO ", $insert);
            const GET: &str = concat!("SELECT ", $columns, " FROM ", $get);
            const FILTER: &str = concat!("SELECT ", $columns, " FROM ", $filter);

            impl<'r> FromRow<'r, $row> for Plain {
                fn from_row(row: &'r $row) -> Result<Self, sqlx::Error> {
                    Ok(Self {
                        id: row.try_get("id")?,
                        name: row.try_get("name")?,
                        email: row.try_get("email")?,
                        rank: row.try_get("rank")?,
                        weight: row.try_get("weight")?,
                        active: row.try_get("active")?,
                        note: row.try_get("note")?,
                        kind: row.try_get("kind")?,
                    })
                }
            }

            async fn insert<'c>(on: impl sqlx::Executor<'c, Database = $database>, thing: &ThingWrite) -> i64 {
                sqlx::query(INSERT)
                    .bind(&thing.name)
                    .bind(&thing.email)
                    .bind(thing.rank)
                    .bind(thing.weight)
                    .bind(thing.active)
                    .bind(&thing.note)
                    .bind(&thing.kind)
                    .fetch_one(on)
                    .await
                    .unwrap()
                    .get(0)
            }

            async fn get(pool: &sqlx::Pool<$database>, id: i64) -> Option<Plain> {
                sqlx::query_as(GET).bind(id).fetch_optional(pool).await.unwrap()
            }

            async fn filter(pool: &sqlx::Pool<$database>, rank: i64, limit: i64) -> Vec<Plain> {
                sqlx::query_as(FILTER).bind(rank).bind(limit).fetch_all(pool).await.unwrap()
            }

            pub(super) async fn run(name: &str, database: Database, pool: sqlx::Pool<$database>, rounds: usize) {
                let (write, read) = (database.write(), database.read());
                let things: Vec<ThingWrite> = (0..MANY).map(thing).collect();
                write.insert_many(&things).await.unwrap();
                let first = read.query::<ThingRead>().order_by(ThingColumn::Id, Order::Asc).first().await.unwrap().unwrap().id;
                let id = |number: i64| first + number * 7_919 % MANY;
                let page = |rank: i64, limit: i64| {
                    let ranked = read.query::<ThingRead>().filter(Expr::col(ThingColumn::Rank).gte(rank));
                    ranked.order_by(ThingColumn::Rank, Order::Asc).limit(limit.unsigned_abs()).all()
                };
                assert_eq!(read.get::<ThingRead>(&ThingKey { id: id(5) }).await.unwrap().unwrap().name, get(&pool, id(5)).await.unwrap().name);
                assert_eq!(page(50, PAGE).await.unwrap().len(), filter(&pool, 50, PAGE).await.len());

                let inserts = 500;
                let ratio = compare(
                    rounds,
                    async || for number in 0..inserts { insert(&pool, &things[number]).await; },
                    async || for number in 0..inserts { write.insert(&things[number]).await.unwrap(); },
                ).await;
                print(name, "insert", ratio, inserts as u32);
                sqlx::query("DELETE FROM things WHERE id > ?".replace('?', if GET.contains('$') { "$1" } else { "?" }).leak() as &'static str)
                    .bind(first + MANY - 1).execute(&pool).await.unwrap();

                let gets = 1_000;
                let ratio = compare(
                    rounds,
                    async || for number in 0..gets { assert!(get(&pool, id(number)).await.is_some()); },
                    async || for number in 0..gets {
                        let key = ThingKey { id: id(number) };
                        assert!(read.get::<ThingRead>(&key).await.unwrap().is_some());
                    },
                ).await;
                print(name, "get", ratio, gets as u32);

                for rows in [10, PAGE] {
                    let filters = 10_000 / rows / 2;
                    let ratio = compare(
                        rounds,
                        async || for number in 0..filters { filter(&pool, number * 7_919 % 9_000, rows).await; },
                        async || for number in 0..filters { page(number * 7_919 % 9_000, rows).await.unwrap(); },
                    ).await;
                    print(name, &format!("filter, {rows} rows"), ratio, filters as u32);
                }

                let ratio = compare(
                    rounds.min(9),
                    async || {
                        let mut transaction = pool.begin().await.unwrap();
                        for thing in &things {
                            insert(&mut *transaction, thing).await;
                        }
                        transaction.rollback().await.unwrap();
                    },
                    async || {
                        let mut transaction = write.begin().await.unwrap();
                        assert_eq!(transaction.insert_many(&things).await.unwrap(), MANY.unsigned_abs());
                        transaction.rollback().await.unwrap();
                    },
                ).await;
                print(name, "insert_many, 10,000 rows", ratio, MANY as u32);
            }
        }
    };
}

by_hand!(
    sqlite,
    sqlx::Sqlite,
    sqlx::sqlite::SqliteRow,
    r#""id", "name", "email", "rank", "weight", "active", "note", "kind""#,
    r#""things" ("name", "email", "rank", "weight", "active", "note", "kind") VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING "id""#,
    r#""things" WHERE "id" = ?"#,
    r#""things" WHERE "rank" >= ? ORDER BY "things"."rank" ASC LIMIT ?"#
);
by_hand!(
    postgres,
    sqlx::Postgres,
    sqlx::postgres::PgRow,
    r#""id", "name", "email", "rank", "weight", "active", "note", "kind""#,
    r#""things" ("name", "email", "rank", "weight", "active", "note", "kind") VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING "id""#,
    r#""things" WHERE "id" = $1"#,
    r#""things" WHERE "rank" >= $1 ORDER BY "things"."rank" ASC LIMIT $2"#
);
by_hand!(
    mysql,
    sqlx::MySql,
    sqlx::mysql::MySqlRow,
    "`id`, `name`, `email`, `rank`, `weight`, `active`, `note`, `kind`",
    "`things` (`name`, `email`, `rank`, `weight`, `active`, `note`, `kind`) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING `id`",
    "`things` WHERE `id` = ?",
    "`things` WHERE `rank` >= ? ORDER BY `things`.`rank` ASC LIMIT ?"
);

/// How long each of the two took, as medians, and the median of the rounds' ratios: how much of the throughput by hand the
/// other one has.
struct Ratio {
    by_hand: Duration,
    ratio: f64,
}

async fn compare(rounds: usize, by_hand: impl AsyncFn(), handles: impl AsyncFn()) -> Ratio {
    by_hand().await;
    handles().await;
    let (mut times, mut ratios) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let (hand, other);
        if round % 2 == 0 {
            hand = timed(&by_hand).await;
            other = timed(&handles).await;
        } else {
            other = timed(&handles).await;
            hand = timed(&by_hand).await;
        }
        times.push(hand);
        ratios.push(hand.as_secs_f64() / other.as_secs_f64());
    }
    times.sort();
    ratios.sort_by(f64::total_cmp);
    Ratio { by_hand: times[rounds / 2], ratio: ratios[rounds / 2] }
}

async fn timed(work: &impl AsyncFn()) -> Duration {
    let begun = Instant::now();
    work().await;
    begun.elapsed()
}

fn print(database: &str, what: &str, ratio: Ratio, operations: u32) {
    let a_second = f64::from(operations) / ratio.by_hand.as_secs_f64();
    println!("{database:<12}{what:<28}{:>8.2} x{a_second:>14.0} a second by hand", ratio.ratio);
}

#[tokio::main]
async fn main() {
    let rounds = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(15);
    let schema = || Schema::declare([Thing::TABLE.clone()]).unwrap();
    println!("throughput of the handles as a part of that by hand; {rounds} rounds, medians");
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::MySql] {
        let Some(held) = fresh(dialect) else {
            println!("no {dialect}");
            continue;
        };
        Migrator::new(held.url(), schema()).unwrap().migrate().await.unwrap();
        let pool = one_connection(dialect, held.url()).await;
        let database = Database::from(pool.clone());
        let name = format!("{dialect}");
        match (pool.driver(), pool) {
            (Driver::Sqlite, Pool::Sqlite(pool)) => sqlite::run(&name, database, pool, rounds).await,
            (_, Pool::Postgres(pool)) => postgres::run(&name, database, pool, rounds).await,
            (_, Pool::MySql(pool)) => mysql::run(&name, database, pool, rounds).await,
            _ => unreachable!("no other driver"),
        }
    }
}

/// Both sides on one connection, which keeps what it has prepared.
async fn one_connection(dialect: Dialect, url: &str) -> Pool {
    match dialect {
        Dialect::Sqlite => {
            let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect(url).await.unwrap();
            for pragma in ["PRAGMA synchronous = OFF", "PRAGMA journal_mode = MEMORY"] {
                sqlx::query(pragma).execute(&pool).await.unwrap();
            }
            pool.into()
        }
        Dialect::Postgres => sqlx::postgres::PgPoolOptions::new().max_connections(1).connect(url).await.unwrap().into(),
        Dialect::MySql => sqlx::mysql::MySqlPoolOptions::new().max_connections(1).connect(url).await.unwrap().into(),
    }
}
