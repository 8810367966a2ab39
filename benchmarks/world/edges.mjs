// The edge and its peers, each a workerd of its own over the same key-value store.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { join } from "node:path";
import { external, startWorkerd, worker } from "../workerd.mjs";
import { PLATFORM_HOST } from "./tenants.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bindings = {
  CACHE: { kv: "store" },
  // SQL is never used here: the store has every tenant.
  DB: { d1: "nobody" },
  LIVERY_DATABASE: { text: "d1" },
  LIVERY_PLATFORM_HOST: { text: PLATFORM_HOST },
};

/** The edge as wrangler bundles it: its entry and what worker-build made, and the wasm beside it. */
const livery = async (folder) => ({ entry: here("../../functions/edge/build/entry.js"), wasm: here("../../functions/edge/build/index_bg.wasm"), folder });

/** What each Worker is made from: `{ entry, wasm? }`. */
const SOURCES = {
  livery,
  "plain JavaScript": async () => ({ entry: here("../peers/edge/plain.js") }),
  Hono: async () => ({ entry: here("../peers/edge/hono.js") }),
  "a constant": async () => ({ entry: here("../peers/edge/constant.js") }),
  "an empty Worker": async () => ({ entry: here("../peers/edge/empty.js") }),
};

const loader = () => {
  const bytes = readFileSync(here("../../shared/widget/dist/loader.js"));
  return { LOADER: JSON.stringify(String(bytes)), LOADER_HASH: JSON.stringify(createHash("sha256").update(bytes).digest("base64url")) };
};

/** The modules of one of them, bundled into a folder: `[{ name, esModule | wasm }]`. */
export async function bundled(bench, name, replaced = {}) {
  const folder = bench.temporary();
  const { entry, wasm } = await SOURCES[name]();
  const outfile = join(folder, "worker.js");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:workers", "*.wasm"],
    define: { ...loader(), ...replaced },
    logLevel: "error",
  });
  return [{ name: "worker.js", esModule: outfile }, ...(wasm ? [{ name: "build/index_bg.wasm", wasm }, { name: "index_bg.wasm", wasm }] : [])];
}

/** A started workerd with such modules. */
export function startBundled(bench, modules, { store } = {}) {
  const services = { main: worker({ modules, bindings }), store: external(store?.port ?? 9), nobody: external(9) };
  return startWorkerd(bench, { services, main: "main" });
}

/** A started workerd with one of them. */
export const startEdge = async (bench, name, { store, replaced } = {}) => startBundled(bench, await bundled(bench, name, replaced), { store });
