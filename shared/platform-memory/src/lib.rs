//! The ports in memory, on SQLite, a fixed clock and seeded entropy.
