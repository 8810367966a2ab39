import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Api, Failure } from "../src/embed/api.ts";
import { ReadMark } from "../src/embed/read_mark.ts";
import { Session } from "../src/embed/session.ts";

let answers;
let asked;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  asked = [];
  globalThis.fetch = async (path, init) => {
    asked.push({ path, method: init.method, headers: init.headers, body: init.body });
    const { status = 200, body = {}, headers } = answers.shift();
    return { ok: status < 300, status, json: async () => body, headers: new Headers(headers) };
  };
});

test("all who need a session at once cause one request and share its answer", async () => {
  let requests = 0;
  const session = new Session("old", () => requests++);
  const waiting = [session.renew("old"), session.renew("old")];
  session.receive("new");
  assert.deepEqual(await Promise.all(waiting), [true, true]);
  assert.equal(requests, 1);
  assert.equal(session.bearer, "new");
});

test("a caller with a token that was replaced meanwhile needs no request", async () => {
  const session = new Session("old", () => assert.fail("asked"));
  session.receive("new");
  assert.equal(await session.renew("old"), true);
});

test("a loader that never answers is asked again the next time", async () => {
  let requests = 0;
  const session = new Session("old", () => requests++);
  const first = session.renew("old");
  mock.timers.tick(30_000);
  assert.equal(await first, false);
  void session.renew("old");
  assert.equal(requests, 2);
  assert.equal(session.bearer, "old");
});

test("a request that meets an ended session is sent once more with a new one, and not a third time", async () => {
  const session = new Session("old", () => session.receive("new"));
  answers = [{ status: 401 }, { body: { data: [] } }];
  assert.equal(await new Api(session).latestConversation(), undefined);
  assert.deepEqual(asked.map(({ headers }) => headers.authorization), ["Bearer old", "Bearer new"]);

  answers = [{ status: 401 }, { status: 401, body: { code: "unauthenticated" } }];
  const again = new Session("a", () => again.receive("b"));
  await assert.rejects(new Api(again).latestConversation(), (error) => error instanceof Failure && error.status === 401);
  assert.equal(answers.length, 0);
});

test("a message is sent under its key, which is no part of the address", async () => {
  answers = [{ status: 201, body: { id: "m", seq: 1, author: "visitor", text: "hi", created_at: "2026-01-01T00:00:00Z" } }];
  await new Api(new Session("t", () => {})).send("cnv/1", "hi", "key-1");
  assert.equal(asked[0].path, "/v1/conversations/cnv%2F1/messages");
  assert.equal(asked[0].headers["idempotency-key"], "key-1");
  assert.equal(asked[0].body, '{"text":"hi"}');
});

test("a problem document is told with its code and the seconds to wait", async () => {
  answers = [{ status: 429, body: { code: "quota_exceeded", detail: "d" }, headers: { "retry-after": "60" } }];
  await assert.rejects(new Api(new Session("t", () => {})).latestConversation(), (error) => {
    assert.deepEqual([error.status, error.code, error.detail, error.retryAfter], [429, "quota_exceeded", "d", 60]);
    return true;
  });
});

test("of several conversations the newest is shown", async () => {
  const older = { id: "a", last_seq: 9, created_at: "2026-01-01T00:00:00Z" };
  const newer = { id: "b", last_seq: 0, created_at: "2026-02-01T00:00:00Z" };
  answers = [{ body: { data: [older, newer, { id: 4 }, null] } }];
  assert.equal((await new Api(new Session("t", () => {})).latestConversation()).id, "b");
});

test("what was read stays read, on the next page too, and never goes back", () => {
  const kept = [];
  const mark = new ReadMark((each) => kept.push(each));
  mark.set("c", 5);
  mark.set("c", 3);
  assert.equal(kept.length, 1);
  const next = new ReadMark(() => {});
  next.restore(kept[0]);
  assert.deepEqual([next.get("c"), next.get("other")], [5, 0]);
  next.restore('{"conversation":"c","seq":2}');
  next.restore("not json");
  next.restore(undefined);
  assert.equal(next.get("c"), 5);
});
