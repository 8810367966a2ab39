// `scripts/migrate`: reads the options, says what was done, and ends with 0 if the database is up to date.
import { parseArgs } from 'node:util';
import { command } from '../options/command.mjs';
import { migrate, seed, status } from './index.mjs';
import { TARGET_OPTIONS, TARGET_USAGE, targetOf } from './target.mjs';

const USAGE = `usage: ./scripts/migrate TARGET [--status] [--seed FILE]…

Applies the migrations of this checkout to a database: each migration wholly or not at all, each once. Run it before the code
that needs them is deployed.

${TARGET_USAGE}

  --status                  changes nothing and lists what is applied; ends with 1 if something is pending
  --seed FILE               runs a file of rows afterwards, such as schema/demo/world.sql
  --help                    this text

environment
  LIVERY_POSTGRES_OWNER_URL     postgres://OWNER:PASSWORD@HOST/DATABASE; the owner needs CREATEROLE once
  LIVERY_POSTGRES_APP_PASSWORD  the password of the role livery_app, as which the functions connect: needed where that
                                role does not exist yet; where it does, it gets this password or keeps its own`;

await command('migrate', async () => {
  const { values } = parseArgs({ options: {
    ...TARGET_OPTIONS, status: { type: 'boolean' }, seed: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' },
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
});
