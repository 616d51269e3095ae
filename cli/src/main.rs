//! The terminal face of flightcheck.

fn main() {}
