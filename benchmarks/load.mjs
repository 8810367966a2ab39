// Load by plain HTTP from this process: so many connections, each with one request at a time.
import { Client } from "undici";

/**
 * Sends `count` requests, or as many as fit into `seconds`, over `connections` connections. `request(n)` gives the n-th as
 * `{ path, method, headers, body, expect }`. An answer with another status than `expect` ends it with an error. Returns `{ count, seconds,
 * latencies }`, the latencies in microseconds where `timed`.
 */
export async function load({ port, connections = 32, count = Infinity, seconds = Infinity, request, expect = 200, timed = false }) {
  const latencies = [];
  let sent = 0;
  let done = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  const line = (client) =>
    new Promise((resolve, reject) => {
      const next = () => {
        if (sent >= count || performance.now() >= end) return resolve();
        const { path = "/", method = "GET", headers, body, expect: wanted = expect } = request(sent++);
        const from = timed ? performance.now() : 0;
        let status = 0;
        client.dispatch(
          { path, method, headers, body },
          {
            onRequestStart() {},
            onResponseStart(_, code) {
              status = code;
            },
            onResponseData() {},
            onResponseEnd() {
              if (status !== wanted) return reject(new Error(`${method} ${path}: ${status} instead of ${wanted}`));
              done++;
              if (timed) latencies.push((performance.now() - from) * 1000);
              next();
            },
            onResponseError: (_, fault) => reject(fault),
          },
        );
      };
      next();
    });
  const clients = Array.from({ length: Math.min(connections, count) }, () => new Client(`http://127.0.0.1:${port}`, { pipelining: 1, bodyTimeout: 60_000, headersTimeout: 60_000 }));
  try {
    await Promise.all(clients.map(line));
  } finally {
    for (const client of clients) client.destroy().catch(() => {});
  }
  return { count: done, seconds: (performance.now() - started) / 1000, latencies };
}

/** The value below which `share` of the numbers lie. */
export function percentile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
