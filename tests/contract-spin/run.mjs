// The contract on Spin: builds the component beside this file, starts it with a database of its own, and runs every case
// as one test. `node tests/contract-spin/run.mjs [--database sqlite|postgres] [--case part-of-a-name]`
// `--build` builds and runs nothing; `--built` runs what was built.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '../../scripts/world/ports.mjs';
import { startPostgres } from '../../scripts/world/postgres.mjs';
import { spinUp, sqliteFile } from '../../scripts/world/spin.mjs';
import { option, runCases, sh } from '../contract/cases.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const database = option('database', 'sqlite');

/** Migrates a database to the newest schema. The owner's URL contains a password, so it goes through the environment. */
function migrate(args, env = {}) {
  const done = spawnSync(join(ROOT, 'scripts/migrate'), args, { encoding: 'utf8', env: { ...process.env, ...env } });
  if (done.status !== 0) throw new Error(`scripts/migrate ${args.join(' ')}\n${done.stdout}\n${done.stderr}`);
}

/** The variables of the component, and how its database ends. */
async function openDatabase(dir) {
  if (database === 'sqlite') {
    migrate(['--sqlite', sqliteFile(dir)]);
    return { variables: { livery_database: 'sqlite' }, stop: async () => {} };
  }
  if (database !== 'postgres') throw new Error(`--database is sqlite or postgres, not ${database}`);
  const postgres = await startPostgres({ dir: join(dir, 'postgres') });
  migrate(['--postgres'], { LIVERY_POSTGRES_OWNER_URL: postgres.ownerUrl });
  // Past PgBouncer: Spin has a pool of its own, and names its prepared statements.
  const url = postgres.directAppUrl;
  const variables = { livery_database: 'postgres', livery_postgres_url: url, livery_postgres_host: new URL(url).host };
  return { variables, stop: postgres.stop };
}

/** Starts the app on a free port with fresh data. `stop()` ends every process of it. */
async function start() {
  const dir = mkdtempSync(join(tmpdir(), 'livery-contract-'));
  const opened = await openDatabase(dir);
  const port = await freePort();
  const app = spinUp({ manifest: join(import.meta.dirname, 'spin.toml'), port, stateDir: dir, variables: opened.variables });
  const stop = async () => {
    await app.stop();
    await opened.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await app.answering('localhost', ['/names'], (answer) => answer.status === 200);
  } catch (fault) {
    await stop();
    throw fault;
  }
  return { port, lines: app.lines, runtime: app.runtime, stop };
}

/** Every case, and the behaviour that only a client can see. */
async function run() {
  const app = await start();
  await runCases(app, `on ${app.runtime} with ${database}`);

  test('a body goes out piece by piece', async () => {
    const from = Date.now();
    const pieces = await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: app.port, path: '/pieces' }, (incoming) => {
        const arrived = [];
        incoming.on('data', (piece) => arrived.push({ text: piece.toString(), after: Date.now() - from }));
        incoming.on('error', reject).on('end', () => resolve(arrived));
      }).on('error', reject);
    });
    assert.deepEqual(pieces.map((piece) => piece.text), ['0\n', '1\n', '2\n']);
    const [first, , last] = pieces;
    assert.ok(last.after - first.after > 700, `all within ${last.after - first.after} ms`);
  });
}

if (!process.argv.includes('--built')) sh('cargo build --release --locked --target wasm32-wasip2 -p livery-contract-spin');
if (!process.argv.includes('--build')) await run();
