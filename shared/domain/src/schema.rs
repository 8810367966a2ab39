//! JSON schemas of the types that are one string outside.

use crate::{embed::live::Cursor, people::permission::PermissionSet, tenancy::tenant::TenantKey};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

macro_rules! schemas {
    ($($name:ident = $schema:tt;)+) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+};
}

schemas! {
    TenantKey = {
        "type": "string",
        "description": "The label of a tenant's platform subdomain.",
        "pattern": "^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){0,38}[a-z0-9]$",
    };
    Cursor = { "type": "string", "pattern": "^[a-z0-9.-]{1,56}$" };
    PermissionSet = {
        "type": "array",
        "items": { "enum": crate::people::permission::Permission::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>() },
    };
}
