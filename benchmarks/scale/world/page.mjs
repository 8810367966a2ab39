// The requests of a page with the widget. Those of Chromium are recorded in `browser.mjs`: the two have to agree.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Agent, request } from "undici";
import WebSocket from "ws";

const ORIGIN = "http://localhost:4000";
const agent = new Agent({ keepAliveTimeout: 60_000, connections: 32 });

/** A client of the system at `port`; `asked` lists the requests, as `front.js` records them. */
export class Pages {
  asked = [];

  constructor(port) {
    this.port = port;
  }

  async ask(host, method, path, { headers = {}, body, expect = 200 } = {}) {
    const sent = { host: `${host}:${this.port}`, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers };
    const shown = path.replace(/[A-Za-z0-9_-]{43}/, "{hash}").replace(/cnv_[0-9a-f]+/, "{id}").split("?")[0];
    this.asked.push(`${method} ${shown}${headers["if-none-match"] ? ", if changed" : ""}`);
    const answer = await request(`http://127.0.0.1:${this.port}${path}`, { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body), dispatcher: agent });
    const text = await answer.body.text();
    assert.equal(answer.statusCode, expect, `${method} ${path} at ${host}: ${text}`);
    return { headers: answer.headers, text, json: () => JSON.parse(text) };
  }

  /** The first page of a visit, with an empty browser cache. Returns what the browser has afterwards. */
  async first(host) {
    await this.ask(host, "GET", "/widget.js");
    await this.preflight(host);
    const session = await this.session(host);
    const document = await this.ask(host, "GET", "/embed");
    const files = [...document.text.matchAll(/(?:href|src)="(\/[wb]\/[^"]+)"/g)].map(([, path]) => path);
    assert.equal(files.length, 3);
    for (const path of files) await this.ask(host, "GET", path);
    const rev = JSON.parse(/id="livery-config">(.*?)<\/script>/.exec(document.text)[1]).rev;
    return this.live(host, { ...session, etag: document.headers.etag, rev });
  }

  /** A page of the same visit, more than 30 s later: files, loader and preflight are in the browser's cache. */
  async later(host, had) {
    const session = await this.session(host, had.visitor_token);
    await this.ask(host, "GET", "/embed", { expect: 304, headers: { "if-none-match": had.etag } });
    return this.live(host, { ...session, etag: had.etag, rev: had.rev });
  }

  preflight = (host) => this.ask(host, "OPTIONS", "/v1/embed/sessions", { expect: 204, headers: { origin: ORIGIN, "access-control-request-method": "POST", "access-control-request-headers": "content-type" } });

  async session(host, visitor_token) {
    const answer = await this.ask(host, "POST", "/v1/embed/sessions", { body: visitor_token ? { visitor_token } : {}, headers: { origin: ORIGIN }, expect: 201 });
    return answer.json();
  }

  async live(host, page) {
    const socket = await this.socket(host, page);
    const authorization = `Bearer ${page.session_token}`;
    await this.ask(host, "GET", "/v1/conversations", { headers: { authorization } });
    return { ...page, socket, authorization };
  }

  /** A page's socket after its `hello`. `heard` settles with the next release. */
  async socket(host, { session_token, rev }) {
    this.asked.push("GET /v1/live");
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}/v1/live?since=${rev}`, ["livery.v1", `bearer.${session_token}`], { headers: { host: `${host}:${this.port}` } });
    const frames = [];
    let look = () => {};
    socket.on("message", (data) => (frames.push(JSON.parse(String(data))), look()));
    await new Promise((open, failed) => (socket.on("open", open), socket.on("error", failed), socket.on("close", (code) => failed(new Error(`closed with ${code}`)))));
    const frame = (wanted) =>
      new Promise((resolve) => {
        look = () => {
          const at = frames.findIndex(wanted);
          if (at < 0) return;
          look = () => {};
          resolve(frames.splice(0, at + 1).at(-1));
        };
        look();
      });
    await frame(({ type }) => type === "hello");
    return { frame, close: () => new Promise((closed) => (socket.once("close", closed), socket.close())) };
  }

  conversation = async (host, { authorization }) => (await this.ask(host, "POST", "/v1/conversations", { headers: { authorization }, body: {}, expect: 201 })).json().id;

  /** A message, delivered to the visitor's own page. */
  async message(host, { authorization, socket }, conversation) {
    const text = "Where is my order? I was told that it would be here by Thursday, and nothing has come so far. ".padEnd(100, ".");
    await this.ask(host, "POST", `/v1/conversations/${conversation}/messages`, { headers: { authorization, "idempotency-key": randomUUID() }, body: { text }, expect: 201 });
    await socket.frame(({ type }) => type === "message");
  }
}
