// The contract inside workerd: builds the app beside this file, starts it with its own local D1, KV and Durable Objects,
// and runs every case as one test. `node tests/contract-workers/run.mjs [--case part-of-a-name]`
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { freePort } from '../../scripts/world/ports.mjs';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..', '..');
/** How long a cold workerd may take on a slow machine. */
const START_MILLIS = 120_000;
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

/** Node that wrangler can run on: the one that scripts/setup installed, where it did. */
function wrangler(...args) {
  const node = sh('command -v node');
  const env = { ...process.env, CI: 'true', FORCE_COLOR: '0', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' };
  return [node, [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), ...args], { cwd: ROOT, env }];
}

/** Starts the app on a free port with fresh data. `stop()` ends every process of it. */
async function start() {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'livery-contract-'));
  const [node, migrate, options] = wrangler('d1', 'migrations', 'apply', 'livery', '--local', '--persist-to', data, '-c', 'wrangler.toml');
  const migrated = spawnSync(node, migrate, { ...options, encoding: 'utf8' });
  if (migrated.status !== 0) throw new Error(`migrations failed\n${migrated.stdout}\n${migrated.stderr}`);
  const [command, args, settings] = wrangler(
    'dev', '-c', 'tests/contract-workers/wrangler.toml', '-c', 'functions/objects/wrangler.toml',
    '--port', String(port), '--ip', '127.0.0.1', '--inspector-port', '0', '--persist-to', data,
    '--show-interactive-dev-session=false',
  );
  const child = spawn(command, args, { ...settings, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => lines.push(text));
  let ended = false;
  const exited = new Promise((resolve) => child.once('exit', () => { ended = true; resolve(); }));
  const signal = (name) => {
    // The whole group: wrangler, esbuild's service and workerd.
    try { process.kill(-child.pid, name); } catch { /* gone already */ }
  };
  const stop = async () => {
    signal('SIGTERM');
    const late = setTimeout(() => signal('SIGKILL'), 5_000);
    await exited;
    clearTimeout(late);
    signal('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  const until = Date.now() + START_MILLIS;
  for (;;) {
    const answer = await call(port, 'localhost', 'GET', '/names', { timeout: 5_000 }).catch(() => undefined);
    if (answer?.status === 200) return { port, names: answer.json(), stop, output: () => lines.join('') };
    if (ended || Date.now() > until) {
      await stop();
      throw new Error(`wrangler dev did not start\n${lines.join('')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
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
