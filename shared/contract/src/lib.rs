//! What every adapter must do, as plain async functions.
