// Compares the migrations that a database has recorded as applied with the files of this checkout.
import { Refusal } from './refusal.mjs';

/** The ledger table, with the engine's type for an integer of 64 bits. */
export const createLedger = (integer) => `CREATE TABLE IF NOT EXISTS schema_migrations (
    number ${integer} PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at ${integer} NOT NULL
)`;
export const READ_LEDGER = 'SELECT number, name, checksum, applied_at FROM schema_migrations ORDER BY number';

/** The files that are still to be applied. Refuses a history with which this checkout's does not begin. */
export function pending(files, ledger) {
  for (const [index, row] of ledger.entries()) {
    const file = files.find((candidate) => candidate.number === row.number);
    if (!file || file.name !== row.name) {
      const instead = file ? `; this checkout has ${file.name} in its place` : '';
      throw new Refusal(`${row.name} is applied, but its file is gone${instead}: the database is newer than this checkout, or the file was renamed`);
    }
    if (file.checksum !== row.checksum) {
      throw new Refusal(`${row.name} has changed since it was applied: restore the file, and write what is new into a new migration`);
    }
    if (row.number !== index + 1) {
      throw new Refusal(`${files[index].name} is not applied, but the later ${row.name} is: migrations are applied in order`);
    }
  }
  return files.slice(ledger.length);
}
