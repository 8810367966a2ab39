// The functions on Spin, or on the project's test host for it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { signingKeys } from './keys.mjs';
import { mailVariables } from './mail.mjs';
import { spinUp } from './spin.mjs';
import { ROOT } from './wrangler.mjs';

/** Spin's own lines while it starts, and the functions' log lines of successful requests. */
const NOISE = /^\s*$|"level":"info"|^Serving |^Logging component|^Storing default|^Using |^Available Routes|^\s+\S+: http|^Preparing Wasm|^Route /;

export async function startOnSpin({ dir, port, config, database, log, verbose }) {
  const { environment = 'development', signingKeys: keys = signingKeys(join(dir, 'config')), clientAddressHeader = '', spinOptions: options = [] } = config;
  const stateDir = join(dir, 'spin');
  mkdirSync(stateDir, { recursive: true });
  return spinUp({
    manifest: config.served ? servedManifest(config.served) : join(ROOT, 'spin.toml'), port, stateDir, options,
    variables: {
      livery_environment: environment, livery_platform_host: 'localhost', livery_signing_keys: keys,
      livery_client_address_header: clientAddressHeader,
      livery_database: database.engine, ...address(database.directUrl), ...mailVariables(config.mail),
    },
    onLine: (line) => { if (verbose || !NOISE.test(line) || line.includes('"level":"error"')) log(line); },
  });
}

/** The application with the components in `served`, for a folder of its own. */
function servedManifest(served) {
  const text = readFileSync(join(ROOT, 'spin.toml'), 'utf8')
    .replace(/^source = ".*\/livery_fn_(\w+)\.wasm"$/gm, (_, name) => `source = "${basename(served)}/${name}.wasm"`);
  const path = join(dirname(served), 'spin.toml');
  writeFileSync(path, text);
  return path;
}

/** The address of Postgres, and the permission for components to connect to it. */
function address(url) {
  if (!url) return {};
  const { hostname, port } = new URL(url);
  return { livery_postgres_url: url, livery_postgres_host: `${hostname}:${port || 5432}` };
}
