// The contract inside workerd: builds the app beside this file, starts it with its own local D1 or Postgres, KV and Durable
// Objects, and runs every case as one test.
// `node tests/contract-workers/run.mjs [--database d1|postgres] [--case part-of-a-name]`
// `--build` builds and runs nothing; `--built` runs what was built.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../scripts/schema/index.mjs';
import { copyConfig, databaseFunctions } from '../../scripts/world/config.mjs';
import { freePort } from '../../scripts/world/ports.mjs';
import { startPostgres } from '../../scripts/world/postgres.mjs';
import { ROOT, wranglerDev } from '../../scripts/world/wrangler.mjs';
import { option, runCases, sh } from '../contract/cases.mjs';

const HERE = import.meta.dirname;
const database = option('database', 'd1');
/** The functions that the app calls. */
const BESIDE = ['objects', ...databaseFunctions(database)];

function build() {
  for (const name of BESIDE) if (!existsSync(join(ROOT, `functions/${name}/build/index.js`))) sh(`scripts/build ${name}`);
  sh('cargo build --release --locked --target wasm32-unknown-unknown -p livery-contract-workers');
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
  const wasm = readFileSync(join(target, 'wasm32-unknown-unknown/release/livery_contract_workers.wasm'));
  const print = createHash('sha256').update(wasm).update(readFileSync(join(ROOT, 'package.json'))).digest('hex');
  const stamp = join(HERE, 'build/.from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return;
  sh('worker-build --release', HERE);
  writeFileSync(stamp, print);
}

/** The database settings of the app's configuration, and how to stop the database. */
async function openDatabase(data) {
  if (database !== 'postgres') {
    await migrate({ kind: 'd1', persist: data });
    return { settings: { database }, stop: async () => {} };
  }
  const postgres = await startPostgres({ dir: join(data, 'postgres') });
  await migrate({ kind: 'postgres', url: postgres.ownerUrl, appPassword: postgres.appPassword });
  return { settings: { database, postgresUrl: postgres.appUrl }, stop: postgres.stop };
}

/** Starts the app on a free port with fresh data. `stop()` ends every process of it. */
async function start() {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'livery-contract-'));
  const opened = await openDatabase(data);
  const own = ['contract', join(HERE, 'wrangler.toml')];
  const sources = [own, ...BESIDE.map((name) => [name, join(ROOT, 'functions', name, 'wrangler.toml')])];
  const configs = sources.map(([name, source]) => copyConfig(name, source, data, opened.settings));
  const dev = wranglerDev({ configs, port, data });
  await dev.answering('localhost', ['/names'], (answer) => answer.status === 200);
  const stop = async () => {
    await dev.stop();
    await opened.stop();
    rmSync(data, { recursive: true, force: true });
  };
  return { port, lines: dev.lines, stop };
}

if (!process.argv.includes('--built')) build();
if (!process.argv.includes('--build')) await runCases(await start(), `in workerd with ${database}`);
