// Made-up tenants, each with a subdomain and a stylesheet of 12 KB of its own, and the key-value store that has them: the content of the
// edge's cache for tenants that had visitors.
import { createHash } from "node:crypto";
import { createServer } from "node:http";

export const PLATFORM_HOST = "livery.test";
const STYLESHEET_BYTES = 12 * 1024;
// What a compiled brand looks like: custom properties, then rules.
const RULES = Array.from({ length: 160 }, (_, n) => `.livery .livery-part-${n}{color:var(--livery-color-text);padding:${n % 16}px ${n % 24}px}`).join("");

/** The n-th tenant: `{ id, host, hash, path, css() }`. */
export class Tenants {
  #names;

  constructor(count) {
    this.count = count;
    // Names of all stylesheets: 43 octets each; the sheets themselves are generated again at each request.
    this.#names = Array.from({ length: count }, (_, n) => createHash("sha256").update(this.css(n)).digest("base64url"));
  }

  css(n) {
    const head = `.livery{--livery-brand:${n};--livery-color-accent:#${(n % 0xffffff).toString(16).padStart(6, "0")}}`;
    return (head + RULES).padEnd(STYLESHEET_BYTES, " ").slice(0, STYLESHEET_BYTES);
  }
  id = (n) => "ten_01900000000070008" + n.toString(16).padStart(15, "0");
  host = (n) => `t${n}.${PLATFORM_HOST}`;
  hash = (n) => this.#names[n];
  path = (n) => `/b/${this.#names[n]}.css`;

  /** The value under a key as the edge wrote it a second ago; `undefined` if it would have written none. */
  value(key) {
    const [kind, name, , hash] = key.split(":");
    if (kind === "host") {
      const n = Number(/^t(\d+)\./.exec(name)?.[1] ?? NaN);
      return n < this.count ? JSON.stringify({ id: this.id(n), key: `t${n}`, name: `Tenant ${n}`, read_at: Date.now() - 1000 }) : undefined;
    }
    const n = Number.parseInt(name.slice(-15), 16);
    if (!(n < this.count)) return undefined;
    if (kind === "file") return hash === this.#names[n] ? this.css(n) : undefined;
    const manifest = { stylesheet: this.#names[n], config: this.#names[n], embed_policy: [] };
    return kind === "live" ? JSON.stringify({ status: "active", release: { rev: 1, manifest }, read_at: Date.now() - 1000 }) : undefined;
  }
}

/** A key-value store in workerd's protocol. Returns `{ port, reads() }`. */
export async function startStore(bench, tenants) {
  let reads = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.method !== "GET") return response.writeHead(200).end();
    reads++;
    const key = decodeURIComponent(request.url.slice(1).split("?")[0]);
    const value = tenants.value(key);
    if (value === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "content-length": Buffer.byteLength(value) });
    response.end(value);
  });
  server.keepAliveTimeout = 600_000;
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  bench.cleanup(() => new Promise((done) => (server.closeAllConnections(), server.close(done))));
  return { port: server.address().port, reads: () => reads };
}

/** Draws numbers below `count` by Zipf's law (exponent 1), the same ones for the same seed. */
export function zipf(count, seed = 1) {
  const cumulative = new Float64Array(count);
  for (let n = 0, sum = 0; n < count; n++) cumulative[n] = sum += 1 / (n + 1);
  const total = cumulative[count - 1];
  let state = seed;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const wanted = (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * total;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
