// The options of `scripts/dev`.
import { parseArgs } from 'node:util';
import { Misuse } from './command.mjs';

export const USAGE = `usage: ./scripts/dev [--spin] [--postgres[=URL]] [--port N] [--no-watch] [--release] [--reset] [--verbose]

Installs what is missing, builds, and runs Livery with its demo data until Ctrl-C. When a source changes, what depends on it is
rebuilt and served. Without options it runs on Workers' own runtime with local D1, KV and Durable Objects.

  --spin            on Spin 4.1 or later (SPIN_BIN, or spin on the PATH), else on the project's own test host for Spin
  --postgres        with a private Postgres behind a pool, from installed packages; it stops with this command
  --postgres=URL    with the Postgres at URL, as the owner of its tables; better set LIVERY_POSTGRES_OWNER_URL in the environment
  --port N          base port (8787); the customer's site is on the next one
  --no-watch        build once, and ignore later changes
  --release         serve release builds, as they are deployed; they take minutes to build
  --reset           delete the local data of this runtime and database, and start with new demo data
  --verbose         show every line that the runtime and the functions log
  --help            this text`;

const FLAG = { type: 'boolean', default: false };
const WITH_URL = '--postgres=';

/** The options as one object; `ownerUrl` only with `postgres`, and only where one is given. */
export function read(words, environment = process.env) {
  // parseArgs has no options with an optional value.
  const url = words.filter((word) => word.startsWith(WITH_URL)).at(-1)?.slice(WITH_URL.length);
  const { values } = parseArgs({
    args: words.filter((word) => !word.startsWith(WITH_URL)),
    options: {
      port: { type: 'string', default: '8787' },
      spin: FLAG, postgres: FLAG, 'no-watch': FLAG, release: FLAG, reset: FLAG, verbose: FLAG, help: { ...FLAG, short: 'h' },
    },
  });
  const postgres = values.postgres || url !== undefined;
  if (url === '') throw new Misuse('--postgres= needs a URL behind it; --postgres alone starts a private one');
  const ownerUrl = postgres ? url ?? (environment.LIVERY_POSTGRES_OWNER_URL || undefined) : undefined;
  if (ownerUrl !== undefined) checkUrl(ownerUrl, url === undefined ? 'LIVERY_POSTGRES_OWNER_URL' : '--postgres');
  const database = postgres ? 'postgres' : values.spin ? 'sqlite' : 'd1';
  return {
    help: values.help, port: portOf(values.port), on: `${values.spin ? 'spin' : 'workers'}-${database}`, ownerUrl,
    watch: !values['no-watch'], release: values.release, reset: values.reset, verbose: values.verbose,
  };
}

/** A leading zero is refused: some programs read such a number as octal. */
function portOf(text) {
  const port = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : NaN;
  // The next port is the customer's page.
  if (!(port < 65_535)) throw new Misuse(`--port needs a number from 1 to 65534, not '${text}'`);
  return port;
}

/** The message does not contain the URL, which may have a password in it. */
function checkUrl(text, where) {
  let url;
  try {
    url = new URL(text);
  } catch {
    url = undefined;
  }
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || url.pathname.length < 2) {
    throw new Misuse(`${where} needs a URL such as postgres://OWNER:PASSWORD@HOST:PORT/DATABASE`);
  }
}

/** What the command needs before it runs: options of `scripts/setup`, and free ports. */
export function needs({ on, port, ownerUrl }) {
  const setup = [];
  if (on.startsWith('spin-')) setup.push('--spin');
  if (on.endsWith('-postgres') && ownerUrl === undefined) setup.push('--postgres');
  return { setup, ports: [port, port + 1] };
}
