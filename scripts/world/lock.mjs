// A lock that ends with its process, however that ends: SQLite's, which is the kernel's.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '../schema/refusal.mjs';

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

/** Locks that are kept until this process ends: one that nobody holds any more would be collected, and free. */
const kept = [];

/** Takes the lock `path` for `name`, which a second caller is told; throws where it is taken. */
export function takeLockAs(name, path, what) {
  const lock = takeLock(path);
  const holder = `${path}.holder`;
  if (!lock) throw new Refusal(`${what} is in use by ${existsSync(holder) ? readFileSync(holder, 'utf8') : 'another process'}`);
  writeFileSync(holder, name);
  kept.push(lock);
  return lock;
}
