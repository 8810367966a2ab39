// The functions on Workers' own runtime, by `wrangler dev`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeConfig } from './config.mjs';
import { ROOT, wranglerDev } from './wrangler.mjs';

/** Wrangler's own messages, and its failed look-ups of services that a local run does not need: no errors of the system. */
const NOISE = [/^\s*$/, /has access to the following bindings|Service bindings, Durable Object bindings|⛅|─{5}|╭|╰|│|⎔|Your Worker|env\.|Binding|Resource|wrangler:info|Ready on|Starting local|update available|workers\.cloudflare\.com|cf\.json|fetch failed|telemetry|No Worker|Using vars|Unable to fetch|Logs were written|"level":"info"/];

const isNoise = (line) => !line.includes('"level":"error"') && NOISE.some((pattern) => pattern.test(line));

const BEGINS = '⎔ Reloading local server';
const IS_READY = '⎔ Local server updated and ready';
/** Wrangler looks at its files every 2 s at the latest, then takes seconds on a slow machine. */
const RELOAD_MILLIS = 60_000;
/** If several Workers change at once there are several reloads, each within this time of the one before. */
const SETTLED_MILLIS = 700;

export async function startOnWorkers({ dir, port, config, database, log, verbose }) {
  const settings = { ...config, database: database.engine, postgresUrl: database.url };
  const write = () => writeConfig(ROOT, join(dir, 'config'), settings);
  const configs = write();
  const reloads = { begun: 0, done: 0 };
  const dev = wranglerDev({
    configs, port, data: join(dir, 'data'),
    onLine: (line) => {
      if (line.includes(BEGINS)) reloads.begun++;
      if (line.includes(IS_READY)) reloads.done++;
      if (verbose || !isNoise(line)) log(line);
    },
  });
  dev.runtime = 'workerd';
  // Wrangler watches the functions and its configuration, and keeps requests waiting while it reloads.
  dev.reload = async (names) => {
    const before = reloads.done;
    const texts = () => configs.map((path) => readFileSync(path, 'utf8')).join('');
    const configured = texts();
    write();
    if (names.length === 0 && texts() === configured) return;
    const until = Date.now() + RELOAD_MILLIS;
    const settled = () => reloads.done > before && reloads.done === reloads.begun;
    for (;;) {
      if (settled() && names.length > 1) await pause(SETTLED_MILLIS);
      if (settled() || dev.ended) return;
      if (Date.now() > until) throw new Error(`wrangler did not reload ${names.join(', ')} within ${RELOAD_MILLIS / 1000} s`);
      await pause(50);
    }
  };
  return dev;
}
