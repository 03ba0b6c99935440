//! The text of statements that is the same for every row, built once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use crate::model::Driver;
use crate::schema::Table;

/// Which statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Insert,
    #[cfg(feature = "postgres")]
    InsertLists,
    Upsert,
    Update,
    Delete,
    SelectWhere,
    SelectFrom,
}

/// All that the text of a statement depends on. Tables and columns are told apart by where their names are, which is faster
/// than reading them: they are constants.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    driver: Driver,
    kind: Kind,
    table: usize,
    columns: Vec<(usize, usize)>,
}

/// More texts than a service has, unless its patches set columns at random.
const MOST_TEXTS: usize = 10_000;

static TEXTS: LazyLock<RwLock<HashMap<Shape, Arc<str>>>> = LazyLock::new(RwLock::default);

impl Shape {
    pub(super) fn new(kind: Kind, driver: Driver, table: &'static Table) -> Self {
        Self { driver, kind, table: std::ptr::from_ref(table).addr(), columns: Vec::with_capacity(16) }
    }

    /// With a list of columns, told apart from the next one.
    pub(super) fn with(mut self, columns: impl IntoIterator<Item = &'static str>) -> Self {
        self.columns.extend(columns.into_iter().map(|name| (name.as_ptr().addr(), name.len())));
        self.columns.push((0, 0));
        self
    }

    /// The text of this shape, built if it is the first of it.
    pub(super) fn text(self, build: impl FnOnce() -> String) -> Arc<str> {
        if let Some(text) = TEXTS.read().unwrap_or_else(PoisonError::into_inner).get(&self) {
            return Arc::clone(text);
        }
        let text: Arc<str> = build().into();
        let mut texts = TEXTS.write().unwrap_or_else(PoisonError::into_inner);
        if texts.len() >= MOST_TEXTS {
            texts.clear();
        }
        texts.insert(self, Arc::clone(&text));
        text
    }
}
