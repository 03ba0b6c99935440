//! What the procedural macros expand to, so that code for a database driver is compiled where `cqrs-core` has the driver,
//! whatever features the user's crate has.

/// Implements `sqlx::FromRow` for every database driver that is compiled in.
///
/// ```
/// struct Customer {
///     id: i64,
///     name: Option<String>,
/// }
/// cqrs_core::impl_from_row!(Customer { id: i64 = "id", name: Option<String> = "display_name" });
/// ```
///
/// What is no column follows as `skip { field = value }`.
#[macro_export]
macro_rules! impl_from_row {
    (
        $type:ident { $($field:ident: $field_type:ty = $column:expr),* $(,)? }
        $(skip { $($skipped:ident = $value:expr),* $(,)? })?
    ) => {
        $crate::__if_driver! {
            impl<'r, R: $crate::__private::SqlRow> $crate::__private::sqlx::FromRow<'r, R> for $type {
                fn from_row(row: &'r R) -> ::core::result::Result<Self, $crate::__private::sqlx::Error> {
                    ::core::result::Result::Ok(Self {
                        // `?` would convert each error, which takes the compiler longer than all else here.
                        $($field: match <$field_type as $crate::SqlType>::from_row(row, $column) {
                            ::core::result::Result::Ok(value) => value,
                            ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
                        },)*
                        $($($skipped: $value,)*)?
                    })
                }
            }
        }
    };
}

/// The same for a struct with the fields of another one, which is read: a declared struct has those of its `…Read`.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_from_row_of {
    ($type:ident { $($field:ident),* } of $read:ident) => {
        $crate::__if_driver! {
            impl<'r, R: $crate::__private::SqlRow> $crate::__private::sqlx::FromRow<'r, R> for $type {
                fn from_row(row: &'r R) -> ::core::result::Result<Self, $crate::__private::sqlx::Error> {
                    match <$read as $crate::__private::sqlx::FromRow<'r, R>>::from_row(row) {
                        ::core::result::Result::Ok(read) => ::core::result::Result::Ok(Self { $($field: read.$field),* }),
                        ::core::result::Result::Err(error) => ::core::result::Result::Err(error),
                    }
                }
            }
        }
    };
}

/// Implements [`SqlEnum`](crate::SqlEnum) and [`SqlType`](crate::SqlType) for an enum without fields, and its conversion
/// to a `sea_query::Value` for conditions.
///
/// ```
/// enum Severity {
///     Low,
///     High,
/// }
/// cqrs_core::impl_sql_enum!(Severity, "severity", { Low = "low", High = "high" });
///
/// assert_eq!(cqrs_core::SqlEnum::label(&Severity::High), "high");
/// ```
#[macro_export]
macro_rules! impl_sql_enum {
    (
        $type:ty, $name:expr $(, renamed_from = $former:expr)? $(, labels_from = [$($old:expr => $new:expr),+])?,
        { $($variant:ident = $label:expr),+ $(,)? }
    ) => {
        impl $crate::SqlEnum for $type {
            const NAME: &'static str = $name;
            $(const RENAMED_FROM: ::core::option::Option<&'static str> = ::core::option::Option::Some($former);)?
            $(const FORMER_LABELS: &'static [$crate::schema::FormerLabel] = &[$($crate::schema::FormerLabel {
                label: $crate::schema::Str::Borrowed($new),
                renamed_from: $crate::schema::Str::Borrowed($old),
            }),+];)?
            const VALUES: &'static [$crate::schema::Str] = &[$($crate::schema::Str::Borrowed($label)),+];

            fn label(&self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                }
            }

            fn from_label(label: &str) -> ::core::option::Option<Self> {
                $(if label == $label {
                    return ::core::option::Option::Some(Self::$variant);
                })+
                ::core::option::Option::None
            }
        }

        impl $crate::SqlType for $type {
            const TYPE: $crate::schema::ColumnType = $crate::schema::ColumnType::Enum {
                name: $crate::schema::Str::Borrowed(<$type as $crate::SqlEnum>::NAME),
                values: $crate::schema::List::Constant(<$type as $crate::SqlEnum>::VALUES),
                renamed_from: match <$type as $crate::SqlEnum>::RENAMED_FROM {
                    ::core::option::Option::Some(name) => {
                        ::core::option::Option::Some($crate::schema::Str::Borrowed(name))
                    }
                    ::core::option::Option::None => ::core::option::Option::None,
                },
                former_labels: $crate::schema::List::Constant(<$type as $crate::SqlEnum>::FORMER_LABELS),
            };

            fn to_value(
                &self,
                driver: $crate::model::Driver,
            ) -> ::core::result::Result<$crate::sea_query::Value, $crate::model::EncodeError> {
                ::core::result::Result::Ok($crate::__private::to_enum_value(
                    ::core::option::Option::Some(self),
                    driver,
                ))
            }

            fn null(driver: $crate::model::Driver) -> $crate::sea_query::Value {
                $crate::__private::to_enum_value::<Self>(::core::option::Option::None, driver)
            }

            $crate::__if_sqlite! {
                fn from_sqlite(
                    row: &$crate::__private::sqlx::sqlite::SqliteRow,
                    column: &str,
                ) -> ::core::result::Result<Self, $crate::__private::sqlx::Error> {
                    $crate::__private::read_sqlite_enum(row, column)
                }
            }

            $crate::__if_postgres! {
                fn from_postgres(
                    row: &$crate::__private::sqlx::postgres::PgRow,
                    column: &str,
                ) -> ::core::result::Result<Self, $crate::__private::sqlx::Error> {
                    $crate::__private::read_postgres_enum(row, column)
                }
            }

            $crate::__if_mysql! {
                fn from_mysql(
                    row: &$crate::__private::sqlx::mysql::MySqlRow,
                    column: &str,
                ) -> ::core::result::Result<Self, $crate::__private::sqlx::Error> {
                    $crate::__private::read_mysql_enum(row, column)
                }
            }
        }

        impl ::core::convert::From<$type> for $crate::sea_query::Value {
            fn from(value: $type) -> Self {
                $crate::__private::to_enum_value(
                    ::core::option::Option::Some(&value),
                    $crate::model::Driver::Postgres,
                )
            }
        }
    };
}

