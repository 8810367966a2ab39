import { createServer } from 'node:net';

/**
 * Below the range that Linux (32768) and macOS (49152) take the ports of outgoing connections from: what is free here stays free
 * until the system that it is meant for binds it.
 */
const FIRST = 20_000;
const LAST = 32_000;
/** Where a process begins to look. Processes that run at the same time, such as suites, have different ids and therefore start at different ports. */
const LANE = 10;
const lanes = (LAST - FIRST) / LANE;
let next = FIRST + (process.pid % lanes) * LANE;

export const isFree = (port) => new Promise((resolve) => {
  const probe = createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
});

/** A port that is free together with the next one, where the customer's page goes. Never the same twice for one process. */
export async function freePort() {
  for (let tried = 0; tried < LAST - FIRST; tried += 2) {
    const port = next;
    next = port + 2 < LAST ? port + 2 : FIRST;
    if (await isFree(port) && await isFree(port + 1)) return port;
  }
  throw new Error(`no two free ports between ${FIRST} and ${LAST}`);
}
