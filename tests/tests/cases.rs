//! The data-driven cases, on every database; and the ways from one of a dozen schemas to another.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::panic::resume_unwind;
use std::thread;

use cqrs_core::schema::Schema;
use cqrs_tests::runner::{cases, run_cases};
use cqrs_tests::{Dialect, TestDatabase, databases, fresh, road};

#[test]
fn every_case_of_a_change_holds() {
    run_cases(&cases(""));
}

/// A schema by name, as models.
struct State {
    name: String,
    models: String,
}

#[test]
fn every_state_is_reached_from_others() {
    let mut states: Vec<State> = fs::read_dir(cases("states"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| State {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            models: fs::read_to_string(&path).unwrap(),
        })
        .collect();
    assert!(states.len() >= 12);
    states.sort_by(|left, right| left.name.cmp(&right.name));
    let ends: Vec<TestDatabase> = databases();
    let problems: Vec<String> = thread::scope(|scope| {
        let walks: Vec<_> = ends.into_iter().map(|database| scope.spawn(|| walk(database, &states))).collect();
        walks.into_iter().flat_map(|walk| walk.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    assert!(problems.is_empty(), "{} problems:\n\n{}", problems.len(), problems.join("\n\n"));
}

/// Goes from state to state, in one database as long as it arrives: on SQLite every way once; on servers, where a step
/// takes many times as long, four ways out of every state and four ways into it.
fn walk(mut database: TestDatabase, states: &[State]) -> Vec<String> {
    let dialect = database.dialect();
    let another = || fresh(dialect).unwrap();
    let reach = |database: &TestDatabase, state: &State| -> Result<Schema, String> {
        road::migrate(&road::reckless(road::migrator(database, &state.models, &[])?, &[]))?;
        road::introspect(database)
    };
    let mut problems = Vec::new();
    let direct: Vec<Option<Schema>> = (states.iter())
        .map(|state| {
            let reached = reach(&another(), state);
            reached.map_err(|error| problems.push(format!("{} on {dialect}: {error}", state.name))).ok()
        })
        .collect();
    let mut at = 0;
    reach(&database, &states[at]).unwrap();
    let stops = match dialect {
        Dialect::Sqlite => round_trip(states.len()),
        Dialect::Postgres | Dialect::MySql => rounds(states.len(), &[1, 2, 5, 12]),
    };
    for to in stops {
        let reached = reach(&database, &states[to]);
        let problem = match (&reached, &direct[to]) {
            (Err(error), _) => Some(error.clone()),
            (Ok(reached), Some(direct)) if reached != direct => {
                Some(format!("it differs from an empty database that is migrated there:\n{reached:#?}\n{direct:#?}"))
            }
            _ => None,
        };
        if let Some(problem) = problem {
            problems.push(format!("{} -> {} on {dialect}: {problem}", states[at].name, states[to].name));
            database = another();
            reach(&database, &states[to]).unwrap();
        }
        at = to;
    }
    problems
}

/// The stops of a walk from 0 over every ordered pair of numbers, each once.
fn round_trip(count: usize) -> Vec<usize> {
    let mut stops = Vec::new();
    for from in 0..count {
        stops.extend((from + 2..count).flat_map(|to| [to, from]));
        stops.extend((from + 1 < count).then_some(from + 1));
    }
    stops.extend((0..count.saturating_sub(1)).rev());
    stops
}

/// The stops of walks around a circle of numbers, each with a stride of its own, from 0 to 0.
fn rounds(count: usize, strides: &[usize]) -> Vec<usize> {
    strides.iter().flat_map(|stride| (1..=count).map(move |step| step * stride % count)).collect()
}

#[test]
fn a_round_stops_everywhere_once() {
    for stride in [1, 2, 5, 12] {
        let mut stops = rounds(13, &[stride]);
        assert_eq!(stops.last(), Some(&0));
        stops.sort_unstable();
        assert_eq!(stops, (0..13).collect::<Vec<_>>());
    }
}

#[test]
fn a_round_trip_goes_every_way_once() {
    let stops = round_trip(13);
    let ways: std::collections::BTreeSet<(usize, usize)> =
        std::iter::once(&0).chain(&stops).copied().zip(stops.iter().copied()).collect();
    assert_eq!((stops.len(), ways.len()), (13 * 12, 13 * 12));
}
