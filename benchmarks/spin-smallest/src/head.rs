//! The heads of Livery's answers, but for entity tag and length.

/// Of a release's stylesheet.
pub const FILE: [(&str, &str); 7] = [
    ("content-type", "text/css; charset=utf-8"),
    ("cache-control", "public, max-age=31536000, immutable"),
    ("access-control-allow-origin", "*"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-request-id", "req_00000000000000000000000000000000"),
];

/// Of a JSON document that no cache keeps.
pub const API: [(&str, &str); 5] = [
    ("content-type", "application/json"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-request-id", "req_00000000000000000000000000000000"),
];
