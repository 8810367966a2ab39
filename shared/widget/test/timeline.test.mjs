import assert from "node:assert/strict";
import { test } from "node:test";
import { timeline } from "../src/embed/view/timeline.ts";

const at = (minutes) => new Date(2026, 0, 1, 12, minutes).toISOString();
const message = (seq, author, minutes) => ({ id: "m" + seq, seq, author, text: "t", created_at: at(minutes) });
const shape = (entries) => entries.map((entry) => (entry.is === "day" ? "day" : (entry.bubble.head ? "[" : "") + entry.key + (entry.bubble.tail ? "]" : "")));

test("what one person writes in a few minutes is drawn as one run", () => {
  const entries = timeline([message(1, "team", 0), message(2, "team", 1), message(3, "visitor", 1), message(4, "visitor", 20)], []);
  assert.deepEqual(shape(entries), ["day", "[m1", "m2]", "[m3]", "[m4]"]);
});

test("each day begins with its line, once", () => {
  const entries = timeline([message(1, "team", 0), message(2, "team", 60 * 24), message(3, "team", 60 * 24 + 1)], []);
  assert.deepEqual(shape(entries), ["day", "[m1]", "day", "[m2", "m3]"]);
});

test("drafts come after every message, and a failed one stands alone", () => {
  const drafts = [
    { key: "a", text: "x", state: "failed", created_at: at(1) },
    { key: "b", text: "y", state: "sending", created_at: at(1) },
  ];
  assert.deepEqual(shape(timeline([message(9, "visitor", 1)], drafts)), ["day", "[m9]", "[a]", "[b]"]);
});
