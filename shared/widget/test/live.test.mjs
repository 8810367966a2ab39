import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Backoff } from "../src/embed/backoff.ts";
import { Live } from "../src/embed/live.ts";

class FakeSocket {
  static OPEN = 1;
  static all = [];
  static get last() {
    return FakeSocket.all.at(-1);
  }
  readyState = 1;
  sent = [];
  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
    FakeSocket.all.push(this);
  }
  send(text) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
  hear(data) {
    this.onmessage?.({ data });
  }
  end(code = 1006) {
    this.onclose?.({ code });
  }
}

const HELLO = '{"type":"hello","rev":1}';
const settle = async () => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  FakeSocket.all = [];
  globalThis.WebSocket = FakeSocket;
});

function live(changes = {}) {
  const seen = { texts: [], carrier: [], suspended: 0, renewed: [] };
  const connection = new Live({
    host: "acme.test",
    secure: true,
    rev: () => 4,
    bearer: () => "token",
    renew: async (stale) => (seen.renewed.push(stale), true),
    hasNoSockets: async () => false,
    onText: (text) => seen.texts.push(text),
    onCarrier: (works) => seen.carrier.push(works),
    onSuspended: () => seen.suspended++,
    backoff: new Backoff(() => 1, () => 0),
    ...changes,
  });
  connection.start();
  return { connection, seen };
}

test("the session token travels as a subprotocol and never in the address", () => {
  live();
  assert.equal(FakeSocket.last.url, "wss://acme.test/v1/live?since=4");
  assert.deepEqual(FakeSocket.last.protocols, ["livery.v1", "bearer.token"]);
});

test("a ping goes out every 30 seconds, and a pong is nobody else's business", () => {
  const { seen } = live();
  FakeSocket.last.hear(HELLO);
  mock.timers.tick(30_000);
  assert.deepEqual(FakeSocket.last.sent, ["ping"]);
  FakeSocket.last.hear("pong");
  mock.timers.tick(30_000);
  assert.deepEqual(FakeSocket.last.sent, ["ping", "ping"]);
  assert.deepEqual(seen.texts, [HELLO]);
  assert.equal(FakeSocket.all.length, 1);
});

test("a socket that does not answer a ping within 10 seconds is replaced", () => {
  live();
  FakeSocket.last.hear(HELLO);
  mock.timers.tick(30_000);
  mock.timers.tick(9_999);
  assert.equal(FakeSocket.last.closed, undefined);
  mock.timers.tick(1);
  assert.equal(FakeSocket.all[0].closed, true);
  mock.timers.tick(1_000);
  assert.equal(FakeSocket.all.length, 2);
});

test("three sockets in a row that never spoke bring polling in, and a working one takes over again", () => {
  const { seen } = live();
  for (const wait of [1_000, 2_000]) {
    FakeSocket.last.end();
    mock.timers.tick(wait);
  }
  assert.deepEqual(seen.carrier, []);
  FakeSocket.last.end();
  assert.deepEqual(seen.carrier, [false]);
  mock.timers.tick(4_000);
  FakeSocket.last.hear(HELLO);
  assert.deepEqual(seen.carrier, [false, true]);
});

test("a server without sockets is polled after the first failure, and asked for one only every five minutes", async () => {
  const { seen } = live({ hasNoSockets: async () => true });
  FakeSocket.last.end();
  await settle();
  assert.deepEqual(seen.carrier, [false]);
  mock.timers.tick(299_999);
  assert.equal(FakeSocket.all.length, 1);
  mock.timers.tick(1);
  assert.equal(FakeSocket.all.length, 2);
});

test("4001 gets another session before the next socket", async () => {
  const { seen } = live();
  FakeSocket.last.end(4001);
  assert.deepEqual(seen.renewed, ["token"]);
  await settle();
  mock.timers.tick(1_000);
  assert.equal(FakeSocket.all.length, 2);
});

test("4003 ends the connection for good", () => {
  const { connection, seen } = live();
  FakeSocket.last.end(4003);
  mock.timers.tick(600_000);
  connection.wake();
  assert.equal(FakeSocket.all.length, 1);
  assert.equal(seen.suspended, 1);
});

test("4013 is left alone for a minute at the longest jitter", () => {
  live();
  FakeSocket.last.hear(HELLO);
  FakeSocket.last.end(4013);
  mock.timers.tick(59_999);
  assert.equal(FakeSocket.all.length, 1);
  mock.timers.tick(1);
  assert.equal(FakeSocket.all.length, 2);
});

test("when the network or the visitor is back, a waiting connection is made at once and a standing one is tried", () => {
  const { connection } = live();
  FakeSocket.last.end();
  connection.wake();
  assert.equal(FakeSocket.all.length, 2);
  FakeSocket.last.hear(HELLO);
  connection.wake();
  assert.deepEqual(FakeSocket.last.sent, ["ping"]);
  assert.equal(FakeSocket.all.length, 2);
});

test("a socket that was given up is not listened to any more", () => {
  const { connection, seen } = live();
  const old = FakeSocket.last;
  connection.stop();
  old.hear(HELLO);
  old.end();
  mock.timers.tick(600_000);
  assert.deepEqual(seen.texts, []);
  assert.equal(FakeSocket.all.length, 1);
});
