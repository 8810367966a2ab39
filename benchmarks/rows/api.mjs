// The check of a sign-in token and one tenant-scoped read, through the API: `GET /v1/embed-policy`.
import assert from "node:assert/strict";
import { createPrivateKey, sign } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { request } from "undici";
import { migrate, seed } from "../../scripts/schema/index.mjs";
import { PASSWORD } from "../../scripts/world/demo.mjs";
import { signingKeys } from "../../scripts/world/keys.mjs";
import { load } from "../load.mjs";
import { built, external, startWorkerd, worker } from "../workerd.mjs";
import { startSql } from "../world/sql.mjs";

export const title = "Token check and one tenant-scoped read";
export const needs = { functions: ["edge", "auth", "admin"] };

const HOST = "acme.localhost";
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export async function run(bench) {
  const folder = bench.temporary();
  const file = join(folder, "livery.db");
  const target = { kind: "sqlite", file };
  await migrate(target);
  await seed(target, here("../../schema/demo/world.sql"));
  const sql = await startSql(bench, file);
  const vars = { LIVERY_DATABASE: { text: "d1" }, LIVERY_PLATFORM_HOST: { text: "localhost" }, LIVERY_SIGNING_KEYS: { text: signingKeys(folder) } };
  const bindings = { DB: { d1: "sql" }, ...vars };
  const start = (modules, more = {}, services = {}) => startWorkerd(bench, { services: { main: worker({ modules, bindings: { ...bindings, ...more } }), sql: external(sql.port), ...services }, main: "main" });
  const functionOf = (name) => built(here(`../../functions/${name}/build`));

  const auth = await start(functionOf("auth"));
  const json = async (port, path, options = {}) => {
    const answer = await request(`http://127.0.0.1:${port}${path}`, { ...options, headers: { host: HOST, ...options.headers } });
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.json() };
  };
  const signedIn = await json(auth.port, "/v1/auth/login", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ email: "owner@acme.test", password: PASSWORD }) });
  assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
  const jwks = (await json(auth.port, "/.well-known/jwks.json")).body;
  const authorization = `Bearer ${signedIn.body.access_token}`;
  await auth.stop();

  const peer = async (name) => {
    const outfile = join(bench.temporary(), "worker.js");
    await build({ entryPoints: [here(`../peers/api/${name}.js`)], outfile, bundle: true, minify: true, format: "esm", target: "es2024", conditions: ["workerd", "worker"], logLevel: "error" });
    return start([{ name: "worker.js", esModule: outfile }], { JWKS: { text: JSON.stringify(jwks) } });
  };
  const edge = worker({ modules: functionOf("edge"), bindings: { ...bindings, ADMIN: { service: "admin" }, CACHE: { kv: "sql" } } });
  const systems = {
    livery: await start(functionOf("admin")),
    "Hono, jose and D1": await peer("hono"),
    "the D1 read alone": await peer("read"),
  };
  const throughEdge = await startWorkerd(bench, { services: { main: edge, admin: worker({ modules: functionOf("admin"), bindings }), sql: external(sql.port) }, main: "main" });

  const path = "/v1/embed-policy";
  const headers = { host: HOST, authorization };
  const head = ({ "x-request-id": _, date, connection, "keep-alive": alive, "content-length": length, ...rest }) => rest;
  const wanted = await json(systems["Hono, jose and D1"].port, path, { headers });
  for (const system of [systems.livery, throughEdge]) {
    const answer = await json(system.port, path, { headers });
    assert.deepEqual([answer.status, answer.body, head(answer.headers)], [200, wanted.body, head(wanted.headers)]);
    const forged = await json(system.port, path, { headers: { authorization: authorization.slice(0, -6) + "AAAAAA" } });
    assert.equal(forged.status, 401);
  }

  const count = bench.quick ? 1_500 : 4_000;
  const one = (system, request = () => ({ path, headers })) => async () => {
    const before = system.cpu();
    await load({ port: system.port, connections: 16, count, request });
    return (system.cpu() - before) / count;
  };
  for (const system of [...Object.values(systems), throughEdge]) await one(system)();
  const sides = Object.fromEntries(Object.entries(systems).map(([name, system]) => [name, one(system)]));
  await bench.compare({ row: "the function admin, CPU time", unit: "µs/request", better: "lower", sides, goals: { "Hono, jose and D1": 1.0 }, limits: ["the D1 read alone"] });
  await bench.compare({ row: "behind the edge, CPU time", unit: "µs/request", better: "lower", sides: { ...sides, livery: one(throughEdge) }, limits: ["the D1 read alone"] });
  const fresh = tokens(folder, signedIn.body.access_token, 3_000);
  const unseen = (n) => ({ path, headers: { host: HOST, authorization: `Bearer ${fresh[n % fresh.length]}` } });
  const { livery, "Hono, jose and D1": hono } = systems;
  await bench.compare({ row: "the same, each token for the first time", unit: "µs/request", better: "lower", sides: { livery: one(livery, unseen), "Hono, jose and D1": one(hono, unseen) } });
  const trips = async (system) => {
    const before = await sql.queries();
    await load({ port: system.port, connections: 4, count: 200, request: () => ({ path, headers }) });
    const after = await sql.queries();
    return `${(after.trips - before.trips) / 200} round trips, ${(after.statements - before.statements) / 200} statements`;
  };
  for (const [name, system] of Object.entries(systems)) bench.note(`${name}: ${await trips(system)} per request`);
}

/** Different tokens with the same claims: more than the function remembers. */
function tokens(folder, token, many) {
  const [{ kid, private_key: pem }] = JSON.parse(signingKeys(folder));
  const key = createPrivateKey(pem);
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return Array.from({ length: many }, (_, n) => {
    const signed = `${part({ alg: "EdDSA", typ: "JWT", kid })}.${part({ ...claims, jti: `bench-${n}` })}`;
    return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
  });
}
