// `scripts/dev` after everything is built: the demo world until Ctrl-C.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { combination } from './combination.mjs';
import { serveCustomers } from './customer.mjs';
import { PASSWORD, TENANTS, publishBrands } from './demo.mjs';
import { mailSettings } from './mail.mjs';
import { ROOT, startSystem } from './system.mjs';

const { values } = parseArgs({ options: {
  on: { type: 'string' }, port: { type: 'string', default: '8787' }, reset: { type: 'boolean' }, verbose: { type: 'boolean' },
} });
const port = Number(values.port);
const on = combination(values.on);

let system;
let stopping = false;
const stop = async (code) => {
  if (stopping) return;
  stopping = true;
  await system?.stop();
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));

try {
  console.error('starting the functions');
  system = await startSystem({
    on, port, dir: join(ROOT, '.livery', on), reset: values.reset, verbose: values.verbose,
    seeds: [join(ROOT, 'schema/demo/world.sql')], postgresUrl: process.env.LIVERY_POSTGRES_OWNER_URL,
    config: { mail: mailSettings() },
  });
  console.error(`on ${system.runtime} with ${system.database.described}`);
  await publishBrands(port);
  await serveCustomers(port + 1, port);
} catch (fault) {
  if (!stopping) {
    console.error(fault.message);
    await stop(1);
  }
}

if (!stopping) {
  console.log(`livery ready http://localhost:${port}`);
  console.log(`
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

  Ctrl-C ends it.`);
  system.exited.then(() => {
    if (!stopping) {
      console.error(`${system.runtime} ended by itself`);
      process.exit(1);
    }
  });
}
