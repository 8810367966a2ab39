-- A tenant of the kill tests: its plan has half the messages that are sent, so that the limit lies within the run.
INSERT INTO plans (key, name, messages_monthly, sessions_concurrent) VALUES ('five-hundred', 'Five hundred', 500, 5) ON CONFLICT DO NOTHING;
INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES
    ('ten_019a0000000070008000000000000007', 'counted', 'Counted', 'five-hundred', 1795219200000)
ON CONFLICT DO NOTHING;
INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES
    ('ten_019a0000000070008000000000000007', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000)
ON CONFLICT DO NOTHING;
INSERT INTO embed_policies (tenant_id, origins, version, updated_at) VALUES
    ('ten_019a0000000070008000000000000007', '["http://localhost:*"]', 1, 1795219200000)
ON CONFLICT DO NOTHING;
