//! A module with a folder of its own beside it.

mod nested;
