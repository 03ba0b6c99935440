use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list that is either a compile-time constant or shared: copying it copies no element, so that a copy of a schema of
/// thousands of tables costs next to nothing. [`List::to_mut`] makes it the copy's own.
///
/// ```
/// use cqrs_core::schema::{List, Str};
///
/// const KEY: List<Str> = List::Constant(&[Str::Borrowed("id")]);
/// let mut columns = KEY.clone();
/// columns.to_mut().push("email".into());
/// assert_eq!((KEY.len(), columns.join(", ")), (1, "id, email".to_owned()));
/// ```
pub enum List<T: 'static> {
    /// A part of the program.
    Constant(&'static [T]),
    /// Made while it runs.
    Shared(Arc<Vec<T>>),
}

impl<T: Clone> List<T> {
    /// The elements, to be changed. Whoever else has the list keeps it as it is.
    pub fn to_mut(&mut self) -> &mut Vec<T> {
        match self {
            Self::Constant(elements) => {
                *self = Self::Shared(Arc::new(elements.to_vec()));
                self.to_mut()
            }
            Self::Shared(elements) => Arc::make_mut(elements),
        }
    }

    /// The elements.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        match self {
            Self::Constant(elements) => elements.to_vec(),
            Self::Shared(elements) => Arc::unwrap_or_clone(elements),
        }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Constant(elements) => elements,
            Self::Shared(elements) => elements,
        }
    }
}

impl<T> AsRef<[T]> for List<T> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Constant(elements) => Self::Constant(elements),
            Self::Shared(elements) => Self::Shared(Arc::clone(elements)),
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::Constant(&[])
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.deref().fmt(f)
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    /// Copies are equal without a look at their elements.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.deref(), other.deref()) || self.deref() == other.deref()
    }
}

impl<T: Eq> Eq for List<T> {}

impl<T: PartialOrd> PartialOrd for List<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.deref().partial_cmp(other)
    }
}

impl<T: Ord> Ord for List<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.deref().cmp(other)
    }
}

impl<T: Hash> Hash for List<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.deref().hash(state);
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(elements: Vec<T>) -> Self {
        if elements.is_empty() { Self::default() } else { Self::Shared(Arc::new(elements)) }
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Vec::from_iter(elements).into()
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.deref().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}
