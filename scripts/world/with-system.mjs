// Runs a command against a fresh system of its own: `node scripts/world/with-system.mjs [--seed FILE]… -- command…`.
// The command finds the system's port in LIVERY_BASE_PORT and its data in LIVERY_DATA; the customer's page is on the next
// port. LIVERY_ON chooses the runtime and the database.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveCustomers } from './customer.mjs';
import { publishBrands } from './demo.mjs';
import { freePort } from './ports.mjs';
import { ROOT, startSystem } from './system.mjs';

const split = process.argv.indexOf('--');
const options = process.argv.slice(2, split);
const [command, ...args] = process.argv.slice(split + 1);
const seeds = options.filter((_, n) => options[n - 1] === '--seed');

const dir = mkdtempSync(join(tmpdir(), 'livery-'));
const port = await freePort();
let system;
const end = async (code) => {
  await system?.stop();
  rmSync(dir, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(130));
try {
  const from = Date.now();
  system = await startSystem({ port, dir, seeds: [join(ROOT, 'schema/demo/world.sql'), ...seeds], log: () => {} });
  await publishBrands(port);
  await serveCustomers(port + 1, port);
  console.log(`system ready on ${system.on} (${system.runtime}), port ${port}, after ${((Date.now() - from) / 1000).toFixed(1)} s`);
} catch (fault) {
  console.error(fault.message);
  await end(1);
}
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, LIVERY_BASE_PORT: String(port), LIVERY_DATA: dir } });
child.on('exit', (code, signal) => end(signal ? 1 : code));
