//! HTTP in, HTTP out, generic over ports: one module per route group.
