// The functions on Workers' own runtime, by `wrangler dev`.
import { join } from 'node:path';
import { writeConfig } from './config.mjs';
import { ROOT, wranglerDev } from './wrangler.mjs';

/** Wrangler's own news, and its failed look-ups of services that a local run does not need: not our errors. */
const NOISE = [/^\s*$/, /has access to the following bindings|Service bindings, Durable Object bindings|⛅|─{5}|╭|╰|│|Your Worker|env\.|Binding|Resource|wrangler:info|Ready on|Starting local|update available|workers\.cloudflare\.com|cf\.json|fetch failed|telemetry|No Worker|Using vars|Unable to fetch|Logs were written|"level":"info"/];

const isNoise = (line) => !line.includes('"level":"error"') && NOISE.some((pattern) => pattern.test(line));

export async function startOnWorkers({ dir, port, config, database, log, verbose }) {
  const configs = writeConfig(ROOT, join(dir, 'config'), { ...config, database: database.engine, postgresUrl: database.url });
  const dev = wranglerDev({
    configs, port, data: join(dir, 'data'),
    onLine: (line) => { if (verbose || !isNoise(line)) log(line); },
  });
  dev.runtime = 'workerd';
  return dev;
}
