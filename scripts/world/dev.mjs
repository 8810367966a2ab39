// `scripts/dev` after everything is installed: Livery with its demo data until Ctrl-C.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildInto, watchSources } from '../functions/development.mjs';
import { look } from '../functions/sources.mjs';
import { Refusal } from '../schema/refusal.mjs';
import { isSpin } from './combination.mjs';
import { serveCustomers } from './customer.mjs';
import { PASSWORD, TENANTS, publishBrands } from './demo.mjs';
import { takeLockAs } from './lock.mjs';
import { mailSettings } from './mail.mjs';
import { ROOT, startSystem } from './system.mjs';

export async function main({ on, port, ownerUrl, watch, release, reset, verbose }) {
  const home = join(ROOT, '.livery');
  const dir = join(home, on);
  const served = join(dir, 'functions');
  const building = { runtime: isSpin(on) ? 'spin' : 'workers', profile: release ? 'release' : 'development' };
  let system;
  let stopping = false;
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    await system?.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));

  mkdirSync(home, { recursive: true });
  // Not in the folder itself, which --reset deletes. Kept until this process ends.
  takeLockAs(`./scripts/dev on port ${port}, process ${process.pid}`, join(home, `${on}.lock`), `the data in .livery/${on}`);
  if (reset) rmSync(dir, { recursive: true, force: true });
  try {
    // Sources that change during this build are built again afterwards.
    const sources = look(ROOT);
    if (!await buildInto(served, building)) throw new Refusal('the functions were not built');
    console.error('starting the functions');
    system = await startSystem({
      on, port, dir, verbose, seeds: [join(ROOT, 'schema/demo/world.sql')], postgresUrl: ownerUrl, config: { mail: mailSettings(), served },
    });
    console.error(`on ${system.runtime} with ${system.database.described}`);
    await publishBrands(port);
    await serveCustomers(port + 1, port);
    if (stopping) return;
    console.log(welcome(port, watch));
    if (watch) watchSources(sources, (paths) => rebuild(system, served, building, paths));
  } catch (fault) {
    if (stopping) return;
    console.error(fault.message);
    await stop(1);
  }
  await system.ended;
  if (stopping) return;
  console.error(`${system.runtime} ended by itself`);
  process.exit(1);
}

/** Builds what depends on the changed sources, and serves it. */
async function rebuild(system, served, building, paths) {
  const from = performance.now();
  const after = () => `after ${((performance.now() - from) / 1000).toFixed(1)} s`;
  console.error(`changed: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${paths.length - 3} more` : ''}`);
  try {
    const built = await buildInto(served, { ...building, quiet: true, widget: paths.some((path) => path.startsWith('shared/widget/')) });
    if (!built) return console.error(`not built, ${after()}: what was built before is still served`);
    const configured = paths.some((path) => /(wrangler|spin)\.toml$/.test(path));
    if (built.length === 0 && !configured) return console.error('no function depends on that');
    const builtAfter = after();
    await system.reload(built);
    console.error(built.length > 0 ? `${built.join(', ')} built ${builtAfter}, served ${after()}` : `configuration served ${after()}`);
  } catch (fault) {
    console.error(fault.message);
  }
}

const welcome = (port, watch) => `livery ready http://localhost:${port}

  a customer's page   http://localhost:${port + 1}/acme      http://localhost:${port + 1}/globex
  tenants             http://acme.localhost:${port}    http://globex.localhost:${port}
  owners              ${TENANTS.map((tenant) => `owner@${tenant}.test`).join('    ')}    password ${PASSWORD}

  Open a customer's page, then change the brand and watch the page:
    T=$(curl -s http://acme.localhost:${port}/v1/auth/login -H 'content-type: application/json' \\
        -d '{"email":"owner@acme.test","password":"${PASSWORD}"}' | sed 's/.*"access_token":"\\([^"]*\\).*/\\1/')
    curl -s -X PATCH http://acme.localhost:${port}/v1/branding -H "authorization: Bearer $T" -H 'if-match: *' \\
        -H 'content-type: application/merge-patch+json' \\
        -d '{"tokens":{"color":{"light":{"launcher":"#b3261e","header":"#7a1712"}}}}' > /dev/null
    curl -s -X POST http://acme.localhost:${port}/v1/branding/publish -H "authorization: Bearer $T"

  ${watch ? 'A source that changes is built again and served. ' : ''}Ctrl-C ends it.`;
