// One running system: every function under `wrangler dev`, with its own local data.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { call } from './client.mjs';
import { writeConfig } from './config.mjs';

export const ROOT = join(import.meta.dirname, '..', '..');

/** How long a cold workerd may take on a slow machine to start seven functions. */
const START_MILLIS = 120_000;

/** Wrangler's own news, and its failed look-ups of services that a local run does not need: not our errors. */
const NOISE = [/^\s*$/, /has access to the following bindings|Service bindings, Durable Object bindings|⛅|─{5}|╭|╰|│|Your Worker|env\.|Binding|Resource|wrangler:info|Ready on|Starting local|update available|workers\.cloudflare\.com|cf\.json|fetch failed|telemetry|No Worker|Using vars|Unable to fetch|Logs were written|"level":"info"/];

function wrangler(args, options = {}) {
  return [process.execPath, [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), ...args], {
    cwd: ROOT,
    env: { ...process.env, CI: 'true', FORCE_COLOR: '0', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
    ...options,
  }];
}

function run(args) {
  const done = spawnSync(...wrangler(args, { encoding: 'utf8' }));
  if (done.status !== 0) throw new Error(`wrangler ${args.slice(0, 3).join(' ')} failed:\n${done.stdout}\n${done.stderr}`);
}

/** Applies the migrations and the demo world where the data does not have them yet. */
function prepareData(dir, edgeConfig, seeds) {
  const persist = join(dir, 'data');
  const migrations = readdirSync(join(ROOT, 'schema/sqlite')).sort().map((name) => join(ROOT, 'schema/sqlite', name));
  const print = createHash('sha256');
  for (const path of [...migrations, ...seeds]) print.update(readFileSync(path));
  const wanted = print.digest('hex');
  const stamp = join(dir, 'data-prepared');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const local = ['livery', '--local', '--persist-to', persist, '-c', edgeConfig];
  run(['d1', 'migrations', 'apply', ...local]);
  for (const seed of seeds) run(['d1', 'execute', ...local, '--yes', '--file', seed]);
  writeFileSync(stamp, wanted);
}

/**
 * Starts a system on `port` with its data in `dir` and resolves once every function answers.
 * `stop()` ends every process of it; `kill()` does so without a chance to finish anything.
 */
export async function startSystem({ port, dir, reset = false, seeds = [], verbose = false, log = console.error, config = {} }) {
  if (reset) rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const configs = writeConfig(ROOT, join(dir, 'config'), config);
  prepareData(dir, configs[0], seeds);
  const child = spawn(...wrangler([
    'dev', ...configs.flatMap((path) => ['-c', path]),
    '--port', String(port), '--ip', '127.0.0.1', '--inspector-port', '0',
    '--persist-to', join(dir, 'data'), '--show-interactive-dev-session=false',
  ], { stdio: ['ignore', 'pipe', 'pipe'], detached: true }));
  let ended = false;
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      for (const line of text.split('\n')) {
        lines.push(line);
        if (lines.length > 400) lines.shift();
        if (verbose || !NOISE.some((pattern) => pattern.test(line))) log(line);
      }
    });
  }
  const exited = new Promise((resolve) => child.once('exit', () => { ended = true; resolve(); }));
  const signal = (name) => {
    // The whole group: wrangler, esbuild's service and workerd.
    try { process.kill(-child.pid, name); } catch { /* gone already */ }
  };
  const kill = async () => { signal('SIGKILL'); await exited; };
  const stop = async () => {
    signal('SIGTERM');
    const late = setTimeout(() => signal('SIGKILL'), 5_000);
    await exited;
    clearTimeout(late);
    signal('SIGKILL');
  };
  try {
    await answering(port, () => ended);
  } catch (fault) {
    await kill();
    throw new Error(`${fault.message}\n${lines.slice(-40).join('\n')}`);
  }
  return { port, dir, pid: child.pid, stop, kill, exited, lines };
}

/** Waits until the edge and, through it, each function answers something of its own. */
async function answering(port, ended) {
  const until = Date.now() + START_MILLIS;
  // What each answers without credentials: any answer but 502, 503 and 500 shows that it runs.
  const probes = ['/healthz', '/v1/me', '/v1/auth/login', '/v1/branding', '/v1/live', '/v1/conversations'];
  for (const probe of probes) {
    for (;;) {
      if (ended()) throw new Error('wrangler dev ended before it was ready');
      const answer = await call(port, 'acme.localhost', 'GET', probe, { timeout: 5_000 }).catch(() => undefined);
      if (answer && (answer.status < 500 || answer.text.includes('"not_configured"'))) break;
      if (Date.now() > until) throw new Error(`${probe} did not answer within ${START_MILLIS / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
