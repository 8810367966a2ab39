// Tenants like the demo's first one, written by SQL as the API would have written them, and the size of stored data.
const id = (kind, n) => `${kind}_01900000000070008` + n.toString(16).padStart(15, "0");
const NOW = 1_795_219_200_000;

/** Makes `count` tenants that have what acme has: a person, a policy, a draft, a release with its files, the audit log of that. */
export async function makeTenants(world, count) {
  const [{ id: acme }] = (await world.sql("SELECT id FROM tenants WHERE key = 'acme'"))[0];
  const hosts = [];
  const before = await world.database.counts();
  const copied = {
    embed_policies: "origins, version, updated_at",
    themes: "draft, version, live_rev, updated_at",
    artifacts: "hash, kind, body, created_at",
    releases: "rev, manifest, theme, published_by, published_at",
    subscriptions: "status, created_at, updated_at",
    audit_entries: "seq, at, actor, action, target, request_id, address, before, after, prev_hash, hash",
  };
  for (let n = 0; n < count; n++) {
    const tenant = id("ten", n);
    await world.sql(
      { sql: "INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES (?1, ?2, ?3, 'enterprise', ?4)", params: [tenant, `t${n}`, `Tenant ${n}`, NOW] },
      { sql: "INSERT INTO users (id, email, name, password_hash, created_at) SELECT ?1, ?2, name, password_hash, created_at FROM users WHERE email = 'owner@acme.test'", params: [id("usr", n), `owner@t${n}.test`] },
      { sql: "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES (?1, ?2, 'owner', ?3)", params: [tenant, id("usr", n), NOW] },
      ...Object.entries(copied).map(([table, columns]) => ({ sql: `INSERT INTO ${table} (tenant_id, ${columns}) SELECT ?1, ${columns} FROM ${table} WHERE tenant_id = ?2`, params: [tenant, acme] })),
    );
    hosts.push(`t${n}.localhost`);
  }
  const after = await world.database.counts();
  return { hosts, bytesEach: (after.bytes - before.bytes) / count };
}

/** Octets that a message of ordinary length (100 characters) takes with its indexes, from 8,000 of them. */
export async function bytesOfMessage(world) {
  const [count, each] = [8_000, 20];
  const before = await world.database.counts();
  const numbers = `WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < ${count - 1})`;
  const tenant = `'${id("ten", 0)}'`;
  const conversation = `'cnv_0190000000007000a' || printf('%015x', n / ${each})`;
  await world.sql(
    `${numbers} INSERT INTO conversations (id, tenant_id, visitor_id, status, last_seq, created_at) SELECT ${conversation}, ${tenant}, 'vis_0190000000007000a' || printf('%015x', n), 'closed', ${each}, ${NOW} FROM n WHERE n % ${each} = 0`,
    `${numbers} INSERT INTO messages (tenant_id, conversation_id, seq, id, author, text, idempotency_key, created_at) SELECT ${tenant}, ${conversation}, n % ${each} + 1, 'msg_0190000000007000a' || printf('%015x', n), 'visitor', printf('%0100d', n), printf('%08x-0000-4000-8000-%012x', n, n), ${NOW} FROM n`,
  );
  const after = await world.database.counts();
  return (after.bytes - before.bytes) / count;
}
