-- Quota counters and the live log, for runtimes that have no Durable Object per tenant.
-- The same tables stand in ../postgres, which adds roles and row-level security: neither is known here.

CREATE TABLE counters (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    meter TEXT NOT NULL,
    period_start INTEGER NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (tenant_id, meter, period_start)
);

-- Who holds how many units of a counter; an id counts once.
CREATE TABLE reservations (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    meter TEXT NOT NULL,
    period_start INTEGER NOT NULL,
    id TEXT NOT NULL,
    units INTEGER NOT NULL CHECK (units >= 0),
    state TEXT NOT NULL CHECK (state IN ('new', 'held', 'committed', 'released')),
    made_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, meter, period_start, id)
);
CREATE INDEX reservations_by_age ON reservations (tenant_id, made_at);

-- The last number and the last revision that a tenant's live log has handed out.
CREATE TABLE live_heads (
    tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
    last_seq INTEGER NOT NULL,
    last_rev INTEGER NOT NULL
);

-- Frames that pages may still have to hear. A release has a revision, a frame for one visitor has the visitor.
CREATE TABLE live_log (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    rev INTEGER,
    visitor_id TEXT,
    frame TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);
CREATE UNIQUE INDEX live_log_one_per_rev ON live_log (tenant_id, rev) WHERE rev IS NOT NULL;
CREATE INDEX live_log_by_age ON live_log (tenant_id, created_at);
