import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../src/embed/api.ts";
import { Backoff } from "../src/embed/backoff.ts";
import { Outbox } from "../src/embed/outbox.ts";

const draft = (key) => ({ key, text: "text of " + key, state: "sending", created_at: "" });

/** An outbox whose server answers each try with the next of `answers`: a message id, or a failure. */
function outbox(answers) {
  const seen = { tries: [], settled: [], pauses: [], slow: [] };
  let done;
  const idle = new Promise((resolve) => (done = resolve));
  const box = new Outbox({
    send: async ({ key }) => {
      seen.tries.push(key);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return { id: answer };
    },
    settle: ({ key }, outcome) => {
      seen.settled.push([key, outcome.is]);
      if (seen.settled.length === seen.expected) done();
    },
    slow: (slow) => seen.slow.push(slow),
    pause: async (milliseconds) => void seen.pauses.push(milliseconds),
    backoff: () => new Backoff(() => 1),
  });
  const run = (keys) => {
    seen.expected = keys.length;
    for (const key of keys) box.push(draft(key));
    return idle.then(() => seen);
  };
  return run;
}

const failure = (status, code = "x", retryAfter) => new Failure(status, code, "", retryAfter);

test("texts go out one after another, in the order they were written", async () => {
  const seen = await outbox(["m1", "m2", "m3"])(["a", "b", "c"]);
  assert.deepEqual(seen.tries, ["a", "b", "c"]);
  assert.deepEqual(seen.settled, [["a", "delivered"], ["b", "delivered"], ["c", "delivered"]]);
});

test("a lost connection is tried again with the same key, after longer and longer waits", async () => {
  const seen = await outbox([failure(0), failure(503), "m1"])(["a"]);
  assert.deepEqual(seen.tries, ["a", "a", "a"]);
  assert.deepEqual(seen.pauses, [1000, 2000]);
  assert.deepEqual(seen.settled, [["a", "delivered"]]);
});

test("a used-up quota is not tried again, and what was written later does not overtake", async () => {
  const seen = await outbox([failure(429, "quota_exceeded", 3600), "m2"])(["a", "b"]);
  assert.deepEqual(seen.tries, ["a"]);
  assert.deepEqual(seen.settled, [["a", "quota"], ["b", "quota"]]);
});

test("a rate limit holds the text for as long as the server says, and the visitor is told", async () => {
  const seen = await outbox([failure(429, "rate_limited", 5), "m1"])(["a"]);
  assert.deepEqual(seen.pauses, [6000]);
  assert.deepEqual(seen.slow, [true, false]);
  assert.deepEqual(seen.settled, [["a", "delivered"]]);
});

test("a text that the server refuses is not sent twice", async () => {
  const seen = await outbox([failure(422)])(["a"]);
  assert.deepEqual(seen.tries, ["a"]);
  assert.deepEqual(seen.settled, [["a", "refused"]]);
});

test("after four tries without an answer the text is the visitor's to send again", async () => {
  const seen = await outbox([failure(0), failure(0), failure(0), failure(0), "never"])(["a"]);
  assert.equal(seen.tries.length, 4);
  assert.deepEqual(seen.settled, [["a", "unreachable"]]);
});
