//! The types of `jiff`, which sqlx does not know: they travel as those of `chrono`.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use jiff::{Timestamp, civil};
use sea_query::Value;

use super::carried::carried;
use crate::model::{Driver, EncodeError, SqlType};

carried!(Timestamp as DateTime<Utc>, <DateTime<Utc> as SqlType>::TYPE, moment, |moment| {
    Timestamp::from_microsecond(moment.timestamp_micros()).map_err(|error| error.to_string())
});
carried!(civil::DateTime as NaiveDateTime, <NaiveDateTime as SqlType>::TYPE, wall_clock, |moment| {
    Ok(civil::DateTime::from_parts(date_of(moment.date())?, time_of(moment.time())?))
});
carried!(civil::Date as NaiveDate, <NaiveDate as SqlType>::TYPE, date, date_of);
carried!(civil::Time as NaiveTime, <NaiveTime as SqlType>::TYPE, time, time_of);

/// A value of `jiff` as one of `chrono`.
pub(super) fn encode(value: Value, driver: Driver) -> Result<Value, EncodeError> {
    match value {
        Value::JiffDate(value) => value.to_value(driver),
        Value::JiffTime(value) => value.to_value(driver),
        Value::JiffDateTime(value) => value.map(|value| *value).to_value(driver),
        Value::JiffTimestamp(value) => value.map(|value| *value).to_value(driver),
        other => Ok(other),
    }
}

fn moment(moment: &Timestamp) -> Result<DateTime<Utc>, String> {
    let microseconds = moment.as_nanosecond().div_euclid(1000);
    i64::try_from(microseconds).ok().and_then(DateTime::from_timestamp_micros).ok_or_else(out_of_range)
}

fn wall_clock(moment: &civil::DateTime) -> Result<NaiveDateTime, String> {
    Ok(date(&moment.date())?.and_time(time(&moment.time())?))
}

fn date(date: &civil::Date) -> Result<NaiveDate, String> {
    let [month, day] = [date.month(), date.day()].map(|number| u32::from(number.unsigned_abs()));
    NaiveDate::from_ymd_opt(i32::from(date.year()), month, day).ok_or_else(out_of_range)
}

fn date_of(date: NaiveDate) -> Result<civil::Date, String> {
    let year = i16::try_from(date.year()).map_err(|error| error.to_string())?;
    let [month, day] = [date.month(), date.day()].map(|number| i8::try_from(number).unwrap_or_default());
    civil::Date::new(year, month, day).map_err(|error| error.to_string())
}

fn time(time: &civil::Time) -> Result<NaiveTime, String> {
    let [hour, minute, second] =
        [time.hour(), time.minute(), time.second()].map(|number| u32::from(number.unsigned_abs()));
    NaiveTime::from_hms_nano_opt(hour, minute, second, time.subsec_nanosecond().unsigned_abs()).ok_or_else(out_of_range)
}

fn time_of(time: NaiveTime) -> Result<civil::Time, String> {
    let [hour, minute, second] =
        [time.hour(), time.minute(), time.second()].map(|number| i8::try_from(number).unwrap_or_default());
    let nanosecond = i32::try_from(time.nanosecond()).map_err(|error| error.to_string())?;
    civil::Time::new(hour, minute, second, nanosecond).map_err(|error| error.to_string())
}

fn out_of_range() -> String {
    "it is out of the range of dates".to_owned()
}
