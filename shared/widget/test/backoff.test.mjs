import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../src/embed/backoff.ts";

test("waits double from one second and never pass a minute", () => {
  const backoff = new Backoff(() => 1, () => 0);
  assert.deepEqual(Array.from({ length: 8 }, () => backoff.next()), [1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
});

test("a wait is anywhere between nothing and its ceiling", () => {
  assert.equal(new Backoff(() => 0, () => 0).next(), 0);
  assert.equal(new Backoff(() => 0.5, () => 0).next(), 500);
});

test("only a connection that held for a minute starts the waits again", () => {
  let now = 0;
  const backoff = new Backoff(() => 1, () => now);
  backoff.next();
  backoff.next();
  backoff.connected();
  now = 59_999;
  assert.equal(backoff.next(), 4000);
  backoff.connected();
  now += 60_000;
  assert.equal(backoff.next(), 1000);
});

test("a server that asks to be left alone gets at least half a minute", () => {
  assert.equal(new Backoff(() => 0).long(), 30_000);
  assert.equal(new Backoff(() => 1).long(), 60_000);
});
