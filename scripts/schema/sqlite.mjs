// Migrations on an SQLite file: Spin's database, and the reference of the tests.
import { DatabaseSync } from 'node:sqlite';
import { existsSync } from 'node:fs';
import { READ_LEDGER, createLedger, pending } from './ledger.mjs';
import { Refusal } from './refusal.mjs';
import { written } from './sql.mjs';
import { statementsOf, where } from './statements.mjs';

/** How long to wait for another migration, or for a function that writes. */
const PATIENCE_MILLIS = 60_000;

export const dialect = 'sqlite';

/** Returns `{status, migrate, seed, change, close}` over `file`. */
export function open({ file }) {
  let database;
  const opened = () => (database ??= new DatabaseSync(file, { timeout: PATIENCE_MILLIS }));
  const ledger = () => opened().prepare(READ_LEDGER).all();

  function inTransaction(work) {
    try {
      opened().exec('BEGIN IMMEDIATE');
    } catch (fault) {
      if (/locked/.test(fault.message)) throw new Refusal(`${file} is locked: somebody has written to it for a minute; nothing was changed`);
      throw new Refusal(`${file}: ${fault.message}`);
    }
    try {
      const result = work();
      opened().exec('COMMIT');
      return result;
    } catch (fault) {
      if (opened().isTransaction) opened().exec('ROLLBACK');
      throw fault;
    }
  }

  /** Readers and the writer do not wait for each other, and a commit waits for no reader. The setting is stored in the file. */
  function keepLog() {
    try {
      opened().exec('PRAGMA journal_mode = WAL');
    } catch (fault) {
      throw new Refusal(`${file}: ${fault.message}`);
    }
  }

  function run(name, sql) {
    for (const statement of statementsOf(sql)) {
      try {
        opened().exec(statement.sql);
      } catch (fault) {
        throw new Refusal(`${where(name, statement)}\n  ${fault.message}; nothing of this file was kept`);
      }
    }
  }

  /** Applies the first of the pending files, which are determined under the lock. */
  function applyNext(files) {
    return inTransaction(() => {
      opened().exec(createLedger('INTEGER'));
      const [next] = pending(files, ledger());
      if (!next) return undefined;
      run(next.name, next.sql);
      opened().prepare('INSERT INTO schema_migrations VALUES (?, ?, ?, ?)').run(next.number, next.name, next.checksum, Date.now());
      return next.name;
    });
  }

  return {
    status() {
      if (file !== ':memory:' && !existsSync(file)) return [];
      const has = opened().prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").get();
      return has ? ledger() : [];
    },
    migrate(files, { log }) {
      keepLog();
      for (let name = applyNext(files); name; name = applyNext(files)) log(`applied ${name}`);
    },
    seed(name, sql) {
      inTransaction(() => run(name, sql));
    },
    change(statements) {
      return inTransaction(() => statements.map((statement) => opened().prepare(written(statement, () => '?')).all(...statement.values)));
    },
    close() {
      database?.close();
    },
  };
}
