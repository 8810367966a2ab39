//! Makes Rust of what the mails say.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    livery_messages::build()
}
