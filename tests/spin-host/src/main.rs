//! Serves Spin components from a `spin.toml` where there is no Spin: for tests only.

mod allowed_hosts;
mod application;
mod arguments;
mod engine;
mod exchange;
mod instance;
mod interfaces;
mod key_value;
mod manifest;
mod outbound_http;
mod output;
mod postgres;
mod response_body;
mod routes;
mod server;
mod spin_headers;
mod sqlite;
#[cfg(test)]
mod test_directory;
mod variables;
mod worker;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use application::Application;
use arguments::Arguments;

/// How long statements that are under way may still take when the host is told to end.
const LAST_STATEMENTS: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&format!("Error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let application = Arc::new(Application::load(&arguments)?);
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let outcome = runtime.block_on(server::serve(application, arguments.listen));
    runtime.shutdown_timeout(LAST_STATEMENTS);
    outcome
}
