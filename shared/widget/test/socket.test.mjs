import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { socket } from "../src/embed/carrier/socket.ts";
import { line } from "./carrier_line.mjs";

class FakeSocket {
  static OPEN = 1;
  readyState = 1;
  sent = [];
  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
    FakeSocket.last = this;
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

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.WebSocket = FakeSocket;
});

function open(changes) {
  const ours = line(changes);
  return { carrier: socket(ours), told: ours.told };
}

test("the session token travels as a subprotocol and never in the address", () => {
  open();
  assert.equal(FakeSocket.last.url, "wss://acme.test/v1/live?since=4");
  assert.deepEqual(FakeSocket.last.protocols, ["livery.v1", "bearer.token"]);
});

test("a ping goes out every 30 seconds, and a pong is not passed on", () => {
  const { told } = open();
  FakeSocket.last.hear(HELLO);
  mock.timers.tick(30_000);
  assert.deepEqual(FakeSocket.last.sent, ["ping"]);
  FakeSocket.last.hear("pong");
  mock.timers.tick(30_000);
  assert.deepEqual(FakeSocket.last.sent, ["ping", "ping"]);
  assert.deepEqual([told.texts, told.opened, told.lost], [[HELLO], 1, []]);
});

test("a socket that does not answer a ping within 10 seconds is lost", () => {
  const { told } = open();
  FakeSocket.last.hear(HELLO);
  mock.timers.tick(30_000);
  mock.timers.tick(9_999);
  assert.deepEqual(told.lost, []);
  mock.timers.tick(1);
  assert.deepEqual([told.lost, FakeSocket.last.closed], [["failed"], true]);
});

test("a socket that never speaks is lost after 15 seconds", () => {
  const { told } = open();
  mock.timers.tick(15_000);
  assert.deepEqual([told.lost, told.opened], [["failed"], 0]);
});

test("the close codes say why", () => {
  for (const [code, loss] of [[4001, "expired"], [4003, "suspended"], [4013, "busy"], [4008, "failed"], [1006, "failed"]]) {
    const { told } = open();
    FakeSocket.last.end(code);
    assert.deepEqual(told.lost, [loss]);
  }
});

test("a browser that makes no socket loses it in its own time", () => {
  globalThis.WebSocket = class {
    constructor() {
      throw new Error("blocked");
    }
  };
  const { told } = open();
  assert.deepEqual(told.lost, []);
  mock.timers.tick(0);
  assert.deepEqual(told.lost, ["failed"]);
});

test("a probe is a ping, and a closed socket says nothing more", () => {
  const { carrier, told } = open();
  FakeSocket.last.hear(HELLO);
  carrier.probe();
  assert.deepEqual(FakeSocket.last.sent, ["ping"]);
  carrier.close();
  FakeSocket.last.hear(HELLO);
  FakeSocket.last.end();
  mock.timers.tick(600_000);
  assert.deepEqual([told.texts.length, told.lost], [1, []]);
});
