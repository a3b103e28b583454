//! Every row of the tables: what comes in, and what each library makes of it.

mod given;
mod machines;
mod memory;
mod refusals;
mod replies;
mod whole;
