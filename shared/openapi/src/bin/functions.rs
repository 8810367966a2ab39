//! Prints, as JSON, which ports each function is given and which paths Spin's router sends to it: what `scripts/check-bindings`
//! compares the runtimes' configurations with.

#[path = "../../../../functions/admin/src/routes.rs"]
#[allow(dead_code, reason = "of the other functions' routes only the names of ports are wanted here")]
mod admin;
#[path = "../../../../functions/auth/src/routes.rs"]
#[allow(dead_code, reason = "as above")]
mod auth;
#[path = "../../../../functions/embed/src/routes.rs"]
#[allow(dead_code, reason = "as above")]
mod embed;
#[path = "../../../../functions/theme/src/routes.rs"]
#[allow(dead_code, reason = "as above")]
mod theme;

use livery_http::routing::{Function, spin_triggers};
use serde_json::json;
use std::io::Write;

fn name(function: Function) -> &'static str {
    match function {
        Function::Edge => "edge",
        Function::Embed => "embed",
        Function::Live => "live",
        Function::Auth => "auth",
        Function::Admin => "admin",
        Function::Theme => "theme",
        Function::Console => "console",
    }
}

fn main() -> std::io::Result<()> {
    let ports = json!({
        "edge": livery_edge::PORTS,
        "embed": embed::PORTS,
        "live": livery_embed::live::PORTS,
        "auth": auth::PORTS,
        "admin": admin::PORTS,
        "theme": theme::PORTS,
        "console": livery_console::PORTS,
    });
    let triggers: Vec<_> = spin_triggers()
        .into_iter()
        .map(|(route, function)| format!("{route} → {}", name(function)))
        .collect();
    writeln!(std::io::stdout(), "{}", json!({ "ports": ports, "triggers": triggers }))
}
