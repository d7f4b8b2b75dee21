//! Given, when, then: the rules without a database.

mod clocks;
mod guards;
mod phases;
mod properties;
mod redactions;
mod refusals;
mod reminders;
mod rights;
mod updates;
mod world;
