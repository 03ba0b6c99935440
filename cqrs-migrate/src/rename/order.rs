//! Several renames, one after the other.

use cqrs_core::schema::Str;

use crate::change::{TableAlteration, TableChange};

/// A rename, and what comes along with it.
pub(crate) struct Move<N, T> {
    pub(crate) from: N,
    pub(crate) to: N,
    pub(crate) with: T,
}

/// Renames that are meant at once as groups of which each can be done after the other: a name is taken when it has been
/// given up. What changes names in a circle is one group, which goes by way of a name of nobody's.
pub(crate) fn in_order<N: Clone, T: Clone>(
    mut waiting: Vec<Move<N, T>>,
    is_same: impl Fn(&N, &N) -> bool,
    free: impl Fn(&N) -> N,
) -> Vec<Vec<Move<N, T>>> {
    let mut groups: Vec<Vec<Move<N, T>>> = Vec::new();
    let mut circle: Vec<Move<N, T>> = Vec::new();
    while !waiting.is_empty() {
        let is_free = |at: usize| {
            let others = waiting.iter().enumerate().filter(|(other, _)| *other != at);
            others.map(|(_, other)| &other.from).all(|from| !is_same(from, &waiting[at].to))
        };
        match (0..waiting.len()).find(|at| is_free(*at)) {
            Some(at) if circle.is_empty() => groups.push(vec![waiting.remove(at)]),
            Some(at) => {
                circle.push(waiting.remove(at));
                let closed = !waiting.iter().any(|other| circle.iter().any(|done| is_same(&done.from, &other.to)));
                if closed {
                    groups.push(std::mem::take(&mut circle));
                }
            }
            None => {
                let first = &mut waiting[0];
                let between = free(&first.to);
                let away = Move { from: first.from.clone(), to: between.clone(), with: first.with.clone() };
                first.from = between;
                circle.push(away);
            }
        }
    }
    groups
}

/// The columns of a table that get other names, one after the other: `(from, to)`.
pub(crate) fn column_renames(alteration: &TableAlteration) -> Vec<(Str, Str)> {
    let renames = alteration.changes.iter().filter_map(|change| match change {
        TableChange::RenameColumn { from, to } => Some(Move { from: from.clone(), to: to.clone(), with: () }),
        _ => None,
    });
    let TableAlteration { before, after, .. } = alteration;
    let is_taken = |name: &str| before.columns.iter().chain(after.columns.iter()).any(|column| column.name == name);
    let groups = in_order(
        renames.collect(),
        // A name that differs in nothing but the case of its letters may be the same: to wait for it does no harm.
        |one: &Str, other: &Str| one.eq_ignore_ascii_case(other),
        |name| free_name(name, is_taken),
    );
    groups.into_iter().flatten().map(|step| (step.from, step.to)).collect()
}

/// A name that nothing has, made from another one: as long as every database takes it.
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>
pub(crate) fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> Str {
    const LONGEST: usize = 63;
    let numbered = |number: usize| {
        let tail = if number == 0 { String::new() } else { format!("_{number}") };
        let mut end = name.len().min(LONGEST - PREFIX.len() - tail.len());
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        format!("{PREFIX}{}{tail}", &name[..end])
    };
    (0..).map(numbered).find(|name| !taken(name)).unwrap_or_default().into()
}

/// Long and odd enough to be nobody's.
const PREFIX: &str = "_cqrs_scratch_";
