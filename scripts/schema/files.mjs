// The migrations of this checkout: `schema/{sqlite,postgres}/NNNN_name.sql`, in order, each with its checksum.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.mjs';

const SCHEMA = join(import.meta.dirname, '..', '..', 'schema');
const NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** Where the migrations of a dialect are kept. */
export const folderOf = (dialect) => join(SCHEMA, dialect);

/** `[{number, name, checksum, sql}]` from 1 upwards, none left out. */
export function migrationsIn(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort();
  return names.map((file, index) => {
    const parts = NAME.exec(file);
    if (!parts) throw new Refusal(`${join(folder, file)}: a migration is called NNNN_words_like_these.sql`);
    const number = Number(parts[1]);
    if (number !== index + 1) {
      throw new Refusal(`${join(folder, file)}: numbers begin at 1, none twice and none left out; ${index + 1} was expected`);
    }
    const sql = readFileSync(join(folder, file), 'utf8');
    return { number, name: file.slice(0, -4), checksum: createHash('sha256').update(sql).digest('hex'), sql };
  });
}
