//! Every SQL statement, once, for SQLite and Postgres alike.
