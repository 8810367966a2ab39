// The contract inside workerd: builds the app beside this file, starts it with its own local D1, KV and Durable Objects,
// and runs every case as one test. `node tests/contract-workers/run.mjs [--case part-of-a-name]`
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { freePort } from '../../scripts/world/ports.mjs';
import { ROOT, wrangler, wranglerDev } from '../../scripts/world/wrangler.mjs';

const HERE = import.meta.dirname;
/** The slowest case publishes 67 releases one after the other. */
const CASE_MILLIS = 60_000;

const only = process.argv.includes('--case') ? process.argv[process.argv.indexOf('--case') + 1] : '';

/** Runs a shell command with the project's own tools; its output is shown only where it fails. */
function sh(command, cwd = ROOT) {
  const done = spawnSync('bash', ['-c', `. "${ROOT}/scripts/environment" && ${command}`], { cwd, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command}\n${done.stdout}\n${done.stderr}`);
  return done.stdout.trim();
}

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
  wrangler('d1', 'migrations', 'apply', 'livery', '--local', '--persist-to', data, '-c', 'wrangler.toml');
  const dev = wranglerDev({ configs: ['tests/contract-workers/wrangler.toml', 'functions/objects/wrangler.toml'], port, data });
  await dev.answering('localhost', ['/names'], (answer) => answer.status === 200);
  const names = (await call(port, 'localhost', 'GET', '/names')).json();
  const stop = async () => {
    await dev.stop();
    rmSync(data, { recursive: true, force: true });
  };
  return { port, names, stop, output: () => dev.lines.join('\n') };
}

build();
const app = await start();
// However this process ends, workerd ends with it.
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => app.stop().then(() => process.exit(1)));

const chosen = app.names.filter((name) => name.includes(only));
let failed = 0;

before(() => {
  if (chosen.length === 0) throw new Error(`no case has ${only} in its name`);
});
after(async () => {
  await app.stop();
  console.log(`contract in workerd: ${chosen.length - failed} of ${chosen.length} cases hold`);
});

for (const name of chosen) {
  test(name, { timeout: CASE_MILLIS }, async () => {
    const answer = await call(app.port, 'localhost', 'POST', `/run/${name}`, { timeout: CASE_MILLIS });
    if (answer.status === 200) return;
    failed += 1;
    const said = app.output().split('\n').filter((line) => /error|exception/i.test(line)).slice(-5).join('\n');
    throw new Error(`${answer.status}: ${answer.text}${answer.status >= 500 ? `\n${said}` : ''}`);
  });
}
