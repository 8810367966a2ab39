// The private Postgres of development and tests: what it keeps, which connections it refuses, and that it leaves no process behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { startPostgres } from '../../scripts/world/postgres.mjs';
import { processesWithin } from '../../scripts/world/processes.mjs';
import { folder } from './stage.mjs';

const dir = join(folder(), 'postgres');

async function asked(url, sql) {
  const client = new pg.Client({ connectionString: url });
  // The statement tells it too.
  client.on('error', () => {});
  await client.connect();
  try { return (await client.query(sql)).rows; } finally { await client.end(); }
}
const until = async (good, millis) => {
  for (const end = Date.now() + millis; Date.now() < end;) {
    if (await good()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
};
/** Another process that keeps the cluster; resolves with the cluster's description once it runs. */
async function elsewhere() {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', `
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, '../../scripts/world/postgres.mjs'))};
    console.log(JSON.stringify(await startPostgres({ dir: ${JSON.stringify(dir)} })));
    setInterval(() => {}, 1000);`], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.gone = new Promise((resolve) => child.once('exit', resolve));
  const [line] = await Promise.race([new Promise((resolve) => child.stdout.once('data', (text) => resolve([text]))), child.gone.then(() => [])]);
  assert.ok(line, 'it started');
  return { child, server: JSON.parse(line) };
}

test('what was answered survives a kill, and the ports stay', async () => {
  const first = await startPostgres({ dir });
  await asked(first.ownerUrl, 'CREATE TABLE kept (n INTEGER); INSERT INTO kept SELECT generate_series(1, 1000)');
  await first.kill();
  assert.deepEqual(processesWithin(dir), []);
  const second = await startPostgres({ dir });
  assert.deepEqual([second.ownerUrl, second.appUrl], [first.ownerUrl, first.appUrl]);
  assert.deepEqual(await asked(second.ownerUrl, 'SELECT COUNT(*)::int AS n FROM kept'), [{ n: 1000 }]);
  assert.deepEqual(await asked(second.ownerUrl, "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name"),
    [{ name: 'fsync', setting: 'on' }, { name: 'full_page_writes', setting: 'on' }, { name: 'synchronous_commit', setting: 'on' }]);
  await second.stop();
  assert.deepEqual(processesWithin(dir), [], 'nothing is left behind');
});

test('a cluster whose folder was removed under it can still be stopped', async () => {
  const lost = join(folder(), 'postgres');
  const server = await startPostgres({ dir: lost });
  const ids = processesWithin(lost);
  assert.ok(ids.length > 2);
  rmSync(lost, { recursive: true, force: true });
  await server.stop();
  assert.deepEqual(ids.filter((id) => { try { process.kill(id, 0); return true; } catch { return false; } }), []);
});

test('a second start in the same folder is refused while the first one runs', async () => {
  const first = await startPostgres({ dir });
  await assert.rejects(startPostgres({ dir }), /is in use: another process runs the Postgres in it/);
  assert.equal((await asked(first.appUrl, 'SELECT 1 AS n'))[0].n, 1, 'the first one is not disturbed');
  await first.stop();
});

test('the process that started it may be killed: no process is left, and the next start finds all data', async () => {
  const { child } = await elsewhere();
  await assert.rejects(startPostgres({ dir }), /is in use/);
  child.kill('SIGKILL');
  await child.gone;
  const next = await startPostgres({ dir });
  assert.deepEqual(await asked(next.ownerUrl, 'SELECT COUNT(*)::int AS n FROM kept'), [{ n: 1000 }]);
  await next.stop();
  const again = await elsewhere();
  again.child.kill('SIGKILL');
  assert.ok(await until(() => processesWithin(dir).length === 0, 20_000), 'all of it ended by itself');
});

test('where every one of its processes was killed the next start goes on', async () => {
  const { child, server } = await elsewhere();
  const writing = asked(server.ownerUrl, 'INSERT INTO kept SELECT generate_series(1, 5000000)').catch(() => 'cut off');
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill('SIGKILL');
  for (const id of processesWithin(dir)) process.kill(id, 'SIGKILL');
  assert.equal(await writing, 'cut off');
  const next = await startPostgres({ dir });
  assert.deepEqual(await asked(next.ownerUrl, 'SELECT COUNT(*)::int AS n FROM kept'), [{ n: 1000 }]);
  await next.stop();
});

test('a thousand clients at once are queued before few connections, and none is refused', async () => {
  const server = await startPostgres({ dir, poolSize: 5 });
  const clients = Array.from({ length: 1000 }, () => new pg.Client({ connectionString: server.appUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  const backends = await Promise.all(clients.map(async (client) => (await client.query('SELECT pg_backend_pid() AS id')).rows[0].id));
  assert.ok(new Set(backends).size <= 5, `${new Set(backends).size} connections`);
  await Promise.all(clients.map((client) => client.end()));
  await server.stop();
});

test('a wrong password, and the superuser, are refused at both doors', async () => {
  const server = await startPostgres({ dir });
  for (const url of [server.appUrl, server.directAppUrl]) {
    await assert.rejects(asked(url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'SELECT 1'), /password authentication failed/);
    await assert.rejects(asked(url.replace('livery_app', 'postgres'), 'SELECT 1'));
  }
  await server.stop();
});

test('secrets are not readable for other users, and are in no command line', async () => {
  const server = await startPostgres({ dir });
  for (const file of ['secrets.json', 'cluster/pgbouncer/users.txt', 'cluster/postgres/pg_hba.conf', 'cluster/postgres.log']) {
    assert.equal(statSync(join(dir, file)).mode & 0o077, 0, file);
  }
  if (process.platform === 'linux') {
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      let words = '';
      try { words = readFileSync(`/proc/${id}/cmdline`, 'utf8'); } catch { /* ended */ }
      assert.ok(!words.includes(server.appPassword), words);
    }
  }
  await server.stop();
});
