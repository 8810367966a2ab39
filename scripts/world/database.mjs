// The database of one running system: opened, migrated, and seeded with its first rows. Each returns `engine`, as the functions'
// configuration calls it, `described` as text, `stop()` and `kill()`; Postgres also its `url`.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, migrationsIn } from '../schema/files.mjs';
import { migrate, seed } from '../schema/index.mjs';
import { startPostgres } from './postgres.mjs';
import { sqliteFile } from './spin.mjs';

const nothing = async () => {};

/** D1 as `wrangler dev` keeps it in `dir/data`. Wrangler takes seconds to find that nothing is pending, so a stamp file records it. */
export async function openD1({ dir, seeds, migrations }) {
  const target = { kind: 'd1', persist: join(dir, 'data'), folder: migrations };
  const print = createHash('sha256');
  for (const { checksum } of migrationsIn(migrations ?? folderOf('sqlite'))) print.update(checksum);
  for (const path of seeds) print.update(readFileSync(path));
  const wanted = print.digest('hex');
  const stamp = join(dir, 'data-prepared');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    await migrate(target);
    if (seeds.length > 0) await seed(target, ...seeds);
    writeFileSync(stamp, wanted);
  }
  return { engine: 'd1', described: 'local D1', stop: nothing, kill: nothing };
}

/** The SQLite file that Spin keeps for the label `default`. */
export async function openSqlite({ dir, seeds, migrations }) {
  const stateDir = join(dir, 'spin');
  mkdirSync(stateDir, { recursive: true });
  await prepare({ kind: 'sqlite', file: sqliteFile(stateDir), folder: migrations }, seeds);
  return { engine: 'sqlite', described: 'SQLite', stop: nothing, kill: nothing };
}

/**
 * A private Postgres in `dir/postgres`, or the one at `url`, which is its owner's. The functions connect as `livery_app`:
 * Workers through the pool, in Hyperdrive's place; Spin, which has a pool of its own, directly.
 */
export async function openPostgres({ dir, seeds, log, url, migrations }) {
  const own = url ? foreign(dir, url) : await startPostgres({ dir: join(dir, 'postgres'), log });
  try {
    await prepare({ kind: 'postgres', url: own.ownerUrl, appPassword: own.appPassword, folder: migrations }, seeds);
  } catch (fault) {
    await own.stop();
    throw fault;
  }
  return {
    engine: 'postgres', described: url ? 'the Postgres of the given URL' : 'a private Postgres',
    url: own.appUrl, directUrl: own.directAppUrl, stop: own.stop, kill: own.kill,
  };
}

async function prepare(target, seeds) {
  await migrate(target);
  if (seeds.length > 0) await seed(target, ...seeds);
}

/** A Postgres that was started elsewhere and is not stopped here. The role of the functions gets a password that is kept in `dir`. */
function foreign(dir, ownerUrl) {
  const path = join(dir, 'app-password');
  if (!process.env.LIVERY_POSTGRES_APP_PASSWORD && !existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  const appPassword = process.env.LIVERY_POSTGRES_APP_PASSWORD || readFileSync(path, 'utf8');
  let app;
  try {
    app = new URL(ownerUrl);
  } catch {
    throw new Error('the URL of Postgres looks like postgres://OWNER:PASSWORD@HOST:PORT/DATABASE');
  }
  app.username = 'livery_app';
  app.password = appPassword;
  return { ownerUrl, appUrl: app.href, directAppUrl: app.href, appPassword, stop: nothing, kill: nothing };
}
