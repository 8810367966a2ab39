//! Passwords and signed tokens: the only crate that names jwt-simple and argon2.
