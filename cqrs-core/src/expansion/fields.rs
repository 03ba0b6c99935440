//! serde for the read structs of object models: what its derive would write for each of them stands here once. They have no
//! attributes of serde, so that it is the same for all but for names and types.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// A struct that is being written, and the first error.
pub struct Fields<S: Serializer>(Result<S::SerializeStruct, S::Error>);

impl<S: Serializer> Fields<S> {
    /// Begins a struct of so many fields.
    pub fn begin(serializer: S, name: &'static str, length: usize) -> Self {
        Self(serializer.serialize_struct(name, length))
    }

    /// Ends the struct.
    ///
    /// # Errors
    /// The first that a field had.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.and_then(SerializeStruct::end)
    }
}

/// The value of a field. One trait for all that serde needs of it, so that what it lacks is told once.
#[diagnostic::on_unimplemented(
    message = "serde does not write and read `{Self}`, and so no read struct that has it",
    label = "write `#[derive(serde::Serialize, serde::Deserialize)]` on the type"
)]
pub trait FieldValue: Sized {
    /// Writes a field.
    fn write<S: Serializer>(&self, fields: &mut Fields<S>, name: &'static str);

    /// Reads a field.
    ///
    /// # Errors
    /// What the format says; a field that was read already.
    fn fill<'de, A: NextValue<'de>>(
        slot: &mut Option<Self>,
        name: &'static str,
        values: &mut A,
    ) -> Result<(), A::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> FieldValue for T {
    fn write<S: Serializer>(&self, fields: &mut Fields<S>, name: &'static str) {
        if let Ok(written) = &mut fields.0
            && let Err(error) = written.serialize_field(name, self)
        {
            fields.0 = Err(error);
        }
    }

    fn fill<'de, A: NextValue<'de>>(
        slot: &mut Option<Self>,
        name: &'static str,
        values: &mut A,
    ) -> Result<(), A::Error> {
        if slot.is_none() {
            *slot = values.next(name)?;
        } else if !A::ONLY_MISSING {
            return Err(de::Error::duplicate_field(name));
        }
        Ok(())
    }
}

/// A struct that is put together from fields in any order.
pub trait Assemble<'de>: Sized {
    /// What was read so far.
    type Slots;
    /// The struct's name.
    const NAME: &'static str;
    /// The fields' names.
    const FIELDS: &'static [&'static str];

    /// Nothing yet.
    fn empty() -> Self::Slots;

    /// Reads the value of the field at that place.
    ///
    /// # Errors
    /// What the format says; a field that was read already.
    fn fill<A: NextValue<'de>>(slots: &mut Self::Slots, at: usize, values: &mut A) -> Result<(), A::Error>;

    /// The struct.
    ///
    /// # Errors
    /// A field that was not read.
    fn assemble<E: de::Error>(slots: Self::Slots) -> Result<Self, E>;
}

/// Where the next value comes from.
pub trait NextValue<'de> {
    /// What the format says.
    type Error: de::Error;
    /// Whether it has values only for fields that were not read.
    const ONLY_MISSING: bool = false;

    /// The value of the next field, which has that name; `None` at the end.
    ///
    /// # Errors
    /// What the format says.
    fn next<T: Deserialize<'de>>(&mut self, name: &'static str) -> Result<Option<T>, Self::Error>;
}

struct OfMap<A>(A);

impl<'de, A: MapAccess<'de>> NextValue<'de> for OfMap<A> {
    type Error = A::Error;

    fn next<T: Deserialize<'de>>(&mut self, _: &'static str) -> Result<Option<T>, A::Error> {
        self.0.next_value().map(Some)
    }
}

struct OfSequence<A> {
    values: A,
    ended: bool,
}

impl<'de, A: SeqAccess<'de>> NextValue<'de> for OfSequence<A> {
    type Error = A::Error;

    fn next<T: Deserialize<'de>>(&mut self, _: &'static str) -> Result<Option<T>, A::Error> {
        let value = self.values.next_element()?;
        self.ended = value.is_none();
        Ok(value)
    }
}

/// The value of a field.
///
/// # Errors
/// One that was not read.
pub fn filled<T, E: de::Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
    match slot {
        Some(value) => Ok(value),
        None => Err(E::missing_field(name)),
    }
}

/// What was not read: an `Option` takes it for null.
fn assemble<'de, T: Assemble<'de>, E: de::Error>(mut slots: T::Slots) -> Result<T, E> {
    for at in 0..T::FIELDS.len() {
        T::fill(&mut slots, at, &mut OfNothing(PhantomData::<E>))?;
    }
    T::assemble(slots)
}

struct OfNothing<E>(PhantomData<E>);

impl<'de, E: de::Error> NextValue<'de> for OfNothing<E> {
    type Error = E;
    const ONLY_MISSING: bool = true;

