// A lock that ends with its process, however that ends: SQLite's, which is the kernel's.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '../schema/refusal.mjs';

/** Takes the lock `path`, waiting up to `patience` milliseconds; `undefined` if another process has it. */
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

/** Locks that are kept until this process ends: without a reference one would be garbage-collected and released. */
const kept = [];

/** Takes the lock `path` for `name`, which appears in the error of a second caller; throws if it is taken. */
export function takeLockAs(name, path, what) {
  const lock = takeLock(path);
  const holder = `${path}.holder`;
  if (!lock) throw new Refusal(`${what} is in use by ${existsSync(holder) ? readFileSync(holder, 'utf8') : 'another process'}`);
  writeFileSync(holder, name);
  kept.push(lock);
  return lock;
}
