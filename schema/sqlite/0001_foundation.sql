-- Tenants, hosts, people, brand, releases and conversations.
-- Times are milliseconds since 1970 UTC, ids prefixed text, JSON text. The same tables stand in ../postgres.

CREATE TABLE plans (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    messages_monthly INTEGER NOT NULL CHECK (messages_monthly >= 0),
    sessions_concurrent INTEGER NOT NULL CHECK (sessions_concurrent >= 0)
);

INSERT INTO plans (key, name, messages_monthly, sessions_concurrent) VALUES
    ('free', 'Free', 1000, 5),
    ('pro', 'Pro', 10000, 50),
    ('enterprise', 'Enterprise', 100000, 500);

CREATE TABLE tenants (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    plan_key TEXT NOT NULL REFERENCES plans (key),
    created_at INTEGER NOT NULL
);

-- A custom domain serves its tenant only while its status is 'verified'.
CREATE TABLE domains (
    host TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    status TEXT NOT NULL CHECK (status IN ('pending', 'verified', 'removed')),
    created_at INTEGER NOT NULL
);
CREATE INDEX domains_by_tenant ON domains (tenant_id);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE memberships (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'manager', 'member', 'viewer')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);

-- Which sites may embed the tenant's widget: a JSON list of origin patterns.
CREATE TABLE embed_policies (
    tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
    origins TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

-- The draft brand of a tenant, and the pointer to its live release (0: nothing published).
CREATE TABLE themes (
    tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
    draft TEXT NOT NULL,
    version INTEGER NOT NULL,
    live_rev INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL
);

-- Immutable files of releases, addressed by content.
CREATE TABLE artifacts (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    hash TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stylesheet', 'config')),
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, hash)
);

CREATE TABLE releases (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    rev INTEGER NOT NULL CHECK (rev > 0),
    manifest TEXT NOT NULL,
    theme TEXT NOT NULL,
    published_by TEXT REFERENCES users (id),
    published_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, rev)
);

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    visitor_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    last_seq INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX conversations_one_open ON conversations (tenant_id, visitor_id) WHERE status = 'open';

CREATE TABLE messages (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL CHECK (author IN ('visitor', 'team')),
    text TEXT NOT NULL,
    idempotency_key TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, seq)
);
CREATE UNIQUE INDEX messages_once ON messages (conversation_id, idempotency_key);
CREATE INDEX messages_by_tenant ON messages (tenant_id, created_at);
