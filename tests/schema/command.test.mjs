// scripts/migrate as a command, as operators and deployments run it, and the role that it makes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrate } from '../../scripts/schema/index.mjs';
import { ROOT, folder, postgres } from './stage.mjs';

const dir = folder();
const stage = await postgres();

function run(args, env = {}) {
  const clean = { ...process.env };
  for (const name of ['LIVERY_POSTGRES_OWNER_URL', 'LIVERY_POSTGRES_APP_PASSWORD']) delete clean[name];
  const done = spawnSync(join(ROOT, 'scripts/migrate'), args, { cwd: dir, encoding: 'utf8', env: { ...clean, ...env } });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

test('a file is migrated from wherever one stands, and the status tells before and after', () => {
  const before = run(['--sqlite', 'here.db', '--status']);
  assert.deepEqual([before.code, before.out.split('\n')[0]], [1, '0001_foundation  pending']);
  const done = run(['--sqlite', 'here.db', '--seed', join(ROOT, 'schema/demo/world.sql')]);
  assert.equal(done.code, 0, done.err);
  assert.match(done.out, /^applied 0001_foundation\napplied 0002_counters_and_live_log\napplied 0003_people_and_access\nup to date: 0003/);
  const after = run(['--sqlite', 'here.db', '--status']);
  assert.equal(after.code, 0);
  assert.match(after.out, /^0001_foundation {2}applied 20\d\d-/);
});

test('what is misspelt is told, with 2, and changes nothing', () => {
  for (const [args, why] of [
    [[], /name a target/], [['--sqlite', 'a.db', '--d1'], /one target at a time: --sqlite, --d1/],
    [['--mysql'], /--mysql/], [['--sqlite'], /--sqlite/], [['--postgres'], /LIVERY_POSTGRES_OWNER_URL/], [['extra'], /extra/],
  ]) {
    const done = run(args);
    assert.equal(done.code, 2, args.join(' '));
    assert.match(done.err, why);
    assert.doesNotMatch(done.err, /\n\s+at /, 'no stack');
  }
  assert.equal(run(['--help']).code, 0);
});

test('what can not be reached or read is told in words, without the password', async () => {
  const secret = 'hunter2-hunter2';
  const closed = run(['--postgres'], { LIVERY_POSTGRES_OWNER_URL: `postgres://livery_owner:${secret}@127.0.0.1:9/livery` });
  const wrong = run(['--postgres'], { LIVERY_POSTGRES_OWNER_URL: stage.server.ownerUrl.replace(/:[0-9a-f]{48}@/, `:${secret}@`) });
  const nonsense = run(['--postgres'], { LIVERY_POSTGRES_OWNER_URL: `postgres://${secret}@[/x` });
  const directory = run(['--sqlite', dir]);
  writeFileSync(join(dir, 'not-a.db'), 'this is no database, but long enough to be taken for one: '.repeat(40));
  const text = run(['--sqlite', 'not-a.db']);
  const missing = run(['--postgres-url-file', 'nowhere']);
  for (const done of [closed, wrong, nonsense, directory, text, missing]) {
    assert.equal(done.code, 1, done.err);
    assert.doesNotMatch(done.err, /\n\s+at |hunter2/);
    assert.ok(done.err.trim().length > 20, done.err);
  }
});

test('the role of the functions is made with the given password, kept without one, and renewed with another', async () => {
  const owner = await stage.connect(stage.server.ownerUrl);
  await owner.query('DROP ROLE livery_app');
  const { target } = await stage.database();
  await assert.rejects(migrate(target), /role livery_app does not exist: give the password/);
  const url = join(dir, 'owner-url');
  writeFileSync(url, `${target.url}\n`, { mode: 0o600 });
  const password = "it's \\ a $pass:word";
  assert.equal(run(['--postgres-url-file', url], { LIVERY_POSTGRES_APP_PASSWORD: password }).code, 0);
  const as = (secret) => stage.connect(target.url.replace(/\/\/.*@/, `//livery_app:${encodeURIComponent(secret)}@`));
  const plans = 'SELECT COUNT(*)::int AS n FROM plans';
  assert.deepEqual((await (await as(password)).query(plans)).rows, [{ n: 7 }]);
  assert.equal(run(['--postgres'], { LIVERY_POSTGRES_OWNER_URL: target.url }).code, 0);
  await as(password);
  await migrate({ ...target, appPassword: 'another' });
  await as('another');
  await assert.rejects(as(password), /password authentication failed/);
  const bad = run(['--postgres'], { LIVERY_POSTGRES_OWNER_URL: target.url, LIVERY_POSTGRES_APP_PASSWORD: 'pässword' });
  assert.deepEqual([bad.code, /printable ASCII only/.test(bad.err)], [1, true]);
});

test('who may not make the role is told so, and nothing is left', async () => {
  const { ownerUrl } = await stage.database();
  const owner = await stage.connect(ownerUrl);
  await owner.query("CREATE ROLE modest LOGIN PASSWORD 'modest'; GRANT ALL ON SCHEMA public TO modest");
  const url = ownerUrl.replace(/\/\/.*@/, '//modest:modest@');
  await assert.rejects(migrate({ kind: 'postgres', url, appPassword: 'x' }), /role livery_app can't be changed: .*Connect as a role with CREATEROLE/s);
  assert.equal((await owner.query("SELECT to_regclass('schema_migrations') AS ledger")).rows[0].ledger, null);
});

test('a role that could bypass row-level security is refused', async () => {
  const { target } = await stage.database();
  const owner = await stage.connect(target.url);
  await owner.query('GRANT livery_owner TO livery_app');
  try {
    await assert.rejects(migrate(target), /livery_app may do what no function may/);
  } finally {
    await owner.query('REVOKE livery_owner FROM livery_app');
  }
});

test('the functions can read the ledger before any migration lets them', async () => {
  const { target, appUrl } = await stage.database();
  const files = join(dir, 'first-only');
  cpSync(join(ROOT, 'schema/postgres/0001_foundation.sql'), join(files, '0001_foundation.sql'));
  await migrate({ ...target, folder: files, appPassword: stage.server.appPassword });
  const app = await stage.connect(appUrl);
  assert.deepEqual((await app.query('SELECT MAX(number) AS number FROM schema_migrations')).rows, [{ number: '1' }]);
});

test('a migration that would change only the rows it can see fails instead', async () => {
  const { target } = await stage.database();
  await migrate(target);
  const files = join(dir, 'with-data');
  cpSync(join(ROOT, 'schema/postgres'), files, { recursive: true });
  writeFileSync(join(files, '0004_data.sql'), "UPDATE tenants SET name = 'x';\n");
  await assert.rejects(migrate({ ...target, folder: files }), /0004_data\.sql, line 1: .*row-level security/s);
});

test('a table that is kept busy is not waited for longer than requests can bear', async () => {
  const { target } = await stage.database();
  await migrate(target);
  const files = join(dir, 'with-lock');
  cpSync(join(ROOT, 'schema/postgres'), files, { recursive: true });
  writeFileSync(join(files, '0004_wider.sql'), 'ALTER TABLE plans ADD COLUMN note TEXT;\n');
  const busy = await stage.connect(target.url);
  await busy.query('BEGIN');
  await busy.query('SELECT * FROM plans');
  await assert.rejects(migrate({ ...target, folder: files }), /0004_wider\.sql, line 1: .*another transaction kept this table for 5s/s);
  await busy.query('ROLLBACK');
  await migrate({ ...target, folder: files });
});
