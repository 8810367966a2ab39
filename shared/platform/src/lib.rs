//! What Livery needs from outside: the port traits and their errors.
