// Wrangler as a child process: one command to its end, or `wrangler dev` with everything that it starts.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startChild } from './child.mjs';

export const ROOT = join(import.meta.dirname, '..', '..');

// Local runs make no requests to other services: no statistics, no sample location.
const ENVIRONMENT = { CI: 'true', FORCE_COLOR: '0', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' };

function invocation(args, options) {
  return [process.execPath, [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), ...args], { cwd: ROOT, env: { ...process.env, ...ENVIRONMENT }, ...options }];
}

/** Runs a wrangler command to its end and returns what it printed; throws with its output if it fails. */
export function wrangler(...args) {
  const done = spawnSync(...invocation(args, { encoding: 'utf8' }));
  if (done.status !== 0) throw new Error(`wrangler ${args.slice(0, 3).join(' ')} failed:\n${done.stdout}\n${done.stderr}`);
  return done.stdout;
}

/** Starts `wrangler dev` for the Workers of `configs`, the primary one first: a child as `startChild` returns it. */
export function wranglerDev({ configs, port, data, onLine }) {
  const [command, args, { cwd, env }] = invocation([
    'dev', ...configs.flatMap((path) => ['-c', path]),
    '--port', String(port), '--ip', '127.0.0.1', '--inspector-port', '0',
    '--persist-to', data, '--show-interactive-dev-session=false',
  ]);
  // Where `wrangler dev` writes down which Workers run and finds those of others: systems that run at once have Workers of the same names.
  const own = { ...env, WRANGLER_REGISTRY_PATH: join(data, 'registry') };
  return startChild({ name: 'wrangler dev', command, args, cwd, env: own, port, onLine });
}
