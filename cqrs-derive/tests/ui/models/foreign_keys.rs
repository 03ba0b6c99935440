//! A case.
#![allow(dead_code)]

use cqrs_core::object_model;

#[object_model(table = "seats", primary_key(hall, number))]
struct Seat {
    hall: i32,
    number: i32,
}

#[object_model(table = "halls")]
struct Hall {
    #[column(primary_key)]
    id: i32,
}

/// What the grammar finds.
#[object_model(
    table = "bookings",
    foreign_key(hall = Seat::hall, number = Hall::id),
    foreign_key(hal = Seat::hall),
    foreign_key(on_delete = cascade),
    foreign_key(hall),
    foreign_key(hall = "Seat::hall"),
    foreign_key(number = Seat::number, on_delete = cascad),
    foreign_key(number = Seat::number, deferrable = later)
)]
struct Booking {
    #[column(primary_key)]
    id: i64,
    hall: i32,
    #[column(deferrable)]
    number: i32,
}

/// What only the compiler finds.
#[object_model(table = "tickets", foreign_key(hall = Seat::hall, number = Seat::number, place = Seat::place))]
struct Ticket {
    #[column(primary_key)]
    id: i64,
    hall: i32,
    number: i64,
    place: i32,
}

fn main() {}
