// One migration tool for every engine. A target is one of
//   {kind: 'sqlite', file}                       an SQLite file
//   {kind: 'postgres', url, appPassword}         Postgres, as the owner; the password is for the functions' role
//   {kind: 'd1', persist, config, name}          D1 in a local folder, or at Cloudflare where `persist` is left out
import { readFileSync } from 'node:fs';
import * as d1 from './d1.mjs';
import { folderOf, migrationsIn } from './files.mjs';
import { pending } from './ledger.mjs';
import * as postgres from './postgres.mjs';
import { Refusal } from './refusal.mjs';
import * as sqlite from './sqlite.mjs';

export { Refusal };

const ENGINES = { d1, postgres, sqlite };

async function within(target, work) {
  const engine = ENGINES[target.kind];
  const database = await engine.open(target);
  try {
    return await work(database, migrationsIn(target.folder ?? folderOf(engine.dialect)));
  } finally {
    await database.close();
  }
}

/** Applies the pending migrations, each wholly or not at all. Throws a `Refusal` that says why nothing was done. */
export function migrate(target, { log = () => {} } = {}) {
  return within(target, (database, files) => database.migrate(files, { log }));
}

/** `{applied: [{number, name, applied_at}], pending: [{number, name}]}`; throws a `Refusal` where they contradict. */
export function status(target) {
  return within(target, async (database, files) => {
    const applied = await database.status();
    return { applied, pending: pending(files, applied) };
  });
}

/** Runs statements of `sql.mjs` as one, on a database that is up to date; returns the rows of each. */
export function change(target, ...statements) {
  return within(target, async (database, files) => {
    const missing = pending(files, await database.status());
    if (missing.length > 0) throw new Refusal(`${missing[0].name} is not applied: run ./scripts/migrate first`);
    return database.change(statements);
  });
}

/** Runs files of rows, as one: they are no migrations and are not recorded. */
export function seed(target, ...paths) {
  return within(target, (database) => database.seed(paths.join(', '), paths.map((path) => readFileSync(path, 'utf8')).join('\n')));
}
