//! Introspection by use: whole schemas there and back, and what goes wrong on the way.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "how long something took is worth knowing")]

mod broken;
mod changing;
mod extremes;
#[cfg(unix)]
mod gone;
mod rights;
mod round_trip;

/// For tests that wait for threads besides futures.
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
