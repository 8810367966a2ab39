// What a function could do to other tenants' data if its statement forgot them: as `livery_app`, through PgBouncer in
// transaction mode, with one server connection that all clients share.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { join } from 'node:path';
import { migrate, seed } from '../../scripts/schema/index.mjs';
import { ROOT, postgres } from './stage.mjs';

const ACME = 'ten_019a0000000070008000000000000001';
const GLOBEX = 'ten_019a0000000070008000000000000002';
const ADA = 'usr_019a0000000070008000000000000001';
const GIL = 'usr_019a0000000070008000000000000002';
/** Rows that all tenants share and that contain no tenant's data: plans, and which migrations were applied. */
const OPEN = ['plans', 'schema_migrations'];
/** Rows of the platform, which only a transaction for the directory reaches. */
const PLATFORM = ['attempts', 'operators', 'outbox', 'partners', 'password_resets', 'platform_audit_entries', 'refresh_tokens', 'sign_ins'];

/** The tables by whose rows the tenant of a request is found. */
const DIRECTORY = ['tenants', 'domains', 'users', 'memberships', 'custom_roles', 'invitations', 'api_keys', 'sessions', ...PLATFORM];

const stage = await postgres({ poolSize: 1 });
const { target, ownerUrl, appUrl } = await stage.database();
await migrate(target);
await seed(target, join(ROOT, 'schema/demo/world.sql'));
const owner = await stage.connect(ownerUrl);
const app = await stage.connect(appUrl);
const second = await stage.connect(appUrl);
const { rows } = await owner.query("SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
const TABLES = rows.map((row) => row.name);
const CLOSED = TABLES.filter((name) => !OPEN.includes(name));

/** Runs statements in one transaction for a tenant or for the directory, as the adapters do. */
async function as({ tenant = '', directory = '' }, statements, client = app) {
  await client.query('BEGIN');
  try {
    await client.query("SELECT set_config('livery.tenant', $1, true), set_config('livery.directory', $2, true)", [tenant, directory]);
    let answer;
    for (const statement of [statements].flat()) answer = await client.query(statement);
    await client.query('COMMIT');
    return answer;
  } catch (fault) {
    await client.query('ROLLBACK');
    throw fault;
  }
}
const refused = (work, why) => assert.rejects(work, (fault) => {
  assert.match(`${fault.code} ${fault.message}`, why);
  return true;
});

before(async () => {
  for (const [tenant, letter] of [[ACME, 'a'], [GLOBEX, 'b']]) {
    await as({ tenant }, [
      `INSERT INTO themes VALUES ('${tenant}', '{}', 1, 0, 1)`,
      `INSERT INTO artifacts VALUES ('${tenant}', 'h', 'config', '{}', 1)`,
      `INSERT INTO releases VALUES ('${tenant}', 1, '{}', '{}', NULL, 1)`,
      `INSERT INTO conversations VALUES ('c${letter}', '${tenant}', 'v', 'open', 1, 1)`,
      `INSERT INTO messages VALUES ('${tenant}', 'c${letter}', 1, 'm${letter}', 'visitor', 'hello', 'k', 1)`,
      `INSERT INTO counters VALUES ('${tenant}', 'messages', 0, 1)`,
      `INSERT INTO reservations VALUES ('${tenant}', 'messages', 0, 'r', 1, 'held', 1)`,
      `INSERT INTO live_heads VALUES ('${tenant}', 1, 0)`,
      `INSERT INTO live_log VALUES ('${tenant}', 1, NULL, 'v', '{}', 1)`,
    ]);
    // As the owner, to whom the policies apply too: some of these rows are never made by a function.
    const user = tenant === ACME ? ADA : GIL;
    await as({ tenant }, [
      `INSERT INTO subscriptions VALUES ('${tenant}', 'active', NULL, 1, 1) ON CONFLICT DO NOTHING`,
      `INSERT INTO custom_roles VALUES ('r${letter}', '${tenant}', 'R', '[]', 1, 1)`,
      `INSERT INTO grants VALUES ('g${letter}', '${tenant}', '${user}', 'brand.edit', 'x', 1)`,
      `INSERT INTO invitations (id, tenant_id, email, role, token_hash, status, sent_count, sent_at, expires_at, created_at)
         VALUES ('i${letter}', '${tenant}', 'a@b', 'viewer', 'i${letter}', 'pending', 1, 1, 2, 1)`,
      `INSERT INTO api_keys (id, tenant_id, name, hint, hash, scopes, created_at) VALUES ('k${letter}', '${tenant}', 'K', 'h', 'k${letter}', '[]', 1)`,
      `INSERT INTO sessions (id, user_id, tenant_id, kind, created_at, seen_at, expires_at) VALUES ('s${letter}', '${user}', '${tenant}', 'api', 1, 1, 2)`,
      `INSERT INTO flag_overrides VALUES ('${tenant}', 'f', 'true', 1)`,
      `INSERT INTO audit_entries VALUES ('${tenant}', 1, 1, 'system', 'a.b', 't', 'q', NULL, NULL, NULL, '', 'h')`,
    ], owner);
    await as({ directory: 'on' }, [
      `INSERT INTO partners VALUES ('p${letter}', 'P', 1)`,
      `INSERT INTO refresh_tokens VALUES ('t${letter}', 's${letter}', 1, NULL)`,
      `INSERT INTO sign_ins VALUES ('n${letter}', '${user}', '${tenant}', 'ok', NULL, NULL, 1)`,
      `INSERT INTO attempts VALUES ('b${letter}', 1, 1)`,
      `INSERT INTO password_resets VALUES ('w${letter}', '${user}', '${tenant}', 1, 2, NULL)`,
      `INSERT INTO operators VALUES ('${user}', 1) ON CONFLICT DO NOTHING`,
      `INSERT INTO platform_audit_entries VALUES (${letter === 'a' ? 1 : 2}, 1, 'system', 'a.b', 't', 'q', NULL, NULL, NULL, '', 'h')`,
      `INSERT INTO outbox VALUES ('o${letter}', '${tenant}', 'k', 'r', 's', 't', 'h', 1)`,
    ], owner);
  }
  await as({ tenant: GLOBEX }, `INSERT INTO domains VALUES ('chat.globex.test', '${GLOBEX}', 'verified', 1)`);
});

test('every table but plans and the ledger has row-level security, forced on its owner, and a policy', async () => {
  const { rows: found } = await owner.query(`
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
        EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) AS policy
    FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`);
  assert.deepEqual(found.filter((table) => !table.forced || !table.policy).map((table) => table.name).sort(), OPEN);
});

test('livery_app owns nothing, is a member of nothing, and has no privilege of its own', async () => {
  const { rows: [role] } = await owner.query(`
    SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication AS above,
        (SELECT COUNT(*)::int FROM pg_auth_members WHERE member = r.oid) AS memberships,
        (SELECT COUNT(*)::int FROM pg_shdepend WHERE refobjid = r.oid AND deptype = 'o') AS owned
    FROM pg_roles r WHERE rolname = 'livery_app'`);
  assert.deepEqual(role, { above: false, memberships: 0, owned: 0 });
});

test('a SELECT that forgets the tenant sees nothing, in any table', async () => {
  for (const table of CLOSED) {
    const forgotten = await app.query(`SELECT * FROM ${table}`);
    assert.equal(forgotten.rowCount, 0, table);
    await owner.query('BEGIN');
    await owner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    const there = await owner.query(`SELECT * FROM ${table}`);
    await owner.query('ROLLBACK');
    assert.ok(there.rowCount >= 2, `${table} has rows of two tenants to be seen`);
  }
});

test('an UPDATE or DELETE that forgets the tenant changes nothing', async () => {
  for (const sql of [
    "UPDATE embed_policies SET origins = '[]'", 'UPDATE themes SET live_rev = 9', "UPDATE conversations SET status = 'closed'",
    'UPDATE counters SET used = 0', "UPDATE reservations SET state = 'released'", 'UPDATE live_heads SET last_seq = 0',
    'DELETE FROM reservations', 'DELETE FROM live_log',
  ]) assert.equal((await app.query(sql)).rowCount, 0, sql);
});

test('an INSERT that forgets the tenant is refused', async () => {
  for (const sql of [
    `INSERT INTO memberships VALUES ('${ACME}', '${GIL}', 'owner', 1)`,
    `INSERT INTO counters VALUES ('${ACME}', 'messages', 1, 0)`,
    `INSERT INTO domains VALUES ('x.test', '${ACME}', 'verified', 1)`,
    "INSERT INTO tenants VALUES ('ten_x', 'x', 'X', 'free', 1)",
    "INSERT INTO users VALUES ('usr_x', 'x@x', 'X', 'h', 1)",
  ]) await refused(app.query(sql), /row-level security policy/);
});

test("a tenant's transaction reaches its own rows and no others, whatever its statement leaves out", async () => {
  for (const table of CLOSED.filter((name) => !['tenants', 'users', ...PLATFORM].includes(name))) {
    const own = await as({ tenant: ACME }, `SELECT DISTINCT tenant_id FROM ${table}`);
    assert.deepEqual(own.rows, [{ tenant_id: ACME }], table);
  }
  assert.equal((await as({ tenant: ACME }, 'UPDATE counters SET used = 7')).rowCount, 1);
  assert.deepEqual((await as({ tenant: GLOBEX }, 'SELECT used FROM counters')).rows, [{ used: '1' }]);
});

test("a row for another tenant is refused, and so is moving one there", async () => {
  for (const sql of [
    `INSERT INTO live_log VALUES ('${GLOBEX}', 2, NULL, 'v', '{}', 1)`,
    `INSERT INTO memberships VALUES ('${GLOBEX}', '${ADA}', 'owner', 1)`,
    `UPDATE counters SET tenant_id = '${GLOBEX}', meter = 'other'`,
    `INSERT INTO live_heads VALUES ('${GLOBEX}', 5, 5) ON CONFLICT (tenant_id) DO UPDATE SET last_seq = 5`,
  ]) await refused(as({ tenant: ACME }, sql), /row-level security policy/);
});

test('of what belongs to a tenant the directory is read and not changed', async () => {
  for (const sql of [
    "UPDATE memberships SET role = 'owner'", "UPDATE invitations SET status = 'pending'", "UPDATE custom_roles SET permissions = '[]'",
  ]) assert.equal((await as({ directory: 'on' }, sql, owner)).rowCount, 0, sql);
});

test("a tenant's transaction sees of the directory what is the tenant's, and adds no tenant or user", async () => {
  const seen = async (sql) => (await as({ tenant: ACME }, sql)).rows.map((row) => row.id);
  assert.deepEqual(await seen('SELECT id FROM tenants'), [ACME]);
  assert.deepEqual(await seen('SELECT host AS id FROM domains'), ['chat.acme.test']);
  assert.deepEqual(await seen('SELECT id FROM users'), [ADA]);
  for (const sql of ["INSERT INTO tenants VALUES ('ten_x', 'x', 'X', 'free', 1)", "INSERT INTO users VALUES ('usr_x', 'x@x', 'X', 'h', 1)"]) {
    await refused(as({ tenant: ACME }, sql), /row-level security policy/);
  }
});

test("a platform's transaction sees tenants, domains and users, and no tenant's data", async () => {
  for (const table of CLOSED) {
    const { rowCount } = await as({ directory: 'on' }, `SELECT * FROM ${table}`);
    if (DIRECTORY.includes(table)) assert.ok(rowCount >= 2, `${table}: ${rowCount}`);
    else assert.equal(rowCount, 0, table);
  }
  for (const word of ['off', 'true', 'ON', '1', ' on']) {
    assert.equal((await as({ directory: word }, 'SELECT * FROM tenants')).rowCount, 0, word);
  }
});

test('the connection that a tenant has just used has no scope in the next transaction', async () => {
  const backend = 'SELECT pg_backend_pid() AS pid';
  const { rows: [mine] } = await as({ tenant: ACME, directory: 'on' }, ['SELECT * FROM messages', backend]);
  const { rows: [next] } = await second.query(`${backend}, current_setting('livery.tenant', true) AS tenant, (SELECT COUNT(*)::int FROM messages) AS messages, (SELECT COUNT(*)::int FROM tenants) AS tenants`);
  assert.deepEqual(next, { pid: mine.pid, tenant: '', messages: 0, tenants: 0 });
  const other = await as({ tenant: GLOBEX }, 'SELECT DISTINCT tenant_id, pg_backend_pid() AS pid FROM messages', second);
  assert.deepEqual(other.rows, [{ tenant_id: GLOBEX, pid: mine.pid }]);
});

test('so it is after a transaction that failed', async () => {
  await refused(as({ tenant: ACME, directory: 'on' }, 'SELECT 1 / 0'), /division by zero/);
  const { rows: [next] } = await second.query('SELECT (SELECT COUNT(*)::int FROM messages) AS messages, (SELECT COUNT(*)::int FROM tenants) AS tenants');
  assert.deepEqual(next, { messages: 0, tenants: 0 });
});

test('an empty tenant id sees no rows', async () => {
  await owner.query('BEGIN');
  await owner.query("SET LOCAL livery.directory = 'on'");
  await owner.query("INSERT INTO tenants VALUES ('', 'nameless', 'N', 'free', 1)");
  await owner.query("SET LOCAL livery.directory = ''; SET LOCAL livery.tenant = ''");
  const seen = await owner.query('SELECT * FROM tenants');
  await owner.query('ROLLBACK');
  assert.equal(seen.rowCount, 0);
});

const FORBIDDEN = {
  'change a table': 'ALTER TABLE messages ADD COLUMN x TEXT',
  'disable row-level security': 'ALTER TABLE messages DISABLE ROW LEVEL SECURITY',
  'drop a table': 'DROP TABLE live_log',
  'drop a policy': 'DROP POLICY of_tenant ON messages',
  'add a policy': 'CREATE POLICY all_of_it ON messages USING (true)',
  'truncate a table': 'TRUNCATE live_log',
  'make a table': 'CREATE TABLE mine (id TEXT)',
  'hide a table behind a temporary one': 'CREATE TEMPORARY TABLE tenants (id TEXT)',
  'become the owner': 'SET ROLE livery_owner',
  'become the superuser': 'SET SESSION AUTHORIZATION postgres',
  'give itself what it has not': 'ALTER ROLE livery_app BYPASSRLS',
  'hand on what it has': 'CREATE ROLE accomplice',
  'change a plan': 'UPDATE plans SET messages_monthly = 1000000',
  'write to the ledger': "INSERT INTO schema_migrations VALUES (99, 'x', 'x', 1)",
  'delete a message': 'DELETE FROM messages',
  'rewrite a message': "UPDATE messages SET text = 'X'",
  'rewrite a release': "UPDATE releases SET manifest = '{}'",
  'rewrite the audit log': "UPDATE audit_entries SET after = '{}'",
  'shorten the audit log': 'DELETE FROM audit_entries',
  'make an operator': `INSERT INTO operators VALUES ('${ADA}', 1)`,
  'read a file': "COPY plans FROM '/etc/passwd'",
  'run a program': "COPY plans TO PROGRAM 'true'",
};
for (const [what, sql] of Object.entries(FORBIDDEN)) {
  test(`livery_app can't ${what}`, () => refused(as({ tenant: ACME, directory: 'on' }, sql), /42501/));
}

test('livery_app that turns row-level security off gets an error and no rows', async () => {
  await refused(as({ tenant: ACME }, ['SET LOCAL row_security = off', 'SELECT * FROM messages']), /42501.*row-level security/);
});

test('no table may be referred to, truncated or given a trigger by livery_app', async () => {
  const { rows: found } = await owner.query(
    "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee IN ('livery_app', 'PUBLIC') AND table_schema = 'public' AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')");
  assert.deepEqual(found, []);
});

test('the owner, who is no superuser, sees no rows either', async () => {
  for (const table of CLOSED) assert.equal((await owner.query(`SELECT * FROM ${table}`)).rowCount, 0, table);
});

test('a seed leaves row-level security forced', async () => {
  await seed(target, join(ROOT, 'schema/demo/world.sql'));
  const { rows: [{ open }] } = await owner.query("SELECT COUNT(*)::int AS open FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT relforcerowsecurity");
  assert.equal(open, OPEN.length);
});
