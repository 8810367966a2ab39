-- People and access: plans and subscriptions, states of a tenant, sessions, roles, invitations, keys, flags, audit.
-- The same tables stand in ../sqlite. Below them, for Postgres alone: what the functions' role may do, and to which rows.

-- What a plan holds, and what it costs a month in minor units of its currency. NULL: no limit, or a price on request.
ALTER TABLE plans ADD COLUMN seats BIGINT CHECK (seats > 0);
ALTER TABLE plans ADD COLUMN price_minor BIGINT CHECK (price_minor >= 0);
ALTER TABLE plans ADD COLUMN currency TEXT;
ALTER TABLE plans ADD COLUMN trial_days BIGINT NOT NULL DEFAULT 14;
ALTER TABLE plans ADD COLUMN tokens_monthly BIGINT CHECK (tokens_monthly >= 0);
-- JSON object: the flags that a tenant on this plan has unless it has an override.
ALTER TABLE plans ADD COLUMN flags TEXT NOT NULL DEFAULT '{}';
-- Place in the list of plans that a new tenant may choose; NULL: not offered.
ALTER TABLE plans ADD COLUMN place BIGINT;

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
    created_at BIGINT NOT NULL
);

ALTER TABLE tenants ADD COLUMN status TEXT NOT NULL DEFAULT 'active'
    CHECK (status IN ('provisioning', 'active', 'suspended', 'maintenance', 'deactivated'));
ALTER TABLE tenants ADD COLUMN status_reason TEXT;
ALTER TABLE tenants ADD COLUMN status_changed_at BIGINT;
-- JSON object, written as a merge patch; `version` is what a writer must name.
ALTER TABLE tenants ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE tenants ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE tenants ADD COLUMN partner_id TEXT REFERENCES partners (id);
-- Counting a tenant's conversations reads no other tenant's.
CREATE INDEX conversations_by_tenant ON conversations (tenant_id);
CREATE INDEX tenants_by_partner ON tenants (partner_id);

ALTER TABLE users ADD COLUMN locale TEXT;
ALTER TABLE users ADD COLUMN password_changed_at BIGINT;

-- The plan itself is tenants.plan_key.
CREATE TABLE subscriptions (
    tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
    status TEXT NOT NULL CHECK (status IN ('trialing', 'active', 'past_due', 'canceled')),
    trial_ends_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- A role that a tenant made for itself: a JSON list of permissions.
CREATE TABLE custom_roles (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    name TEXT NOT NULL,
    permissions TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
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
    created_at BIGINT NOT NULL,
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
    sent_count BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
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
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    revoked_at BIGINT,
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
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_why TEXT
);
CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_tenant ON sessions (tenant_id, user_id);

CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE sign_ins (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    tenant_id TEXT REFERENCES tenants (id),
    outcome TEXT NOT NULL,
    address TEXT,
    user_agent TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX sign_ins_by_user ON sign_ins (user_id, created_at);

-- Attempts at what may be tried only so often, per fixed window. `bucket` holds a hash, never an address.
CREATE TABLE attempts (
    bucket TEXT PRIMARY KEY,
    window_start BIGINT NOT NULL,
    count BIGINT NOT NULL
);
CREATE INDEX attempts_by_age ON attempts (window_start);

CREATE TABLE password_resets (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    tenant_id TEXT REFERENCES tenants (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX password_resets_by_user ON password_resets (user_id);

-- What a tenant has of a flag, against its plan.
CREATE TABLE flag_overrides (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, key)
);

-- Every change of a tenant, each with the hash of the one before: one that is altered or left out is noticed.
CREATE TABLE audit_entries (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    seq BIGINT NOT NULL CHECK (seq > 0),
    at BIGINT NOT NULL,
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
    created_at BIGINT NOT NULL
);

-- Every change of what belongs to no tenant, chained like a tenant's.
CREATE TABLE platform_audit_entries (
    seq BIGINT PRIMARY KEY CHECK (seq > 0),
    at BIGINT NOT NULL,
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
    created_at BIGINT NOT NULL
);
CREATE INDEX outbox_by_age ON outbox (created_at);

-- A line per table, so that a change of a store's statements changes one line here.
GRANT SELECT, INSERT, UPDATE ON api_keys TO livery_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON flag_overrides TO livery_app;
GRANT SELECT, INSERT ON partners TO livery_app;
GRANT SELECT, INSERT ON platform_audit_entries TO livery_app;
GRANT SELECT, INSERT, UPDATE ON subscriptions TO livery_app;
GRANT UPDATE ON tenants TO livery_app;
GRANT SELECT, INSERT ON audit_entries TO livery_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO livery_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_tokens TO livery_app;
GRANT SELECT, INSERT, DELETE ON sign_ins TO livery_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON attempts TO livery_app;
GRANT SELECT ON operators TO livery_app;
GRANT UPDATE ON users TO livery_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON password_resets TO livery_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON custom_roles TO livery_app;
GRANT SELECT, INSERT, UPDATE ON invitations TO livery_app;
GRANT SELECT, INSERT, DELETE ON grants TO livery_app;
GRANT UPDATE, DELETE ON memberships TO livery_app;
GRANT SELECT, INSERT, DELETE ON outbox TO livery_app;

ALTER TABLE subscriptions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE custom_roles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE grants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE flag_overrides ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE partners ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sign_ins ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE attempts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE password_resets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE operators ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE platform_audit_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY of_tenant ON subscriptions
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON custom_roles
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON grants
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON invitations
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON api_keys
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON sessions
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON flag_overrides
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON audit_entries
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant_change ON tenants FOR UPDATE
    USING (id = nullif(current_setting('livery.tenant', true), ''));

-- The directory: who a session, a key or an invitation belongs to is asked before it is known for which tenant.
CREATE POLICY directory ON partners USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON refresh_tokens USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON sign_ins USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON attempts USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON password_resets USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON operators USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON platform_audit_entries USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON outbox USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON sessions USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON api_keys USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON memberships FOR SELECT USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON invitations FOR SELECT USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON custom_roles FOR SELECT USING (current_setting('livery.directory', true) = 'on');
