// The contract inside workerd: builds the app beside this file, starts it with its own local D1, KV and Durable Objects,
// and runs every case as one test. `node tests/contract-workers/run.mjs [--case part-of-a-name]`
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../scripts/schema/index.mjs';
import { freePort } from '../../scripts/world/ports.mjs';
import { ROOT, wranglerDev } from '../../scripts/world/wrangler.mjs';
import { runCases, sh } from '../contract/cases.mjs';

const HERE = import.meta.dirname;

function build() {
  if (!existsSync(join(ROOT, 'functions/objects/build/index.js'))) sh('scripts/build objects');
  sh('cargo build --release --locked --target wasm32-unknown-unknown -p livery-contract-workers');
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
  const wasm = readFileSync(join(target, 'wasm32-unknown-unknown/release/livery_contract_workers.wasm'));
  const print = createHash('sha256').update(wasm).update(readFileSync(join(ROOT, 'package.json'))).digest('hex');
  const stamp = join(HERE, 'build/.from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return;
  sh('worker-build --release', HERE);
  writeFileSync(stamp, print);
}

/** Starts the app on a free port with fresh data. `stop()` ends every process of it. */
async function start() {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'livery-contract-'));
  await migrate({ kind: 'd1', persist: data });
  const dev = wranglerDev({ configs: ['tests/contract-workers/wrangler.toml', 'functions/objects/wrangler.toml'], port, data });
  await dev.answering('localhost', ['/names'], (answer) => answer.status === 200);
  const stop = async () => {
    await dev.stop();
    rmSync(data, { recursive: true, force: true });
  };
  return { port, lines: dev.lines, stop };
}

build();
await runCases(await start(), 'in workerd');
