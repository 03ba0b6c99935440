use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Timelike, Utc};
use sea_query::Value;

use super::scalar::sql_type;
use crate::model::{Driver, EncodeError};
use crate::schema::ColumnType;

sql_type!(DateTime<Utc>, ColumnType::DateTime { time_zone: true }, Value::ChronoDateTimeUtc(None));
sql_type!(NaiveDateTime, ColumnType::DateTime { time_zone: false }, Value::ChronoDateTime(None));
sql_type!(NaiveDate, ColumnType::Date, Value::ChronoDate(None));
sql_type!(NaiveTime, ColumnType::Time, Value::ChronoTime(None));

/// SQLite compares moments as text, so that all of them must be written alike: in UTC, without an offset, as
/// `CURRENT_TIMESTAMP` does. <https://www.sqlite.org/lang_datefunc.html>
pub(super) fn encode(value: Value, driver: Driver) -> Result<Value, EncodeError> {
    Ok(match value {
        Value::ChronoDate(Some(date)) => Value::ChronoDate(Some(checked_date(date, driver)?)),
        Value::ChronoTime(Some(time)) => Value::ChronoTime(Some(checked_time(time, driver)?)),
        Value::ChronoDateTime(Some(moment)) => Value::ChronoDateTime(Some(checked(moment, driver)?)),
        Value::ChronoDateTimeUtc(Some(moment)) => encode_moment(moment, driver)?,
        Value::ChronoDateTimeLocal(Some(moment)) => encode_moment(moment.to_utc(), driver)?,
        Value::ChronoDateTimeWithTimeZone(Some(moment)) => encode_moment(moment.to_utc(), driver)?,
        null => null,
    })
}

/// To sqlx a moment is MySQL's `timestamp`, which is null before 1970 and after 2038: it is bound as a `datetime`, in UTC as
/// the session is. <https://dev.mysql.com/doc/refman/8.0/en/datetime.html>
fn encode_moment(moment: DateTime<Utc>, driver: Driver) -> Result<Value, EncodeError> {
    let moment = checked(moment.naive_utc(), driver)?;
    Ok(match driver {
        Driver::Sqlite | Driver::MySql => Value::ChronoDateTime(Some(moment)),
        Driver::Postgres => Value::ChronoDateTimeUtc(Some(moment.and_utc())),
    })
}

fn checked(moment: NaiveDateTime, driver: Driver) -> Result<NaiveDateTime, EncodeError> {
    Ok(checked_date(moment.date(), driver)?.and_time(checked_time(moment.time(), driver)?))
}

/// SQLite and MySQL write a year with four digits; PostgreSQL checks its own, wider range.
fn checked_date(date: NaiveDate, driver: Driver) -> Result<NaiveDate, EncodeError> {
    if driver != Driver::Postgres && !(1..=9999).contains(&date.year()) {
        return Err(driver.refuse(date, "years go from 1 to 9999"));
    }
    Ok(date)
}

fn checked_time(time: NaiveTime, driver: Driver) -> Result<NaiveTime, EncodeError> {
    if time.nanosecond() >= 1_000_000_000 {
        return Err(driver.refuse(time, "leap seconds cannot be stored"));
    }
    Ok(time.trunc_subsecs(6))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SqlType;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn moments_are_naive_utc_on_sqlite_and_keep_microseconds() {
        let value = moment("2026-01-02T03:04:05.123456789Z").to_value(Driver::Sqlite).unwrap();
        let expected = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap().and_hms_micro_opt(3, 4, 5, 123_456).unwrap();
        assert_eq!(value, Value::ChronoDateTime(Some(expected)));
    }

    #[test]
    fn what_a_database_cannot_write_is_refused() {
        let far = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
        assert!(far.to_value(Driver::Sqlite).is_err());
        assert!(far.to_value(Driver::Postgres).is_ok());
        let leap = NaiveTime::from_hms_milli_opt(23, 59, 59, 1_500).unwrap();
        assert!(leap.to_value(Driver::Postgres).is_err());
    }
}
