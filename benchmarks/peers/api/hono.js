// A signed-in read with Hono, jose and D1: the token is checked, the tenant is that of the host, and one statement reads the tenant's data.
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { importJWK, jwtVerify } from "jose";

const app = new Hono();
const keys = new Map();

async function keyOf(env, kid) {
  if (!keys.size) for (const jwk of JSON.parse(env.JWKS).keys) keys.set(jwk.kid, await importJWK(jwk, "EdDSA"));
  const key = keys.get(kid);
  if (!key) throw new Error("unknown key");
  return key;
}

const signedIn = createMiddleware(async (context, next) => {
  const token = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyOf(context.env, kid), { issuer: "livery", algorithms: ["EdDSA"] });
    context.set("claims", payload);
  } catch {
    return context.json({ code: "unauthenticated" }, 401);
  }
  await next();
});

app.get("/v1/embed-policy", signedIn, async (context) => {
  const key = new URL(context.req.url).hostname.split(".")[0];
  const row = await context.env.DB.prepare(
    "SELECT p.origins, p.version FROM tenants t LEFT JOIN embed_policies p ON p.tenant_id = t.id WHERE t.id = ?1 AND t.key = ?2 AND t.status = 'active'",
  )
    .bind(context.get("claims").tenant, key)
    .first();
  if (!row) return context.json({ code: "not_found" }, 404);
  return context.json({ origins: JSON.parse(row.origins) }, 200, {
    "cache-control": "no-store",
    etag: `"${row.version}"`,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-request-id": crypto.randomUUID(),
  });
});

export default app;
