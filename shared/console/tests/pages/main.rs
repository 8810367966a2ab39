//! Every page over the ports in memory, as a browser gets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod audit;
mod find;
mod frame;
mod invitations;
mod keys;
mod outbox;
mod password;
mod problems;
mod register;
mod roles;
mod round_trips;
mod session;
mod team;
mod tenants;
mod world;
