// The wrangler files of one running system: the committed ones, with absolute paths and development's settings.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { signingKeys as keysIn } from './keys.mjs';
import { SENDERS } from './mail.mjs';

export const FUNCTIONS = ['embed', 'live', 'objects', 'auth', 'admin', 'theme', 'console'];

/**
 * Writes the configuration into `dir` and gives the paths, the primary Worker's first. With `database: 'postgres'`, the
 * data is where `postgresUrl` leads. `mail` has the settings of a provider: LIVERY_MAIL_URL and so on. `served` is a folder with the built
 * functions, one folder each, where others than those of a release are to run.
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
  // Only the platform's settings know keys; the objects have none.
  return sources.map(([name, source]) => copyConfig(name, source, dir, {
    vars: SENDERS.includes(name) ? [...vars, ...mailVars] : vars, database, postgresUrl, main: served && join(served, name, 'entry.js'),
  }));
}

/** The functions that only some databases need. */
export const databaseFunctions = (database) => (database === 'postgres' ? ['postgres'] : []);

/** Writes one committed wrangler file into `dir`, for this machine and a database, and gives its path. */
export function copyConfig(name, source, dir, { vars = [], database = 'd1', postgresUrl, main } = {}) {
  const text = readFileSync(source, 'utf8')
    .replace(/^main = "(.*)"$/gm, (_, path) => `main = ${JSON.stringify(main ?? join(dirname(source), path))}`)
    .replace(/^\[vars\]$/m, ['[vars]', ...vars].join('\n'));
  const path = join(dir, `${name}.toml`);
  const wanted = onDatabase(text, name, database, postgresUrl);
  // A running wrangler starts a Worker again whose file is written.
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return path;
  // It may hold a password.
  writeFileSync(`${path}.new`, wanted, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return path;
}

/** The one value by which an operator chooses the database, and what it takes on this machine. */
function onDatabase(text, name, database, postgresUrl) {
  // In D1's world there is no function `postgres`: nothing may be bound to it.
  if (database === 'd1') return text.replace(/^\[\[services\]\]\nbinding = "POSTGRES"\nservice = .*\n?/m, '');
  if (database !== 'postgres') throw new Error(`no such database: ${database}`);
  if (name !== 'postgres') return text.replace(/^LIVERY_DATABASE = .*$/m, 'LIVERY_DATABASE = "postgres"');
  return text.replace(/^# (?=\[\[hyperdrive\]\]|binding = |id = )/gm, '') + `localConnectionString = ${JSON.stringify(postgresUrl)}\n`;
}
