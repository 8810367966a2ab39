// Wrangler as a child process: one command to its end, or `wrangler dev` with everything that it starts.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { call } from './client.mjs';

export const ROOT = join(import.meta.dirname, '..', '..');

/** How long a cold workerd may take on a slow machine to start seven functions. */
const START_MILLIS = 120_000;
const REMEMBERED_LINES = 400;

// Local runs ask nobody outside: no statistics, no sample location.
const ENVIRONMENT = { CI: 'true', FORCE_COLOR: '0', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' };

function invocation(args, options) {
  return [process.execPath, [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), ...args], { cwd: ROOT, env: { ...process.env, ...ENVIRONMENT }, ...options }];
}

/** Runs a wrangler command to its end and gives what it printed; throws with its output where it fails. */
export function wrangler(...args) {
  const done = spawnSync(...invocation(args, { encoding: 'utf8' }));
  if (done.status !== 0) throw new Error(`wrangler ${args.slice(0, 3).join(' ')} failed:\n${done.stdout}\n${done.stderr}`);
  return done.stdout;
}

/**
 * Starts `wrangler dev` for the Workers of `configs`, the primary one first.
 * `stop()` ends every process of it, `kill()` without a chance to finish anything; `exited` resolves when it has ended.
 */
export function wranglerDev({ configs, port, data, onLine = () => {} }) {
  const child = spawn(...invocation([
    'dev', ...configs.flatMap((path) => ['-c', path]),
    '--port', String(port), '--ip', '127.0.0.1', '--inspector-port', '0',
    '--persist-to', data, '--show-interactive-dev-session=false',
  ], { stdio: ['ignore', 'pipe', 'pipe'], detached: true }));
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      for (const line of text.split('\n')) {
        lines.push(line);
        if (lines.length > REMEMBERED_LINES) lines.shift();
        onLine(line);
      }
    });
  }
  const dev = { lines, ended: false };
  dev.exited = new Promise((resolve) => child.once('exit', () => { dev.ended = true; resolve(); }));
  const signal = (name) => {
    // The whole group: wrangler, esbuild's service and workerd.
    try { process.kill(-child.pid, name); } catch { /* gone already */ }
  };
  // Also where this process ends while the system is still starting.
  process.once('exit', () => signal('SIGKILL'));
  dev.kill = async () => { signal('SIGKILL'); await dev.exited; };
  dev.stop = async () => {
    signal('SIGTERM');
    const late = setTimeout(() => signal('SIGKILL'), 5_000);
    await dev.exited;
    clearTimeout(late);
    signal('SIGKILL');
  };
  /** Waits until every path of `probes` gets an answer that `good` accepts; else ends the system and says what it logged. */
  dev.answering = async (host, probes, good) => {
    const until = Date.now() + START_MILLIS;
    for (const probe of probes) {
      for (;;) {
        const answer = await call(port, host, 'GET', probe, { timeout: 5_000 }).catch(() => undefined);
        if (answer && good(answer)) break;
        if (dev.ended || Date.now() > until) {
          await dev.kill();
          throw new Error(`${probe} did not answer ${dev.ended ? 'before wrangler dev ended' : `within ${START_MILLIS / 1000} s`}\n${lines.slice(-40).join('\n')}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  return dev;
}
