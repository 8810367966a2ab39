// A lock that ends with its process, however that ends: SQLite's, which is the kernel's.
import { DatabaseSync } from 'node:sqlite';

/** Takes the lock `path`, waiting up to `patience` milliseconds; `undefined` where somebody else keeps it. */
export function takeLock(path, patience = 0) {
  const file = new DatabaseSync(path, { timeout: patience });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (fault) {
    file.close();
    if (/locked/.test(fault.message)) return undefined;
    throw fault;
  }
  return { release: () => file.close() };
}
