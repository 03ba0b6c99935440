pub(crate) type Identifier = i64;
pub(crate) type Maybe = Option<Number>;
pub(crate) type Number = i32;
pub(crate) use chrono::NaiveDate as Day;
