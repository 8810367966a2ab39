import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Backoff } from "../src/embed/backoff.ts";
import { Live } from "../src/embed/live.ts";

const settle = async () => {
  for (let i = 0; i < 8; i++) await Promise.resolve();
};
const ALL = ["websocket", "sse", "poll"];

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
});

/** A connection over carriers that do what the test says; `made` has each of them, `kinds` what kind it was. */
function live(changes = {}) {
  const seen = { texts: [], carrier: [], suspended: 0, renewed: [], made: [], asked: 0 };
  const make = (kind) => (line) => {
    const carrier = { kind, line, probes: 0, closed: false, probe: () => void carrier.probes++, close: () => void (carrier.closed = true) };
    seen.made.push(carrier);
    return carrier;
  };
  const { standing = async () => ALL, ...others } = changes;
  const connection = new Live({
    host: "acme.test",
    secure: true,
    carriers: Object.fromEntries(ALL.map((kind) => [kind, make(kind)])),
    rev: () => 4,
    bearer: () => "token",
    renew: async (stale) => (seen.renewed.push(stale), true),
    standing: () => (seen.asked++, standing()),
    onText: (text) => seen.texts.push(text),
    onCarrier: (works) => seen.carrier.push(works),
    onSuspended: () => seen.suspended++,
    backoff: new Backoff(() => 1, () => 0),
    ...others,
  });
  connection.start();
  const kinds = () => seen.made.map(({ kind }) => kind);
  /** The carrier that stands now is lost, and the next is made. */
  const lose = async (loss = "failed", wait = 60_000) => {
    seen.made.at(-1).line.onLost(loss);
    await settle();
    mock.timers.tick(wait);
  };
  return { connection, seen, kinds, lose, last: () => seen.made.at(-1) };
}

test("a server without sockets is asked what it has after the first failure, and streams at once", async () => {
  const { seen, kinds, last } = live({ standing: async () => ["sse", "poll"] });
  last().line.onLost("failed");
  await settle();
  mock.timers.tick(0);
  assert.deepEqual(kinds(), ["websocket", "sse"]);
  assert.deepEqual([seen.asked, seen.carrier], [1, [false]]);
  last().line.onOpen();
  assert.deepEqual(seen.carrier, [false, true]);
});

test("sockets that are refused though the server has them give way to events after the second", async () => {
  const { kinds, lose } = live();
  await lose();
  assert.deepEqual(kinds(), ["websocket", "websocket"]);
  await lose();
  assert.deepEqual(kinds(), ["websocket", "websocket", "sse"]);
});

test("events that are held back give way to long polls at once, and those to polling and the first kind again", async () => {
  const { seen, kinds, lose } = live({ standing: async () => ["sse", "poll"] });
  await lose();
  await lose("withheld", 0);
  assert.deepEqual(kinds().slice(-2), ["sse", "poll"]);
  await lose();
  await lose();
  assert.deepEqual(kinds().slice(-2), ["poll", "sse"]);
  assert.equal(seen.carrier.every((works) => !works), true);
});

test("while the server does not answer at all no other kind is tried, and polling stands in after the third failure", async () => {
  const { seen, kinds, lose } = live({ standing: async () => undefined });
  await lose();
  await lose();
  assert.deepEqual(seen.carrier, []);
  await lose();
  assert.deepEqual(seen.carrier, [false]);
  await lose();
  assert.equal(kinds().every((kind) => kind === "websocket"), true);
});

test("what worked is taken up again from where it was, and not given up for one failure", async () => {
  const { kinds, lose, last } = live({ standing: async () => ["sse", "poll"] });
  await lose();
  last().line.onOpen();
  last().line.onCursor("e.7");
  await lose("ended", 1_000);
  assert.equal(last().line.cursor, "e.7");
  await lose("failed");
  assert.deepEqual(kinds(), ["websocket", "sse", "sse", "sse"]);
});

test("a better kind is tried every few minutes, and what worked comes back at once where it fails", async () => {
  const { kinds, lose, last } = live({ standing: async () => ["sse", "poll"] });
  await lose();
  last().line.onOpen();
  await lose("ended", 1_000);
  last().line.onOpen();
  last().line.onCursor("e.9");
  mock.timers.tick(240_000);
  last().line.onLost("ended");
  mock.timers.tick(60_000);
  assert.deepEqual(kinds(), ["websocket", "sse", "sse", "websocket"]);
  last().line.onLost("failed");
  mock.timers.tick(0);
  assert.deepEqual([last().kind, last().line.cursor], ["sse", "e.9"]);
});

test("a socket that works again forgets how far the streams had come", async () => {
  const { lose, last } = live({ standing: async () => ["sse", "poll"] });
  await lose();
  last().line.onOpen();
  last().line.onCursor("e.9");
  mock.timers.tick(240_000);
  await lose("ended");
  assert.equal(last().kind, "websocket");
  last().line.onOpen();
  await lose();
  assert.deepEqual([last().kind, last().line.cursor], ["websocket", undefined]);
});

test("an expired session gets another before the next carrier", async () => {
  const { seen, kinds, lose } = live();
  await lose("expired");
  assert.deepEqual([seen.renewed, kinds()], [["token"], ["websocket", "websocket"]]);
});

test("a suspended tenant ends the connection for good", async () => {
  const { connection, seen, lose } = live();
  await lose("suspended", 600_000);
  connection.wake();
  assert.deepEqual([seen.made.length, seen.suspended], [1, 1]);
});

test("a server that asks for it is left alone for a minute at the longest jitter", async () => {
  const { seen, lose, last } = live();
  last().line.onOpen();
  await lose("busy", 59_999);
  assert.equal(seen.made.length, 1);
  mock.timers.tick(1);
  assert.equal(seen.made.length, 2);
});

test("when the network or the visitor is back, a waiting connection is made at once and a standing one is tried", () => {
  const { connection, seen, last } = live();
  last().line.onOpen();
  connection.wake();
  assert.equal(last().probes, 1);
  last().line.onLost("failed");
  connection.wake();
  assert.equal(seen.made.length, 2);
});

test("a carrier that was given up is closed and not listened to any more", async () => {
  const { connection, seen, last } = live();
  const { line } = last();
  line.onOpen();
  connection.stop();
  assert.equal(last().closed, true);
  line.onText("{}");
  line.onCursor("e.1");
  line.onLost("failed");
  await settle();
  mock.timers.tick(600_000);
  assert.deepEqual([seen.texts, seen.made.length], [[], 1]);
  connection.start();
  assert.equal(last().line.cursor, undefined);
});
