// What a system runs on: a runtime and a database engine.

export const COMBINATIONS = ['workers-d1', 'workers-postgres', 'spin-sqlite', 'spin-postgres'];

/** The combination that `LIVERY_ON` names; without it Workers on D1. */
export function combination(name = process.env.LIVERY_ON || 'workers-d1') {
  if (!COMBINATIONS.includes(name)) throw new Error(`'${name}' is none of ${COMBINATIONS.join(', ')}`);
  return name;
}

export const isSpin = (on) => on.startsWith('spin-');
export const isPostgres = (on) => on.endsWith('-postgres');