/// What `#[derive(SqlType)]` expands to.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_sql_newtype {
    ($type:ident { $field:tt: $inner:ty }, $column_type:expr) => {
        #[automatically_derived]
        impl $crate::SqlType for $type {
            const TYPE: $crate::schema::ColumnType = $column_type;
            const NULLABLE: bool = <$inner as $crate::SqlType>::NULLABLE;

            fn to_value(
                &self,
                driver: $crate::model::Driver,
            ) -> ::core::result::Result<$crate::sea_query::Value, $crate::model::EncodeError> {
                <$inner as $crate::SqlType>::to_value(&self.$field, driver)
            }

            fn null(driver: $crate::model::Driver) -> $crate::sea_query::Value {
                <$inner as $crate::SqlType>::null(driver)
            }

            $crate::__if_sqlite! {
                fn from_sqlite(
                    row: &$crate::__private::sqlx::sqlite::SqliteRow,
                    column: &str,
                ) -> ::core::result::Result<Self, $crate::__private::sqlx::Error> {
                    ::core::result::Result::Ok(Self { $field: <$inner as $crate::SqlType>::from_sqlite(row, column)? })
                }
            }

            $crate::__if_postgres! {
                fn from_postgres(
                    row: &$crate::__private::sqlx::postgres::PgRow,
                    column: &str,
                ) -> ::core::result::Result<Self, $crate::__private::sqlx::Error> {
                    ::core::result::Result::Ok(Self { $field: <$inner as $crate::SqlType>::from_postgres(row, column)? })
                }
            }

            $crate::__if_mysql! {
                fn from_mysql(
                    row: &$crate::__private::sqlx::mysql::MySqlRow,
                    column: &str,
                ) -> ::core::result::Result<Self, $crate::__private::sqlx::Error> {
                    ::core::result::Result::Ok(Self { $field: <$inner as $crate::SqlType>::from_mysql(row, column)? })
                }
            }
        }
    };
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_driver {
    ($($item:tt)*) => { $($item)* };
}

#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_driver {
    ($($item:tt)*) => {};
}

#[cfg(feature = "sqlite")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_sqlite {
    ($($item:tt)*) => { $($item)* };
}

#[cfg(not(feature = "sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_sqlite {
    ($($item:tt)*) => {};
}

#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_postgres {
    ($($item:tt)*) => { $($item)* };
}

#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_postgres {
    ($($item:tt)*) => {};
}

#[cfg(feature = "mysql")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_mysql {
    ($($item:tt)*) => { $($item)* };
}

#[cfg(not(feature = "mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_mysql {
    ($($item:tt)*) => {};
}
