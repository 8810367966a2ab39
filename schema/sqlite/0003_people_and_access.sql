-- People and access: plans and subscriptions, states of a tenant, sessions, roles, invitations, keys, flags, audit.
-- The same tables stand in ../postgres.

-- What a plan holds, and what it costs a month in minor units of its currency. NULL: no limit, or a price on request.
ALTER TABLE plans ADD COLUMN seats INTEGER CHECK (seats > 0);
ALTER TABLE plans ADD COLUMN price_minor INTEGER CHECK (price_minor >= 0);
ALTER TABLE plans ADD COLUMN currency TEXT;
ALTER TABLE plans ADD COLUMN trial_days INTEGER NOT NULL DEFAULT 14;
ALTER TABLE plans ADD COLUMN tokens_monthly INTEGER CHECK (tokens_monthly >= 0);
-- JSON object: the flags that a tenant on this plan has unless it has an override.
ALTER TABLE plans ADD COLUMN flags TEXT NOT NULL DEFAULT '{}';
-- Place in the list of plans that a new tenant may choose; NULL: not offered.
ALTER TABLE plans ADD COLUMN place INTEGER;

UPDATE plans SET seats = 3, price_minor = 0, currency = 'JPY', trial_days = 0, place = 1,
    flags = '{"remove_powered_by":false,"custom_roles":false,"api_keys_max":2,"audit_days":30,"support_level":"community"}' WHERE key = 'free';
UPDATE plans SET seats = 25, trial_days = 14,
    flags = '{"remove_powered_by":true,"custom_roles":false,"api_keys_max":10,"audit_days":90,"support_level":"email"}' WHERE key = 'pro';
UPDATE plans SET trial_days = 14,
    flags = '{"remove_powered_by":true,"custom_roles":true,"api_keys_max":100,"audit_days":3650,"support_level":"priority"}' WHERE key = 'enterprise';
-- The family that bills tokens: its messages are bounded by a fair-use figure and not by a quota that is sold.
INSERT INTO plans (key, name, messages_monthly, sessions_concurrent, seats, price_minor, currency, tokens_monthly, place, flags) VALUES
    ('starter', 'Starter', 100000, 50, 10, 29800, 'JPY', 100000, 2, '{"remove_powered_by":false,"custom_roles":false,"api_keys_max":5,"audit_days":90,"support_level":"email"}'),
    ('standard', 'Standard', 500000, 250, 50, 49800, 'JPY', 500000, 3, '{"remove_powered_by":true,"custom_roles":false,"api_keys_max":20,"audit_days":365,"support_level":"email"}'),
    ('professional', 'Professional', 2000000, 1000, 200, 98000, 'JPY', 2000000, 4, '{"remove_powered_by":true,"custom_roles":true,"api_keys_max":50,"audit_days":1095,"support_level":"priority"}'),
    ('enterprise_jp', 'Enterprise', 1000000000, 10000, NULL, 198000, 'JPY', NULL, 5, '{"remove_powered_by":true,"custom_roles":true,"api_keys_max":100,"audit_days":3650,"support_level":"priority"}');

CREATE TABLE partners (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

ALTER TABLE tenants ADD COLUMN status TEXT NOT NULL DEFAULT 'active'
    CHECK (status IN ('provisioning', 'active', 'suspended', 'maintenance', 'deactivated'));
ALTER TABLE tenants ADD COLUMN status_reason TEXT;
ALTER TABLE tenants ADD COLUMN status_changed_at INTEGER;
-- JSON object, written as a merge patch; `version` is what a writer must name.
ALTER TABLE tenants ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE tenants ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tenants ADD COLUMN partner_id TEXT REFERENCES partners (id);
-- Counting a tenant's conversations reads no other tenant's.
CREATE INDEX conversations_by_tenant ON conversations (tenant_id);
CREATE INDEX tenants_by_partner ON tenants (partner_id);

ALTER TABLE users ADD COLUMN locale TEXT;
ALTER TABLE users ADD COLUMN password_changed_at INTEGER;

-- The plan itself is tenants.plan_key.
CREATE TABLE subscriptions (
    tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
    status TEXT NOT NULL CHECK (status IN ('trialing', 'active', 'past_due', 'canceled')),
    trial_ends_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

-- A role that a tenant made for itself: a JSON list of permissions.
CREATE TABLE custom_roles (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    name TEXT NOT NULL,
    permissions TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (tenant_id, name)
);
-- Where it is set, it takes the place of `role`.
ALTER TABLE memberships ADD COLUMN custom_role_id TEXT REFERENCES custom_roles (id);

-- One permission of one member on one object.
CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    permission TEXT NOT NULL,
    resource TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, user_id, permission, resource)
);

CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'manager', 'member', 'viewer')),
    custom_role_id TEXT REFERENCES custom_roles (id),
    token_hash TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'revoked')),
    invited_by TEXT,
    accepted_by TEXT REFERENCES users (id),
    sent_count INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE UNIQUE INDEX invitations_one_pending ON invitations (tenant_id, email) WHERE status = 'pending';
CREATE INDEX invitations_by_tenant ON invitations (tenant_id, created_at);

-- A key of a tenant or of a partner: `hash` is the SHA-256 of the whole key, `hint` what a person knows it by.
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    tenant_id TEXT REFERENCES tenants (id),
    partner_id TEXT REFERENCES partners (id),
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_by TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    revoked_at INTEGER,
    replaced_by TEXT,
    CHECK ((tenant_id IS NULL) <> (partner_id IS NULL))
);
CREATE INDEX api_keys_by_tenant ON api_keys (tenant_id, created_at);
CREATE INDEX api_keys_by_partner ON api_keys (partner_id, created_at);

-- What a person is signed in with. A console's cookie is known by `secret_hash`; a client of the API refreshes.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    tenant_id TEXT REFERENCES tenants (id),
    kind TEXT NOT NULL CHECK (kind IN ('api', 'console', 'operator')),
    secret_hash TEXT UNIQUE,
    address TEXT,
    user_agent TEXT,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended_why TEXT
);
CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_tenant ON sessions (tenant_id, user_id);

CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    created_at INTEGER NOT NULL,
    used_at INTEGER
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE sign_ins (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    tenant_id TEXT REFERENCES tenants (id),
    outcome TEXT NOT NULL,
    address TEXT,
    user_agent TEXT,
    created_at INTEGER NOT NULL
);
CREATE INDEX sign_ins_by_user ON sign_ins (user_id, created_at);

-- Attempts at what may be tried only so often, per fixed window. `bucket` holds a hash, never an address.
CREATE TABLE attempts (
    bucket TEXT PRIMARY KEY,
    window_start INTEGER NOT NULL,
    count INTEGER NOT NULL
);
CREATE INDEX attempts_by_age ON attempts (window_start);

CREATE TABLE password_resets (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    tenant_id TEXT REFERENCES tenants (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
);
CREATE INDEX password_resets_by_user ON password_resets (user_id);

-- What a tenant has of a flag, against its plan.
CREATE TABLE flag_overrides (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, key)
);

-- Every change of a tenant, each with the hash of the one before: one that is altered or left out is noticed.
CREATE TABLE audit_entries (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    request_id TEXT NOT NULL,
    address TEXT,
    before TEXT,
    after TEXT,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);

-- People of the platform itself.
CREATE TABLE operators (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    created_at INTEGER NOT NULL
);

-- Every change of what belongs to no tenant, chained like a tenant's.
CREATE TABLE platform_audit_entries (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    request_id TEXT NOT NULL,
    address TEXT,
    before TEXT,
    after TEXT,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);

-- Mail that development shows and does not send. Its links hold tokens: nothing is ever written here in production.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    tenant_id TEXT,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX outbox_by_age ON outbox (created_at);
