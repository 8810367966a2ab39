// What both peers have in common: the tenant of a host, and a tenant's stylesheet, from memory and else from the key-value store, with the
// same bounds on age and size as the edge.
import { Recent } from "./recent.js";

const FRESH_MILLIS = 2_000;
const MAX_FILE_BYTES = 32 * 1024 * 1024;

const sites = new Recent(10_000, () => 1);
const files = new Recent(MAX_FILE_BYTES, ({ body }) => body.byteLength);

const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** A body with the heads of its answers, made once. */
function prepared(body, hash, type, cache) {
  const etag = `"${hash}"`;
  const shared = {
    "cache-control": cache,
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    etag,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
  return {
    body,
    etag,
    found: { status: 200, headers: new Headers({ "content-type": type, ...shared }) },
    unchanged: { status: 304, headers: new Headers(shared) },
  };
}

export const LOADER_CACHE = "public, max-age=300, stale-while-revalidate=86400";
/** The loader, the same for every tenant; bundled in with its hash. */
export const loader = prepared(new TextEncoder().encode(LOADER), LOADER_HASH, "text/javascript; charset=utf-8", LOADER_CACHE);

/** The tenant of a host, if visitors may see it. */
export async function siteAt(env, host) {
  const known = sites.get(host);
  if (known && Date.now() - known.readAt <= FRESH_MILLIS) return known;
  const tenant = await env.CACHE.get("host:" + host, "json");
  if (!tenant) return undefined;
  const face = await env.CACHE.get("live:" + tenant.id, "json");
  if (!face || face.status === "deactivated" || face.status === "provisioning") return undefined;
  const site = { tenant: tenant.id, face, readAt: Date.now() };
  sites.set(host, site);
  return site;
}

/** A site from memory; `undefined` if it has to be looked up. */
export function siteInMemory(host) {
  const known = sites.get(host);
  return known && Date.now() - known.readAt <= FRESH_MILLIS ? known : undefined;
}

const fileKey = (tenant, hash) => tenant + hash;
export const fileInMemory = (tenant, hash) => files.get(fileKey(tenant, hash));

/** A tenant's stylesheet with the head of its answers. */
export async function fileOf(env, tenant, hash) {
  const key = fileKey(tenant, hash);
  const known = files.get(key);
  if (known) return known;
  const body = await env.CACHE.get(`file:${tenant}:stylesheet:${hash}`, "arrayBuffer");
  if (!body || base64url(await crypto.subtle.digest("SHA-256", body)) !== hash) return undefined;
  const file = prepared(new Uint8Array(body), hash, "text/css; charset=utf-8", "public, max-age=31536000, immutable");
  files.set(key, file);
  return file;
}

/** Whether `If-None-Match` names the file. */
export const has = (asked, etag) => asked !== null && (asked === etag || asked.split(",").some((each) => ["*", etag].includes(each.trim().replace(/^W\//, ""))));
