import assert from "node:assert/strict";
import { test } from "node:test";
import { newKey, Thread } from "../src/embed/thread.ts";

const message = (seq, text = "t" + seq, author = "team") => ({ id: "m" + seq, seq, author, text, created_at: "2026-01-01T00:00:00Z" });
const draft = (key, text) => ({ key, text, state: "sending", created_at: "2026-01-01T00:00:00Z" });
const shown = (thread) => thread.messages.map(({ id }) => id);

test("messages are in order of seq, whichever way and order they came", () => {
  const thread = new Thread();
  for (const seq of [3, 1, 4, 2]) thread.receive(message(seq));
  assert.deepEqual(shown(thread), ["m1", "m2", "m3", "m4"]);
});

test("a message that came by socket and by response is shown once", () => {
  const thread = new Thread();
  thread.add(draft("k", "hello"));
  thread.receive(message(1, "hello", "visitor"));
  assert.equal(thread.drafts.length, 0, "the socket's copy replaces the draft");
  thread.deliver("k", message(1, "hello", "visitor"));
  assert.deepEqual(shown(thread), ["m1"]);
});

test("a response that is faster than the socket replaces the draft too", () => {
  const thread = new Thread();
  thread.add(draft("k", "hello"));
  thread.deliver("k", message(1, "hello", "visitor"));
  assert.equal(thread.receive(message(1, "hello", "visitor")).fresh, false);
  assert.deepEqual(shown(thread), ["m1"]);
  assert.equal(thread.drafts.length, 0);
});

test("the same words sent from two pages at once stay two messages", () => {
  const thread = new Thread();
  thread.add(draft("k", "hello"));
  thread.receive(message(1, "hello", "visitor"));
  thread.deliver("k", message(2, "hello", "visitor"));
  assert.deepEqual(shown(thread), ["m1", "m2"]);
});

test("a failed draft is not mistaken for a message with the same words", () => {
  const thread = new Thread();
  thread.add(draft("k", "hello"));
  thread.mark("k", "failed");
  thread.receive(message(1, "hello", "visitor"));
  assert.equal(thread.drafts.length, 1);
});

test("a missing message is noticed, and the next fetch starts before it", () => {
  const thread = new Thread();
  assert.deepEqual(thread.receive(message(1)), { fresh: true, gap: false });
  assert.deepEqual(thread.receive(message(3)), { fresh: true, gap: true });
  assert.equal(thread.syncedTo, 1);
  assert.deepEqual(thread.receivePage(1, [message(2), message(3)]).map(({ id }) => id), ["m2"]);
  assert.equal(thread.syncedTo, 3);
});

test("a missing message that arrives by itself closes the gap", () => {
  const thread = new Thread();
  thread.receive(message(1));
  thread.receive(message(3));
  assert.equal(thread.receive(message(2)).gap, false);
  assert.equal(thread.syncedTo, 3);
});

test("earlier history goes before what is shown, and what was synced stays synced", () => {
  const thread = new Thread(50);
  thread.receivePage(50, [message(51), message(52)]);
  assert.equal(thread.earliest, 50);
  thread.receiveEarlier(48, [message(49), message(50)]);
  assert.deepEqual(shown(thread), ["m49", "m50", "m51", "m52"]);
  assert.equal(thread.earliest, 48);
  assert.equal(thread.syncedTo, 52);
});

test("a key is a version 4 UUID, another each time", () => {
  assert.match(newKey(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newKey(), newKey());
});
