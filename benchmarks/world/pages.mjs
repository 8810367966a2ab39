// Open pages: a process of its own that opens sockets and reports when the last of them has received a frame. It reads only where a frame
// ends and whether it contains the wanted text, so the cost of a client is small and the same for every server.
// Commands: `open N`, `ping`, `publish K` (answers `times`, in microseconds), `close`.
import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { listen } from "../lines.mjs";

const { port, publishPort = port, host, path, protocol, raw = false, publishPath } = JSON.parse(process.argv[2]);
/** Sockets that open at the same time. */
const AT_ONCE = 100;
/** How long the last page may take at most. */
const LATE_MILLIS = 30_000;
const pages = new Set();
let rev = 0;
let wanted = "";
let missing = 0;
let done = () => {};

/** Octets of a frame's head and body, where all of the head is there. */
function lengths(bytes) {
  if (bytes.length < 2) return;
  const short = bytes[1] & 127;
  if (short < 126) return [2, short];
  if (short === 127) throw new Error("a frame too large");
  return bytes.length < 4 ? undefined : [4, bytes.readUInt16BE(2)];
}

function open() {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let open = raw;
    let rest = Buffer.alloc(0);
    let heard = "";
    socket.on("error", reject);
    socket.on("close", () => {
      pages.delete(socket);
      reject(new Error(`closed: ${heard.slice(0, 300)}`));
    });
    socket.on("connect", () => {
      pages.add(socket);
      if (raw) return resolve();
      const key = randomBytes(16).toString("base64");
      const offered = protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : "";
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n${offered}\r\n`);
    });
    socket.on("data", (chunk) => {
      rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
      if (!open) {
        const end = rest.indexOf("\r\n\r\n");
        if (end < 0) return;
        heard = rest.toString("latin1");
        if (!heard.startsWith("HTTP/1.1 101 ")) return socket.destroy();
        open = true;
        rest = rest.subarray(end + 4);
        resolve();
      }
      for (let found; (found = lengths(rest)) && rest.length >= found[0] + found[1]; ) {
        const [head, body] = found;
        if (wanted && rest.includes(wanted) && rest.indexOf(wanted) < head + body && --missing === 0) done();
        rest = rest.subarray(head + body);
      }
    });
  });
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const post = (body) =>
  new Promise((resolve, reject) => {
    const sent = request({ agent, host: "127.0.0.1", port: publishPort, method: "POST", path: publishPath, headers: { host, "content-type": "application/json", "content-length": Buffer.byteLength(body) } }, (answer) => {
      answer.resume();
      answer.on("end", () => (answer.statusCode === 200 ? resolve() : reject(new Error(`publish: ${answer.statusCode}`))));
    });
    sent.on("error", reject);
    sent.end(body);
  });

/** Microseconds from a publish to the last page that has it. */
async function publish() {
  rev++;
  const hash = randomBytes(32).toString("base64url");
  wanted = `"rev":${rev},`;
  missing = pages.size;
  const frame = JSON.stringify({ type: "release", rev, stylesheet: `/b/${hash}.css`, config: `/w/${hash}.json` });
  let late;
  const all = new Promise((resolve, reject) => {
    late = setTimeout(() => reject(new Error(`${missing} of ${pages.size} pages were not told`)), LATE_MILLIS);
    done = resolve;
  });
  const from = performance.now();
  const posted = post(frame);
  await all;
  const time = (performance.now() - from) * 1000;
  clearTimeout(late);
  await posted;
  return time;
}

await listen(async (command, argument) => {
  const count = Number(argument);
  switch (command) {
    case "open":
      for (let opened = 0; opened < count; opened += AT_ONCE) await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - opened) }, open));
      return { open: pages.size };
    case "ping":
      // `ping`, masked with zeros.
      if (!raw) for (const page of pages) page.write(Buffer.from([0x81, 0x84, 0, 0, 0, 0, 0x70, 0x69, 0x6e, 0x67]));
      return {};
    case "publish": {
      const times = [];
      for (let n = 0; n < count; n++) times.push(await publish());
      return { times };
    }
    case "close":
      for (const page of pages) page.destroy();
      return {};
    default:
      throw new Error(`no command ${command}`);
  }
});
