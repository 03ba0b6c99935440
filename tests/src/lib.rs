//! What the integration tests share: throw-away databases on real servers, the `cqrs` binary, and data-driven cases.
//!
//! Servers are started from the binaries that this machine has, in a temporary directory, and are gone when the test
//! process ends, however it ends. A test that runs on every database is a loop:
//!
//! ```
//! for database in cqrs_tests::databases() {
//!     cqrs_tests::execute(database.url(), "create table t (a int); insert into t values (1)");
//!     assert_eq!(cqrs_tests::rows(database.url(), "select a from t"), [[Some("1".to_owned())]]);
//! }
//! ```
//!
//! | variable | does |
//! |---|---|
//! | `CQRS_TEST_POSTGRES_URL`, `CQRS_TEST_MYSQL_URL` | use this server, creating databases in it; `none`: leave it out |
//! | `CQRS_TEST_REQUIRE=sqlite,postgres,mysql` | a database of these that is missing fails the tests |
//! | `CQRS_BLESS=1` | write what the cases give into their files |
//! | `CQRS_SHARED_DIR` | where the schemas of real applications are |
//! | `CQRS_CASE=text` | only the cases whose path contains the text |

pub use cqrs_migrate::Dialect;

mod bin;
pub mod case;
pub mod change_files;
mod database;
pub mod dump;
pub mod judge;
pub mod load;
mod programs;
pub mod road;
pub mod round_trip;
pub mod runner;
pub mod sample;
pub mod sent;
mod servers;
pub mod service;
mod sql;
mod temporary;

pub use bin::{cqrs_bin, service_bin};
pub use database::{TestDatabase, databases, fresh, fresh_with, mysql, postgres, server_url, sqlite};
#[cfg(unix)]
pub use servers::OwnServer;
pub use sql::{Rows, execute, execute_each, rows, try_execute};
pub use temporary::temporary_directory;
