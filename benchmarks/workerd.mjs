// The workerd that wrangler contains, started with a configuration of the benchmark's own: no proxy in front of it and no other service in
// it.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cpuOf, rssOf } from "./process.mjs";

const wrangler = createRequire(createRequire(import.meta.url).resolve("../node_modules/wrangler/package.json"));
/** The program itself: the package's own command is a script that starts it. */
export const WORKERD = wrangler("workerd").default;
export const COMPATIBILITY_DATE = "2026-10-20";

const text = (value) => JSON.stringify(value);

/** One module of a Worker, as the configuration writes it: `{ name, esModule | wasm | text: path }`. */
const module_ = ({ name, ...kind }) => {
  const [[type, path]] = Object.entries(kind);
  return `(name = ${text(name)}, ${type} = embed ${text(path)})`;
};

const BINDINGS = {
  text: (value) => `text = ${text(value)}`,
  service: (name) => `service = ${text(name)}`,
  kv: (service) => `kvNamespace = ${text(service)}`,
  object: ({ className, service }) => `durableObjectNamespace = (className = ${text(className)}${service ? `, serviceName = ${text(service)}` : ""})`,
  // D1's client is workerd's own; what it talks to is a service.
  d1: (service) => `wrapped = (moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = ${text(service)})])`,
};
const binding = ([name, kinds]) => {
  const [[kind, value]] = Object.entries(kinds);
  return `(name = ${text(name)}, ${BINDINGS[kind](value)})`;
};

/** The folder of a Worker that `scripts/build` packed, as modules. */
export const built = (folder) => [
  { name: "entry.js", esModule: join(folder, "entry.js") },
  { name: "index.js", esModule: join(folder, "index.js") },
  { name: "index_bg.wasm", wasm: join(folder, "index_bg.wasm") },
];

/**
 * A service that is a Worker: its modules (the first is the entry), its `bindings` by name, and its Durable Object classes with
 * SQLite under `storage`, a folder.
 */
export function worker({ modules, bindings = {}, classes = [], storage, flags = [], outbound }) {
  const objects = classes.map((name) => `(className = ${text(name)}, uniqueKey = ${text("bench-" + name)}, enableSql = true)`);
  const lines = [
    `modules = [${modules.map(module_).join(", ")}]`,
    `compatibilityDate = ${text(COMPATIBILITY_DATE)}`,
    `compatibilityFlags = [${flags.map(text).join(", ")}]`,
    `bindings = [${Object.entries(bindings).map(binding).join(", ")}]`,
  ];
  if (outbound) lines.push(`globalOutbound = ${text(outbound)}`);
  if (classes.length) lines.push(`durableObjectNamespaces = [${objects.join(", ")}]`, `durableObjectStorage = (localDisk = "disk")`);
  return { kind: "worker", lines, storage };
}

/** A service that is another process of this machine, called over HTTP. */
export const external = (port) => ({ kind: "external", port });

/**
 * Starts workerd with `services` (name to what `worker` or `external` made) and a socket that leads to `main`, and one for each of `also`.
 * Returns `{ port, ports, pid, startedIn, cpu, rss, stop }`: the port of `main`, those of all by name, how many milliseconds went
 * by until it listened, microseconds of CPU time, bytes.
 */
export async function startWorkerd(bench, { services, main, also = [], args = [] }) {
  const folder = bench.temporary();
  const parts = [];
  for (const [name, service] of Object.entries(services)) {
    if (service.kind === "external") {
      parts.push(`(name = ${text(name)}, external = (address = "127.0.0.1:${service.port}", http = ()))`);
      continue;
    }
    parts.push(`(name = ${text(name)}, worker = (${service.lines.join(", ")}))`);
    if (service.storage) parts.push(`(name = "disk", disk = (path = ${text(service.storage)}, writable = true))`);
  }
  const socket = (name) => `(name = ${text(name)}, address = "127.0.0.1:0", http = (), service = ${text(name)})`;
  const config = join(folder, "config.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${parts.join(",\n")}], sockets = [${[main, ...also].map(socket).join(", ")}]);
`,
  );
  const from = performance.now();
  // Without a path for imports `embed` would not find files outside the folder.
  const child = spawn(WORKERD, ["serve", config, "--experimental", "--import-path=/", "--control-fd=3", ...args], { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => said.length < 200 && said.push(String(data)));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  bench.cleanup(stop);
  const ports = await new Promise((resolve, reject) => {
    let heard = "";
    child.stdio[3].on("data", (data) => {
      heard += data;
      const whole = heard.slice(0, heard.lastIndexOf("\n") + 1);
      const listening = whole.split("\n").filter(Boolean).map((line) => JSON.parse(line)).filter(({ event }) => event === "listen");
      if (listening.length > also.length) resolve(Object.fromEntries(listening.map(({ socket, port }) => [socket, port])));
    });
    void ended.then((code) => reject(new Error(`workerd ended with ${code}: ${said.join("")}`)));
  });
  return {
    port: ports[main],
    ports,
    pid: child.pid,
    startedIn: performance.now() - from,
    said: () => said.join(""),
    cpu: () => cpuOf(child.pid),
    rss: () => rssOf(child.pid),
    stop,
  };
}
