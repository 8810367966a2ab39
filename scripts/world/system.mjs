// One running system: every function on its runtime, with its database and its own local data.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { combination, isPostgres, isSpin } from './combination.mjs';
import { openD1, openPostgres, openSqlite } from './database.mjs';
import { startOnSpin } from './on-spin.mjs';
import { startOnWorkers } from './on-workers.mjs';
import { ROOT } from './wrangler.mjs';

export { ROOT };

/** A request without credentials for each function; any answer of the function itself shows that it runs. */
const PROBES = ['/healthz', '/v1/me', '/v1/auth/login', '/v1/branding', '/v1/live', '/v1/conversations', '/sign-in'];
const isOwnAnswer = (answer) => answer.status < 500 || answer.text.includes('"not_configured"');

/**
 * Starts a system on `port` with its data in `dir` and resolves once every function answers.
 *
 * `on` is one of COMBINATIONS. `postgresUrl` names a Postgres to use, as its owner, instead of a private one.
 * `config` has `environment`, `signingKeys`, `mail`, a provider's settings, `served`, where the functions are that run, unless they are
 * those of a release, and on Spin `clientAddressHeader` and `spinOptions`, words for its command line. `stop()` ends every process of it;
 * `kill()` kills them, the private Postgres included; `runtime` says what it runs on. `reload(names)` lets it serve new builds of the
 * functions of those names; `ended` resolves when the runtime has ended and is not started again.
 */
export async function startSystem({
  on = combination(), port, dir, seeds = [], verbose = false, log = console.error, config = {}, postgresUrl,
}) {
  mkdirSync(dir, { recursive: true });
  const open = isPostgres(on) ? openPostgres : isSpin(on) ? openSqlite : openD1;
  const database = await open({ dir, seeds, log, url: postgresUrl });
  try {
    const start = isSpin(on) ? startOnSpin : startOnWorkers;
    let running;
    let replaced;
    let tellEnd;
    const ended = new Promise((resolve) => { tellEnd = resolve; });
    const begin = async () => {
      const begun = await start({ dir, port, config, database, log, verbose });
      begun.exited.then(() => { if (begun === running && begun !== replaced) tellEnd(); });
      await begun.answering('acme.localhost', PROBES, isOwnAnswer);
      return begun;
    };
    running = await begin();
    const both = (end) => async () => { await running[end](); await database[end](); };
    const reload = async (names) => {
      if (running.reload) return running.reload(names);
      replaced = running;
      await running.stop();
      running = await begin();
    };
    return {
      on, port, dir, database, runtime: running.runtime, reload, ended, stop: both('stop'), kill: both('kill'),
      get pid() { return running.pid; },
      get exited() { return running.exited; },
      get lines() { return running.lines; },
    };
  } catch (fault) {
    await database.kill();
    throw fault;
  }
}
