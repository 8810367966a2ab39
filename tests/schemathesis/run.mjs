// Schemathesis (PyPI) against the running system: every operation of the OpenAPI document with data that fits and data that
// does not, all of its checks. `node tests/schemathesis/run.mjs [option of schemathesis]…`, on a system of with-system.mjs.
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PORT, hostOf, send, signIn, visitor } from '../e2e/scenario.mjs';
import { call } from '../../scripts/world/client.mjs';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM = join(ROOT, '.tools/python/bin/schemathesis');
const TENANT = 'acme';

const document = (await send(TENANT, 'GET', '/openapi.json')).json();
const members = await signIn(TENANT);
const made = await send(TENANT, 'POST', '/v1/api-keys', {
  headers: members, body: { name: 'schemathesis', scopes: ['tenant.read', 'usage.read', 'flags.read', 'brand.read', 'members.read', 'audit.read'] },
});
if (made.status !== 201) throw new Error(`a key for the tests: ${made.status} ${made.text}`);
const guest = await visitor(TENANT);
const operator = await call(PORT, 'localhost', 'POST', '/v1/auth/login', { body: { email: 'operator@livery.test', password: 'livery-demo' } });
if (operator.status !== 200) throw new Error(`an operator for the tests: ${operator.status} ${operator.text}`);

const env = {
  ...process.env,
  LIVERY_ACCESS_TOKEN: members.authorization.slice(7),
  LIVERY_API_KEY: made.json().key,
  LIVERY_EMBED_SESSION: guest.session_token,
  LIVERY_OPERATOR_TOKEN: operator.json().access_token,
};

/** The operations that the platform's own host has, and the rest: a request names one host. */
const isPlatforms = (operation) => operation.security?.some((one) => 'operator_token' in one) || operation['x-livery-host'] === 'platform';
/** What ends or changes the very credentials that all the others need. These run last, by themselves. */
const endsCredentials = (path) => /^\/v1\/auth\//.test(path);
/** What closes the tenant for all the others: the very last. */
const closesTenant = (path) => path === '/v1/tenant/status';

function part(keep) {
  const paths = {};
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) if (keep(path, operation)) (paths[path] ??= {})[method] = operation;
  }
  return { ...document, paths };
}

async function run(name, host, keep) {
  const dir = mkdtempSync(join(tmpdir(), 'livery-schemathesis-'));
  const schema = join(dir, 'openapi.json');
  const wanted = part(keep);
  writeFileSync(schema, JSON.stringify(wanted));
  console.log(`\n${name}: ${Object.values(wanted.paths).flatMap(Object.keys).length} operations at ${host}`);
  const args = ['--config-file', join(import.meta.dirname, 'schemathesis.toml'), 'run', schema, '--url', `http://127.0.0.1:${PORT}`,
    '--header', `Host: ${host}:${PORT}`, '--checks', 'all', '--max-examples', '12', '--no-color', ...process.argv.slice(2)];
  const child = spawn(PROGRAM, args, { stdio: 'inherit', env, cwd: dir });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', done);
  });
}

const codes = [
  await run('a tenant', hostOf(TENANT), (path, operation) => !isPlatforms(operation) && !endsCredentials(path) && !closesTenant(path)),
  await run('the platform', 'localhost', (path, operation) => isPlatforms(operation) && !endsCredentials(path)),
  await run('the life of a tenant', hostOf(TENANT), closesTenant),
  await run('accounts', hostOf(TENANT), (path, operation) => !isPlatforms(operation) && endsCredentials(path)),
];
if (codes.some((code) => code !== 0)) process.exit(1);
