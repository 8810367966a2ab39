// `scripts/migrate`: reads the options, says what was done, and ends with 0 if the database is up to date.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Refusal, migrate, seed, status } from './index.mjs';

const USAGE = `usage: ./scripts/migrate TARGET [--status] [--seed FILE]…

Brings a database to the schema of this checkout: each migration wholly or not at all, each once. Run it before the code
that needs it is deployed.

  --sqlite FILE             an SQLite file; Spin's is .spin/sqlite_db.db
  --postgres                the Postgres at LIVERY_POSTGRES_OWNER_URL, which belongs to the owner of the tables
  --postgres-url-file FILE  the same, with the URL in a file
  --d1-local DIR            the D1 that wrangler dev --persist-to DIR has
  --d1 [--database NAME]    the D1 at Cloudflare that wrangler.toml names, with wrangler's own sign-in

  --status                  changes nothing and tells what is applied; ends with 1 where something is not
  --seed FILE               runs a file of rows afterwards, such as schema/demo/world.sql
  --help                    this text

environment
  LIVERY_POSTGRES_OWNER_URL     postgres://OWNER:PASSWORD@HOST/DATABASE; the owner needs CREATEROLE once
  LIVERY_POSTGRES_APP_PASSWORD  the password of the role livery_app, as which the functions connect: needed where that
                                role does not exist yet; where it does, it gets this password or keeps its own`;

class Misuse extends Error {}

function targetOf(options) {
  const given = ['sqlite', 'postgres', 'postgres-url-file', 'd1-local', 'd1'].filter((name) => options[name] !== undefined);
  if (given.length !== 1) throw new Misuse(given.length === 0 ? 'name a target' : `one target at a time: --${given.join(', --')}`);
  const { LIVERY_POSTGRES_OWNER_URL: ownerUrl, LIVERY_POSTGRES_APP_PASSWORD: appPassword } = process.env;
  switch (given[0]) {
    case 'sqlite': return { kind: 'sqlite', file: options.sqlite };
    case 'd1-local': return { kind: 'd1', persist: options['d1-local'], name: options.database };
    case 'd1': return { kind: 'd1', name: options.database };
    default: {
      const file = options['postgres-url-file'];
      const url = file === undefined ? ownerUrl : readFileSync(file, 'utf8').trim();
      if (!url) throw new Misuse('--postgres needs the URL in LIVERY_POSTGRES_OWNER_URL');
      return { kind: 'postgres', url, appPassword };
    }
  }
}

async function main() {
  const { values } = parseArgs({ options: {
    sqlite: { type: 'string' }, postgres: { type: 'boolean' }, 'postgres-url-file': { type: 'string' },
    'd1-local': { type: 'string' }, d1: { type: 'boolean' }, database: { type: 'string' },
    status: { type: 'boolean' }, seed: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' },
  } });
  if (values.help) return console.log(USAGE);
  const target = targetOf(values);
  if (!values.status) {
    await migrate(target, { log: console.log });
    if (values.seed) await seed(target, ...values.seed);
  }
  const { applied, pending } = await status(target);
  if (values.status) {
    for (const row of applied) console.log(`${row.name}  applied ${new Date(row.applied_at).toISOString()}`);
    for (const file of pending) console.log(`${file.name}  pending`);
  }
  console.log(pending.length === 0 ? `up to date: ${applied.at(-1)?.name}` : `${pending.length} to apply: run ./scripts/migrate`);
  if (pending.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (fault) {
  const misuse = fault instanceof Misuse || fault.code?.startsWith('ERR_PARSE_ARGS');
  const known = misuse || fault instanceof Refusal || fault.code === 'ENOENT';
  console.error(known ? fault.message : fault.stack);
  if (misuse) console.error('see ./scripts/migrate --help');
  process.exitCode = misuse ? 2 : 1;
}
