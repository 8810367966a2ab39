// The options by which a command selects its database.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Misuse } from '../options/command.mjs';

/** Of `parseArgs`. */
export const TARGET_OPTIONS = {
  sqlite: { type: 'string' }, postgres: { type: 'boolean' }, 'postgres-url-file': { type: 'string' },
  'd1-local': { type: 'string' }, d1: { type: 'boolean' }, database: { type: 'string' },
};

export const TARGET_USAGE = `  --sqlite FILE             an SQLite file; Spin's is .spin/sqlite_db.db
  --postgres                the Postgres at LIVERY_POSTGRES_OWNER_URL, which belongs to the owner of the tables
  --postgres-url-file FILE  the same, with the URL in a file
  --d1-local DIR            the D1 that wrangler dev --persist-to DIR has
  --d1 [--database NAME]    the D1 at Cloudflare that wrangler.toml names, with wrangler's own sign-in`;

/** A target of `index.mjs`, out of the values of `parseArgs`. */
export function targetOf(options) {
  const given = ['sqlite', 'postgres', 'postgres-url-file', 'd1-local', 'd1'].filter((name) => options[name] !== undefined);
  if (given.length !== 1) throw new Misuse(given.length === 0 ? 'name a target' : `one target at a time: --${given.join(', --')}`);
  const { LIVERY_POSTGRES_OWNER_URL: ownerUrl, LIVERY_POSTGRES_APP_PASSWORD: appPassword } = process.env;
  switch (given[0]) {
    case 'sqlite': return { kind: 'sqlite', file: options.sqlite };
    // wrangler stands in another folder.
    case 'd1-local': return { kind: 'd1', persist: resolve(options['d1-local']), name: options.database };
    case 'd1': return { kind: 'd1', name: options.database };
    default: {
      const file = options['postgres-url-file'];
      const url = file === undefined ? ownerUrl : readFileSync(file, 'utf8').trim();
      if (!url) throw new Misuse('--postgres needs the URL in LIVERY_POSTGRES_OWNER_URL');
      return { kind: 'postgres', url, appPassword };
    }
  }
}
