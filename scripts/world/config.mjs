// The wrangler files of one running system: the committed ones, with absolute paths and development's settings.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { signingKeys as keysIn } from './keys.mjs';
import { SENDERS } from './mail.mjs';

export const FUNCTIONS = ['embed', 'live', 'objects', 'auth', 'admin', 'theme', 'console'];

/** Writes the configuration into `dir` and returns the paths, the primary Worker's first. With `database: 'postgres'`, the data is at `postgresUrl`. `mail` has the settings of a provider: LIVERY_MAIL_URL and so on. `served` is a folder with the built functions, one folder each, if others than the release builds are to run.
 */
export function writeConfig(root, dir, { environment = 'development', signingKeys, mail = {}, database = 'd1', postgresUrl, served } = {}) {
  mkdirSync(dir, { recursive: true });
  signingKeys ??= keysIn(dir);
  const vars = [`LIVERY_ENVIRONMENT = ${JSON.stringify(environment)}`];
  // A TOML basic string has JSON's escapes.
  const variable = ([name, value]) => `${name} = ${JSON.stringify(value)}`;
  if (signingKeys) vars.push(variable(['LIVERY_SIGNING_KEYS', signingKeys]));
  const mailVars = Object.entries(mail).map(variable);
  const sources = [['edge', join(root, 'wrangler.toml')]];
  for (const name of databaseFunctions(database)) sources.push([name, join(root, 'functions', name, 'wrangler.toml')]);
  for (const name of FUNCTIONS) sources.push([name, join(root, 'functions', name, 'wrangler.toml')]);
  // Only the platform's settings have keys; the objects need none.
  return sources.map(([name, source]) => copyConfig(name, source, dir, {
    vars: SENDERS.includes(name) ? [...vars, ...mailVars] : vars, database, postgresUrl, main: served && join(served, name, 'entry.js'),
  }));
}

/** The functions that only some databases need. */
export const databaseFunctions = (database) => (database === 'postgres' ? ['postgres'] : []);

/** Writes one committed wrangler file into `dir`, for this machine and a database, and returns its path. */
export function copyConfig(name, source, dir, { vars = [], database = 'd1', postgresUrl, main } = {}) {
  const text = readFileSync(source, 'utf8')
    .replace(/^main = "(.*)"$/gm, (_, path) => `main = ${JSON.stringify(main ?? join(dirname(source), path))}`)
    .replace(/^\[vars\]$/m, ['[vars]', ...vars].join('\n'));
  const path = join(dir, `${name}.toml`);
  const wanted = onDatabase(text, name, database, postgresUrl);
  // A running wrangler restarts a Worker when its file is written.
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return path;
  // It may contain a password.
  writeFileSync(`${path}.new`, wanted, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return path;
}

/** Sets the one value by which an operator chooses the database, and what that needs on this machine. */
function onDatabase(text, name, database, postgresUrl) {
  // With D1 the function `postgres` does not run here, so there is no binding to it.
  if (database === 'd1') return text.replace(/^\[\[services\]\]\nbinding = "POSTGRES"\nservice = .*\n?/m, '');
  if (database !== 'postgres') throw new Error(`no such database: ${database}`);
  if (name !== 'postgres') return text.replace(/^LIVERY_DATABASE = .*$/m, 'LIVERY_DATABASE = "postgres"');
  return text.replace(/^# (?=\[\[hyperdrive\]\]|binding = |id = )/gm, '') + `localConnectionString = ${JSON.stringify(postgresUrl)}\n`;
}