    fn next<T: Deserialize<'de>>(&mut self, name: &'static str) -> Result<Option<T>, E> {
        T::deserialize(Missing { name, error: PhantomData }).map(Some)
    }
}

/// Reads a struct.
///
/// # Errors
/// What the format says; a field that is missing, or there twice.
pub fn deserialize<'de, T: Assemble<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::FIELDS, StructVisitor(PhantomData))
}

struct StructVisitor<T>(PhantomData<T>);

impl<'de, T: Assemble<'de>> Visitor<'de> for StructVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let (mut slots, mut values) = (T::empty(), OfMap(map));
        while let Some(at) = values.0.next_key_seed(FieldOf(T::FIELDS))? {
            match at {
                Some(at) => T::fill(&mut slots, at, &mut values)?,
                None => {
                    values.0.next_value::<IgnoredAny>()?;
                }
            }
        }
        assemble(slots)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<T, A::Error> {
        let (mut slots, mut values) = (T::empty(), OfSequence { values: sequence, ended: false });
        for at in 0..T::FIELDS.len() {
            T::fill(&mut slots, at, &mut values)?;
            if values.ended {
                return Err(de::Error::invalid_length(at, &Elements(T::NAME, T::FIELDS.len())));
            }
        }
        assemble(slots)
    }
}

/// What a sequence has to have.
struct Elements(&'static str, usize);

impl de::Expected for Elements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(name, length) = self;
        write!(f, "struct {name} with {length} element{}", if *length == 1 { "" } else { "s" })
    }
}

/// The place of a field by its name, or by its number; `None` for one that the struct does not have.
struct FieldOf(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for FieldOf {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldOf {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_u64<E: de::Error>(self, at: u64) -> Result<Option<usize>, E> {
        Ok(usize::try_from(at).ok().filter(|at| *at < self.0.len()))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|field| *field == name))
    }

    fn visit_bytes<E: de::Error>(self, name: &[u8]) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|field| field.as_bytes() == name))
    }
}

/// A value that is not there: an `Option` takes it for null.
struct Missing<E> {
    name: &'static str,
    error: PhantomData<E>,
}

impl<'de, E: de::Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.name))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Pair {
        first: i64,
        second: Option<String>,
    }

    struct Slots {
        first: Option<i64>,
        second: Option<Option<String>>,
    }

    impl<'de> Assemble<'de> for Pair {
        type Slots = Slots;
        const NAME: &'static str = "Pair";
        const FIELDS: &'static [&'static str] = &["first", "second"];

        fn empty() -> Slots {
            Slots { first: None, second: None }
        }

        fn fill<A: NextValue<'de>>(slots: &mut Slots, at: usize, values: &mut A) -> Result<(), A::Error> {
            match at {
                0 => <i64 as FieldValue>::fill(&mut slots.first, "first", values),
                _ => <Option<String> as FieldValue>::fill(&mut slots.second, "second", values),
            }
        }

        fn assemble<E: de::Error>(slots: Slots) -> Result<Self, E> {
            Ok(Self { first: filled(slots.first, "first")?, second: filled(slots.second, "second")? })
        }
    }

    impl<'de> Deserialize<'de> for Pair {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserialize(deserializer)
        }
    }

    impl Serialize for Pair {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = Fields::begin(serializer, "Pair", 2);
            self.first.write(&mut fields, "first");
            self.second.write(&mut fields, "second");
            fields.end()
        }
    }

    /// The same by serde's derive: what is written and read, and what is said of mistakes, is the same.
    mod derived {
        #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub(super) struct Pair {
            pub(super) first: i64,
            pub(super) second: Option<String>,
        }
    }

    #[test]
    fn reads_and_writes_as_the_derive_of_serde() {
        for text in [
            r#"{"first":1,"second":"a"}"#,
            r#"{"second":null,"first":1}"#,
            r#"{"first":1}"#,
            r#"{"first":1,"other":[1,{"a":2}]}"#,
            r#"[1,"a"]"#,
            r#"[1]"#,
            r#"[]"#,
            r#"[1,"a",3]"#,
            r#"{"second":"a"}"#,
            r#"{"first":1,"first":2}"#,
            r#"{"first":"a"}"#,
            "7",
        ] {
            let own = serde_json::from_str::<Pair>(text);
            let derived = serde_json::from_str::<derived::Pair>(text);
            match (own, derived) {
                (Ok(own), Ok(derived)) => {
                    assert_eq!((own.first, &own.second), (derived.first, &derived.second), "{text}");
                    assert_eq!(serde_json::to_string(&own).unwrap(), serde_json::to_string(&derived).unwrap());
                }
                (Err(own), Err(derived)) => assert_eq!(own.to_string(), derived.to_string(), "{text}"),
                (own, derived) => panic!("{text}: {own:?}, and of serde {derived:?}"),
            }
        }
    }
}
