// One running system: every function under `wrangler dev`, with its own local data.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { migrate, seed } from '../schema/index.mjs';
import { writeConfig } from './config.mjs';
import { ROOT, wranglerDev } from './wrangler.mjs';

export { ROOT };

/** What each function answers without credentials; any of its own answers shows that it runs. */
const PROBES = ['/healthz', '/v1/me', '/v1/auth/login', '/v1/branding', '/v1/live', '/v1/conversations'];

/** Wrangler's own news, and its failed look-ups of services that a local run does not need: not our errors. */
const NOISE = [/^\s*$/, /has access to the following bindings|Service bindings, Durable Object bindings|⛅|─{5}|╭|╰|│|Your Worker|env\.|Binding|Resource|wrangler:info|Ready on|Starting local|update available|workers\.cloudflare\.com|cf\.json|fetch failed|telemetry|No Worker|Using vars|Unable to fetch|Logs were written|"level":"info"/];

const isNoise = (line) => !line.includes('"level":"error"') && NOISE.some((pattern) => pattern.test(line));

/** Applies the migrations and the demo world where the data does not have them yet. */
async function prepareData(dir, edgeConfig, seeds) {
  const persist = join(dir, 'data');
  const migrations = readdirSync(join(ROOT, 'schema/sqlite')).sort().map((name) => join(ROOT, 'schema/sqlite', name));
  const print = createHash('sha256');
  for (const path of [...migrations, ...seeds]) print.update(readFileSync(path));
  const wanted = print.digest('hex');
  const stamp = join(dir, 'data-prepared');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const target = { kind: 'd1', persist, config: edgeConfig };
  await migrate(target);
  if (seeds.length > 0) await seed(target, ...seeds);
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
  await prepareData(dir, configs[0], seeds);
  const dev = wranglerDev({
    configs, port, data: join(dir, 'data'),
    onLine: (line) => { if (verbose || !isNoise(line)) log(line); },
  });
  await dev.answering('acme.localhost', PROBES, (answer) => answer.status < 500 || answer.text.includes('"not_configured"'));
  return { port, dir, stop: dev.stop, kill: dev.kill, exited: dev.exited, lines: dev.lines };
}
