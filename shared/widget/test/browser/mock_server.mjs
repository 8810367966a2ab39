// A stand-in for the tenant's origin: the embed's endpoints with their real status codes and headers, held in memory.
// Lets the widget be checked in a browser on its own, and be pushed into states that a real server is seldom in.
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { mockChannel } from "./mock_channel.mjs";

const dist = (name) => readFileSync(fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)));
const hash = (bytes) => createHash("sha256").update(bytes).digest("base64url");

/** Every transport works. */
export const WHOLE = { socketsWork: true, events: "work", polls: true };

export async function startMock({ port = 0 } = {}) {
  const files = new Map();
  const keep = (folder, extension, type, bytes) => {
    const path = `/${folder}/${hash(bytes)}.${extension}`;
    files.set(path, { type, bytes });
    return path;
  };
  const scripts = {
    embed: keep("w", "js", "text/javascript", dist("embed.js")),
    base: keep("w", "css", "text/css", dist("base.css")),
  };
  const state = {
    rev: 0,
    release: undefined,
    config: undefined,
    visitors: new Map(),
    sessions: new Map(),
    conversations: new Map(),
    idempotent: new Map(),
    sockets: new Set(),
    requests: [],
    allowed: () => true,
    quota: undefined,
    loseAnswers: 0,
    ...WHOLE,
    expiresIn: 900,
  };

  const channel = mockChannel(state);
  const mock = {
    state,
    channel,
    publish({ css = "", ...config } = {}) {
      const rev = ++state.rev;
      const stylesheet = keep("b", "css", "text/css", Buffer.from(css || `/* ${rev} */`));
      const body = { name: "Acme", texts: {}, assets: {}, powered_by: true, theme_mode: "auto", layout: {}, ...config };
      const path = keep("w", "json", "application/json", Buffer.from(JSON.stringify({ rev, ...body })));
      state.release = { rev, stylesheet, config: path };
      state.config = { ...state.release, ...body };
      mock.broadcast({ type: "release", ...state.release });
    },
    broadcast(frame, visitor) {
      for (const socket of state.sockets) if (!visitor || socket.visitor === visitor) socket.send(JSON.stringify(frame));
      channel.tell(frame, visitor);
    },
    say(visitor, author, text, created_at = new Date().toISOString()) {
      const conversation = open(visitor);
      const message = { id: "msg_" + randomUUID(), seq: ++conversation.last_seq, author, text, created_at };
      conversation.messages.push(message);
      mock.broadcast({ type: "message", conversation_id: conversation.id, message }, visitor);
      return message;
    },
    close: () =>
      new Promise((done) => {
        for (const socket of state.sockets) socket.terminate();
        server.closeAllConnections();
        server.close(done);
      }),
  };

  const open = (visitor) => {
    if (!state.conversations.has(visitor)) {
      state.conversations.set(visitor, { id: "cnv_" + randomUUID(), last_seq: 0, created_at: new Date().toISOString(), messages: [] });
    }
    return state.conversations.get(visitor);
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://" + request.headers.host);
    let text = "";
    for await (const chunk of request) text += chunk;
    state.requests.push({ method: request.method, path: url.pathname, query: url.search, headers: request.headers });
    const send = (status, body, headers = {}) => {
      const type = body === undefined || headers["content-type"] ? {} : { "content-type": "application/json" };
      response.writeHead(status, { "cache-control": "no-store", ...type, ...headers });
      response.end(body === undefined ? undefined : Buffer.isBuffer(body) || typeof body === "string" ? body : JSON.stringify(body));
    };
    const problem = (status, code, detail, headers = {}) => send(status, { status, code, title: code, detail }, { "content-type": "application/problem+json", ...headers });
    const route = request.method + " " + url.pathname;

    if (route === "GET /widget.js") return send(200, dist("loader.js"), { "content-type": "text/javascript", "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" });
    if (files.has(url.pathname)) {
      const { type, bytes } = files.get(url.pathname);
      return send(200, bytes, { "content-type": type, "cache-control": "public, max-age=31536000, immutable" });
    }
    if (route === "GET /embed") {
      const csp = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://${url.host}; img-src 'self' https: data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *`;
      const config = JSON.stringify(state.config).replace(/</g, "\\u003c");
      return send(
        200,
        `<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Chat</title>
<link rel="stylesheet" href="${scripts.base}"><link rel="stylesheet" id="livery-brand" href="${state.release.stylesheet}">
<script type="application/json" id="livery-config">${config}</script>
<script src="${scripts.embed}" defer></script></head><body class="livery" data-theme="auto"></body></html>`,
        { "content-type": "text/html; charset=utf-8", "content-security-policy": csp },
      );
    }
    if (url.pathname === "/v1/embed/sessions") {
      const cors = { "access-control-allow-origin": request.headers.origin ?? "*", "access-control-allow-headers": "content-type", "access-control-expose-headers": "retry-after" };
      if (request.method === "OPTIONS") return send(204, undefined, cors);
      if (!state.allowed(request.headers.origin)) return problem(403, "origin_not_allowed", `The origin ${request.headers.origin} is not on the list of this tenant.`, cors);
      const visitor = state.visitors.get(JSON.parse(text || "{}").visitor_token) ?? "vis_" + randomUUID();
      const visitor_token = "vt_" + visitor;
      state.visitors.set(visitor_token, visitor);
      const session_token = "st_" + randomUUID();
      state.sessions.set(session_token, visitor);
      return send(201, { session_token, expires_in: state.expiresIn, visitor_token }, cors);
    }
    if (route === "GET /v1/edge/config") {
      const etag = `"${state.release.rev}"`;
      return request.headers["if-none-match"] === etag ? send(304) : send(200, state.release, { etag });
    }
    if (route === "GET /v1/capabilities") return send(200, { runtime: "mock", live: [...(state.socketsWork ? ["websocket"] : []), "sse", "poll"] });
    const visitor = state.sessions.get((request.headers.authorization ?? "").replace("Bearer ", ""));
    if (url.pathname.startsWith("/v1/") && !visitor) return problem(401, "session_invalid", "The session is not known.");
    if (route === "GET /v1/live") return channel.serve(request, response, url, visitor) || problem(404, "not_found", "");
    const summary = ({ id, last_seq, created_at }) => ({ id, last_seq, created_at });
    if (route === "GET /v1/conversations") return send(200, { data: state.conversations.has(visitor) ? [summary(open(visitor))] : [] });
    if (route === "POST /v1/conversations") return send(201, summary(open(visitor)));
    if (/^\/v1\/conversations\/[^/]+\/messages$/.test(url.pathname)) {
      const conversation = open(visitor);
      if (request.method === "GET") {
        const after = Number(url.searchParams.get("after"));
        const limit = Number(url.searchParams.get("limit"));
        const rest = conversation.messages.filter(({ seq }) => seq > after);
        return send(200, { data: rest.slice(0, limit), has_more: rest.length > limit });
      }
      const key = request.headers["idempotency-key"];
      if (state.idempotent.has(key)) return send(201, state.idempotent.get(key));
      if (state.quota !== undefined) return problem(429, "quota_exceeded", "The messages of this month are used up.", { "retry-after": String(state.quota) });
      const message = mock.say(visitor, "visitor", JSON.parse(text).text);
      state.idempotent.set(key, message);
      if (state.loseAnswers > 0) {
        state.loseAnswers--;
        return request.socket.destroy();
      }
      return send(201, message);
    }
    return problem(404, "not_found", "");
  });

  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => (offered.has("livery.v1") ? "livery.v1" : false) });
  server.on("upgrade", (request, socket, head) => {
    const token = (request.headers["sec-websocket-protocol"] ?? "").split(/,\s*/).find((each) => each.startsWith("bearer."))?.slice(7);
    const visitor = state.sessions.get(token);
    // "refused": as a proxy does that knows no sockets, whatever the server says of itself.
    if (state.socketsWork !== true) return socket.end("HTTP/1.1 501 Not Implemented\r\nconnection: close\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (live) => {
      if (!visitor) return live.close(4001, "session");
      live.visitor = visitor;
      state.sockets.add(live);
      live.on("close", () => state.sockets.delete(live));
      live.on("message", (data) => String(data) === "ping" && live.send("pong"));
      live.send(JSON.stringify({ type: "hello", rev: state.rev }));
      const since = Number(new URL(request.url, "http://x").searchParams.get("since"));
      if (since < state.rev) live.send(JSON.stringify({ type: "snapshot", ...state.release }));
    });
  });

  mock.publish();
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  mock.port = server.address().port;
  mock.base = `http://acme.localhost:${mock.port}`;
  return mock;
}

/** The customer's page, on an origin of its own. `pages` maps a path to `{ html, headers }`, or makes one from the path. */
export async function startSite(pages) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url, "http://x").pathname];
    if (!page) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...page.headers });
    response.end(page.html);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://localhost:${server.address().port}`, close: () => new Promise((done) => (server.closeAllConnections(), server.close(done))) };
}
