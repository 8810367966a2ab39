//! What is true of tenants, brands, quotas and conversations: no async, no I/O, no HTTP.
