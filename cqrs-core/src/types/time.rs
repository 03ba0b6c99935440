//! The types of `time`, which travel as those of `chrono`: one spelling of a moment in each database, whichever crate wrote
//! it.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use sea_query::Value;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use super::carried::carried;
use crate::model::{Driver, EncodeError, SqlType};

carried!(OffsetDateTime as DateTime<Utc>, <DateTime<Utc> as SqlType>::TYPE, moment, |moment| {
    let nanoseconds = i128::from(moment.timestamp_micros()) * 1000;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).map_err(|error| error.to_string())
});
carried!(PrimitiveDateTime as NaiveDateTime, <NaiveDateTime as SqlType>::TYPE, wall_clock, |moment| {
    Ok(PrimitiveDateTime::new(date_of(moment.date())?, time_of(moment.time())?))
});
carried!(Date as NaiveDate, <NaiveDate as SqlType>::TYPE, date, date_of);
carried!(Time as NaiveTime, <NaiveTime as SqlType>::TYPE, time, time_of);

/// A value of `time` as one of `chrono`.
pub(super) fn encode(value: Value, driver: Driver) -> Result<Value, EncodeError> {
    match value {
        Value::TimeDate(value) => value.to_value(driver),
        Value::TimeTime(value) => value.to_value(driver),
        Value::TimeDateTime(value) => value.to_value(driver),
        Value::TimeDateTimeWithTimeZone(value) => value.to_value(driver),
        other => Ok(other),
    }
}

fn moment(moment: &OffsetDateTime) -> Result<DateTime<Utc>, String> {
    let microseconds = moment.unix_timestamp_nanos().div_euclid(1000);
    i64::try_from(microseconds).ok().and_then(DateTime::from_timestamp_micros).ok_or_else(out_of_range)
}

fn wall_clock(moment: &PrimitiveDateTime) -> Result<NaiveDateTime, String> {
    Ok(date(&moment.date())?.and_time(time(&moment.time())?))
}

fn date(date: &Date) -> Result<NaiveDate, String> {
    NaiveDate::from_ymd_opt(date.year(), u32::from(u8::from(date.month())), u32::from(date.day()))
        .ok_or_else(out_of_range)
}

fn date_of(date: NaiveDate) -> Result<Date, String> {
    let [month, day] = [date.month(), date.day()].map(|number| u8::try_from(number).unwrap_or_default());
    let month = Month::try_from(month).map_err(|error| error.to_string())?;
    Date::from_calendar_date(date.year(), month, day).map_err(|error| error.to_string())
}

fn time(time: &Time) -> Result<NaiveTime, String> {
    let [hour, minute, second] = [time.hour(), time.minute(), time.second()].map(u32::from);
    NaiveTime::from_hms_nano_opt(hour, minute, second, time.nanosecond()).ok_or_else(out_of_range)
}

fn time_of(time: NaiveTime) -> Result<Time, String> {
    let [hour, minute, second] =
        [time.hour(), time.minute(), time.second()].map(|number| u8::try_from(number).unwrap_or_default());
    Time::from_hms_nano(hour, minute, second, time.nanosecond()).map_err(|error| error.to_string())
}

fn out_of_range() -> String {
    "it is out of the range of dates".to_owned()
}
