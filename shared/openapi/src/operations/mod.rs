//! Every operation, one file per group of routes.

mod account;
mod aliases_people;
mod aliases_tenant;
mod audit;
mod brand;
mod keys;
mod operator;
mod platform;
mod team;
mod tenant;
mod visitor;

use crate::operation::Operation;
use serde_json::{Value as Json, json};

/// In the order of the document.
pub fn all() -> Vec<Operation> {
    [
        account::operations(),
        visitor::operations(),
        brand::operations(),
        tenant::operations(),
        team::operations(),
        keys::operations(),
        audit::operations(),
        operator::operations(),
        platform::operations(),
        aliases_people::operations(),
        aliases_tenant::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub fn tags() -> Json {
    json!([
        { "name": "Account", "description": "Registration, sessions, passwords." },
        { "name": "Widget", "description": "What the widget calls from a visitor's browser." },
        { "name": "Brand", "description": "Draft, publish, releases." },
        { "name": "Tenant", "description": "The tenant itself, and how much it uses." },
        { "name": "Team", "description": "People, their roles, and who is invited." },
        { "name": "API keys", "description": "What programs act with." },
        { "name": "Operators", "description": "What the platform's own people do, at the platform's own host." },
        { "name": "Platform", "description": "The same at every host." },
        { "name": "Older names: people", "description": "What clients of older systems call; docs/aliases.md." },
        { "name": "Audit log", "description": "Every change, and whether the log of them holds." },
        { "name": "Older names: tenant", "description": "What clients of older systems call; docs/aliases.md." },
    ])
}

/// A moment as every answer shows it.
const NOW: &str = "2026-11-21T09:00:00Z";
