-- Quota counters and the live log, for runtimes that have no Durable Object per tenant.
-- The same tables stand in ../sqlite. Below them, for Postgres alone: what the functions' role may do, and to which rows.

CREATE TABLE counters (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    meter TEXT NOT NULL,
    period_start BIGINT NOT NULL,
    used BIGINT NOT NULL CHECK (used >= 0),
    PRIMARY KEY (tenant_id, meter, period_start)
);

-- Who holds how many units of a counter; an id counts once.
CREATE TABLE reservations (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    meter TEXT NOT NULL,
    period_start BIGINT NOT NULL,
    id TEXT NOT NULL,
    units BIGINT NOT NULL CHECK (units >= 0),
    state TEXT NOT NULL CHECK (state IN ('new', 'held', 'committed', 'released')),
    made_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, meter, period_start, id)
);
CREATE INDEX reservations_by_age ON reservations (tenant_id, made_at);

-- The last number and the last revision that a tenant's live log has handed out.
CREATE TABLE live_heads (
    tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
    last_seq BIGINT NOT NULL,
    last_rev BIGINT NOT NULL
);

-- Frames that pages may still have to hear. A release has a revision, a frame for one visitor has the visitor.
CREATE TABLE live_log (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    seq BIGINT NOT NULL CHECK (seq > 0),
    rev BIGINT,
    visitor_id TEXT,
    frame TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);
CREATE UNIQUE INDEX live_log_one_per_rev ON live_log (tenant_id, rev) WHERE rev IS NOT NULL;
CREATE INDEX live_log_by_age ON live_log (tenant_id, created_at);

-- The functions connect as `livery_app`, which owns nothing; scripts/migrate makes it. It may do what a statement of
-- shared/store does, and no more.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO livery_app;
-- A temporary table hides the real one of its name from whoever gets the pooled connection next.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;

GRANT SELECT ON plans, schema_migrations TO livery_app;
GRANT SELECT, INSERT ON tenants, domains, users, memberships, artifacts, releases, messages TO livery_app;
GRANT SELECT, INSERT, UPDATE ON embed_policies, themes, conversations, counters, live_heads TO livery_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reservations TO livery_app;
GRANT SELECT, INSERT, DELETE ON live_log TO livery_app;

-- Row-level security, forced on the owner too. A transaction says for whom it is, with set_config(…, true):
--   livery.tenant = the tenant's id    its rows, and of the directory what is the tenant's own
--   livery.directory = 'on'            who lives where: tenants, hosts and users, and nobody's data
-- One that says neither sees nothing. On a pooled connection a setting of an earlier transaction reads as '' and not as
-- NULL: both are nobody.
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE domains ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE embed_policies ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE themes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE artifacts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE releases ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE conversations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE messages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE counters ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reservations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE live_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE live_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY of_tenant ON domains
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON memberships
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON embed_policies
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON themes
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON artifacts
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON releases
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON conversations
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON messages
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON counters
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON reservations
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON live_heads
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON live_log
    USING (tenant_id = nullif(current_setting('livery.tenant', true), ''));

-- The directory. A tenant's own transaction reads of it what is the tenant's, and makes no tenant and no user.
CREATE POLICY of_tenant ON tenants FOR SELECT
    USING (id = nullif(current_setting('livery.tenant', true), ''));
CREATE POLICY of_tenant ON users FOR SELECT
    USING (EXISTS (
        SELECT 1 FROM memberships m
        WHERE m.user_id = users.id AND m.tenant_id = nullif(current_setting('livery.tenant', true), '')));
CREATE POLICY directory ON tenants USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON users USING (current_setting('livery.directory', true) = 'on');
CREATE POLICY directory ON domains FOR SELECT USING (current_setting('livery.directory', true) = 'on');
