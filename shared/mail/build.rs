//! Generates Rust from the texts of the mails.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    livery_messages::build()
}
