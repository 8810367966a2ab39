-- The demo world: two tenants, a custom domain, two owners and an operator whose password is 'livery-demo'. For development only.
-- Runs on SQLite and Postgres, and any number of times. Brands are made through the API, like those of any tenant.

INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES
    ('ten_019a0000000070008000000000000001', 'acme', 'Acme', 'pro', 1795219200000),
    ('ten_019a0000000070008000000000000002', 'globex', 'Globex', 'free', 1795219200000)
ON CONFLICT DO NOTHING;

INSERT INTO domains (host, tenant_id, status, created_at) VALUES
    ('chat.acme.test', 'ten_019a0000000070008000000000000001', 'verified', 1795219200000)
ON CONFLICT DO NOTHING;

INSERT INTO users (id, email, name, password_hash, created_at) VALUES
    ('usr_019a0000000070008000000000000001', 'owner@acme.test', 'Ada of Acme',
     '$argon2id$v=19$m=19456,t=2,p=1$bGl2ZXJ5LWRlbW8tc2FsdA$HUkXML86+opnrKTWXhheS9eaGu54/HB6XlIkYzc3DZw', 1795219200000),
    ('usr_019a0000000070008000000000000002', 'owner@globex.test', 'Gil of Globex',
     '$argon2id$v=19$m=19456,t=2,p=1$bGl2ZXJ5LWRlbW8tc2FsdA$HUkXML86+opnrKTWXhheS9eaGu54/HB6XlIkYzc3DZw', 1795219200000)
ON CONFLICT DO NOTHING;

INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES
    ('ten_019a0000000070008000000000000001', 'usr_019a0000000070008000000000000001', 'owner', 1795219200000),
    ('ten_019a0000000070008000000000000002', 'usr_019a0000000070008000000000000002', 'owner', 1795219200000)
ON CONFLICT DO NOTHING;

-- The customer's site runs on this machine, on whatever port.
INSERT INTO embed_policies (tenant_id, origins, version, updated_at) VALUES
    ('ten_019a0000000070008000000000000001', '["http://localhost:*"]', 1, 1795219200000),
    ('ten_019a0000000070008000000000000002', '["http://localhost:*"]', 1, 1795219200000)
ON CONFLICT DO NOTHING;

INSERT INTO subscriptions (tenant_id, status, created_at, updated_at) VALUES
    ('ten_019a0000000070008000000000000001', 'active', 1795219200000, 1795219200000),
    ('ten_019a0000000070008000000000000002', 'active', 1795219200000, 1795219200000)
ON CONFLICT DO NOTHING;

INSERT INTO users (id, email, name, password_hash, created_at) VALUES
    ('usr_019a0000000070008000000000000009', 'operator@livery.test', 'Olga of Livery',
     '$argon2id$v=19$m=19456,t=2,p=1$bGl2ZXJ5LWRlbW8tc2FsdA$HUkXML86+opnrKTWXhheS9eaGu54/HB6XlIkYzc3DZw', 1795219200000)
ON CONFLICT DO NOTHING;
INSERT INTO operators (user_id, created_at) VALUES
    ('usr_019a0000000070008000000000000009', 1795219200000)
ON CONFLICT DO NOTHING;
