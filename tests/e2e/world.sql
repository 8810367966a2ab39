-- What the scenarios need in addition to the demo data: tenants whose quota is small, one that gets a flood of messages, one that publishes
-- a lot, two with eight seats.
INSERT INTO plans (key, name, messages_monthly, sessions_concurrent) VALUES
    ('hundred', 'Hundred', 100, 5),
    ('tiny', 'Tiny', 5, 5)
ON CONFLICT DO NOTHING;
INSERT INTO plans (key, name, messages_monthly, sessions_concurrent, seats) VALUES
    ('eight', 'Eight', 100, 5, 8)
ON CONFLICT DO NOTHING;
INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES
    ('ten_019a00000000700080000000000000d1', 'crew', 'Crew', 'eight', 1795219200000),
    ('ten_019a00000000700080000000000000d2', 'crowd', 'Crowd', 'eight', 1795219200000),
    ('ten_019a0000000070008000000000000003', 'limited', 'Limited', 'hundred', 1795219200000),
    ('ten_019a0000000070008000000000000004', 'busy', 'Busy', 'pro', 1795219200000),
    ('ten_019a0000000070008000000000000005', 'tiny', 'Tiny', 'tiny', 1795219200000),
    ('ten_019a0000000070008000000000000006', 'quiet', 'Quiet', 'free', 1795219200000),
    ('ten_019a0000000070008000000000000008', 'flooded', 'Flooded', 'pro', 1795219200000),
    ('ten_019a00000000700080000000000000c1', 'closing', 'Closing', 'free', 1795219200000)
ON CONFLICT DO NOTHING;
INSERT INTO domains (host, tenant_id, status, created_at) VALUES
    -- Its first label is another tenant's key: it stays acme's.
    ('globex.acme-shop.test', 'ten_019a0000000070008000000000000001', 'verified', 1795219200000),
    ('xn--bcher-kva.test', 'ten_019a0000000070008000000000000001', 'verified', 1795219200000),
    ('pending.acme.test', 'ten_019a0000000070008000000000000001', 'pending', 1795219200000)
ON CONFLICT DO NOTHING;
INSERT INTO users (id, email, name, password_hash, created_at) VALUES
    ('usr_019a0000000070008000000000000005', 'owner@tiny.test', 'Tia of Tiny',
     '$argon2id$v=19$m=19456,t=2,p=1$bGl2ZXJ5LWRlbW8tc2FsdA$HUkXML86+opnrKTWXhheS9eaGu54/HB6XlIkYzc3DZw', 1795219200000)
ON CONFLICT DO NOTHING;
INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES
    ('ten_019a00000000700080000000000000d1', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000),
    ('ten_019a00000000700080000000000000d2', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000),
    ('ten_019a0000000070008000000000000003', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000),
    ('ten_019a0000000070008000000000000004', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000),
    ('ten_019a0000000070008000000000000006', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000),
    ('ten_019a0000000070008000000000000008', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000),
    ('ten_019a00000000700080000000000000c1', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000),
    ('ten_019a0000000070008000000000000005', 'usr_019a0000000070008000000000000005', 'owner', 1795219200000)
ON CONFLICT DO NOTHING;
INSERT INTO embed_policies (tenant_id, origins, version, updated_at) VALUES
    ('ten_019a0000000070008000000000000003', '["http://localhost:*"]', 1, 1795219200000),
    ('ten_019a0000000070008000000000000004', '["http://localhost:*"]', 1, 1795219200000),
    ('ten_019a0000000070008000000000000006', '["http://localhost:*"]', 1, 1795219200000),
    ('ten_019a0000000070008000000000000008', '["http://localhost:*"]', 1, 1795219200000),
    ('ten_019a00000000700080000000000000c1', '["http://localhost:*"]', 1, 1795219200000),
    ('ten_019a0000000070008000000000000005', '["http://localhost:*"]', 1, 1795219200000)
ON CONFLICT DO NOTHING;
