import assert from 'node:assert/strict';

/** Repeats a read until its result is as wanted: for promises that are fulfilled within a bound, not at once. */
export async function eventually(read, wanted, millis = 10_000) {
  const until = Date.now() + millis;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > until) assert.fail(`still ${JSON.stringify(value)} after ${millis} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
