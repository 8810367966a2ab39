// A key-value store in workerd's protocol that counts its calls.
import { createServer } from "node:http";

/**
 * Returns `{ port, counts(), bytes(), age(milliseconds) }`. Documents with a time of reading are returned as if they had been read
 * `age` milliseconds ago, so that a measurement need not wait for them to age; a second at first.
 */
export async function startCountingStore(bench) {
  const values = new Map();
  const counts = { reads: 0, writes: 0 };
  let age = 1_000;
  const aged = (value) => {
    const text = value.toString("utf8");
    return text.includes('"read_at":') ? Buffer.from(text.replace(/"read_at":\d+/g, () => `"read_at":${Date.now() - age}`)) : value;
  };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const key = decodeURIComponent(request.url.slice(1).split("?")[0]);
    if (request.method === "PUT") {
      counts.writes++;
      values.set(key, Buffer.concat(chunks));
      return response.writeHead(200).end();
    }
    if (request.method !== "GET") return response.writeHead(405).end();
    counts.reads++;
    const found = values.get(key);
    if (!found) return response.writeHead(404).end();
    const value = aged(found);
    response.writeHead(200, { "content-length": value.length }).end(value);
  });
  server.keepAliveTimeout = 600_000;
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  bench.cleanup(() => new Promise((done) => (server.closeAllConnections(), server.close(done))));
  return {
    port: server.address().port,
    counts: () => ({ ...counts }),
    /** Octets of keys and values. */
    bytes: () => [...values].reduce((sum, [key, value]) => sum + key.length + value.length, 0),
    age: (milliseconds) => void (age = milliseconds),
  };
}
