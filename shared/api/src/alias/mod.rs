//! Routes of the systems that Livery replaces, with the shapes that their clients know: other names for the same operations.

pub mod people;
