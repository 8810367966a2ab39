// The same with Hono and its own features: its router, a middleware that finds the tenant, the one for security headers, its context.
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { LOADER_CACHE, fileOf, has, loader, siteAt } from "./policy.js";

const app = new Hono();

app.use(
  secureHeaders({
    xContentTypeOptions: "nosniff",
    referrerPolicy: "no-referrer",
    crossOriginResourcePolicy: "cross-origin",
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    strictTransportSecurity: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    removePoweredBy: false,
  }),
);

app.use(async (context, next) => {
  const site = await siteAt(context.env, new URL(context.req.url).hostname);
  if (!site) return context.notFound();
  context.set("site", site);
  await next();
});

const SHARED = { "cache-control": "public, max-age=31536000, immutable", "access-control-allow-origin": "*" };

app.get("/b/:name{[A-Za-z0-9_-]{43}\\.css}", async (context) => {
  const file = await fileOf(context.env, context.get("site").tenant, context.req.param("name").slice(0, -4));
  if (!file) return context.notFound();
  const { etag } = file;
  return has(context.req.header("if-none-match") ?? null, etag)
    ? context.body(null, 304, { ...SHARED, etag })
    : context.body(file.body, 200, { ...SHARED, etag, "content-type": "text/css; charset=utf-8" });
});

app.get("/widget.js", (context) => {
  const { body, etag } = loader;
  const shared = { "cache-control": LOADER_CACHE, "access-control-allow-origin": "*", etag };
  return has(context.req.header("if-none-match") ?? null, etag)
    ? context.body(null, 304, shared)
    : context.body(body, 200, { ...shared, "content-type": "text/javascript; charset=utf-8" });
});

export default app;
