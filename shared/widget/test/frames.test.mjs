import assert from "node:assert/strict";
import { test } from "node:test";
import { readFrame } from "../src/embed/frames.ts";
import { readRelease } from "../src/embed/release.ts";

const hash = "a".repeat(43);
const release = { rev: 7, stylesheet: `/b/${hash}.css`, config: `/w/${hash}.json` };
const read = (frame, rev = 6) => readFrame(typeof frame === "string" ? frame : JSON.stringify(frame), rev);

test("a release that is newer than the page's is taken, as a snapshot too", () => {
  assert.deepEqual(read({ type: "release", ...release }), { is: "release", release });
  assert.deepEqual(read({ type: "snapshot", ...release }), { is: "release", release });
});

test("a release that the page already has, or has passed, is ignored", () => {
  assert.deepEqual(read({ type: "release", ...release }, 7), { is: "nothing" });
  assert.deepEqual(read({ type: "snapshot", ...release }, 8), { is: "nothing" });
});

test("a hello tells the newest revision, or none where it has none", () => {
  assert.deepEqual(read({ type: "hello", rev: 7 }), { is: "hello", rev: 7 });
  assert.deepEqual(read({ type: "hello" }), { is: "hello", rev: 0 });
});

test("frames of another type, of another shape or not JSON are ignored", () => {
  for (const frame of [{ type: "typing" }, { type: "release" }, { type: "message", conversation_id: "c" }, [], "null", "pong", "{"]) {
    assert.deepEqual(read(frame), { is: "nothing" });
  }
});

test("a message is read with its conversation, and every author other than the visitor is the team", () => {
  const message = { id: "m", seq: 1, author: "bot", text: "hi", created_at: "2026-01-01T00:00:00Z", extra: 1 };
  const { extra: _, ...kept } = message;
  assert.deepEqual(read({ type: "message", conversation_id: "c", message }), { is: "message", conversation: "c", message: { ...kept, author: "team" } });
});

test("only immutable paths of the same origin make a release", () => {
  assert.deepEqual(readRelease(release), release);
  for (const stylesheet of [
    `https://evil.test/b/${hash}.css`,
    `//evil.test/b/${hash}.css`,
    `/b/${hash}.css?x`,
    `/b/../${hash}.css`,
    `/b/${hash.slice(1)}.css`,
    `/b/${hash}.css\n`,
    `/w/${hash}.css`,
    undefined,
  ]) {
    assert.equal(readRelease({ ...release, stylesheet }), undefined, String(stylesheet));
  }
  for (const config of [`/w/${hash}.js`, `/b/${hash}.json`, `https://evil.test/w/${hash}.json`]) {
    assert.equal(readRelease({ ...release, config }), undefined, config);
  }
  for (const rev of [-1, 1.5, "7", null]) assert.equal(readRelease({ ...release, rev }), undefined, String(rev));
});
