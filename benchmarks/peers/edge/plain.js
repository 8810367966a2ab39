// A stylesheet by host, in plain JavaScript, optimised: nothing is awaited if memory has it.
import { fileInMemory, fileOf, has, loader, siteAt, siteInMemory } from "./policy.js";

const PATH = /^\/b\/([A-Za-z0-9_-]{43})\.css$/;

const reply = (request, file) => (has(request.headers.get("if-none-match"), file.etag) ? new Response(null, file.unchanged) : new Response(file.body, file.found));
const nothing = () => new Response("not found", { status: 404 });

async function asked(request, env, host, hash) {
  const site = await siteAt(env, host);
  const file = site && (hash ? await fileOf(env, site.tenant, hash) : loader);
  return file ? reply(request, file) : nothing();
}

export default {
  fetch(request, env) {
    if (request.method !== "GET") return new Response(null, { status: 405, headers: { allow: "GET" } });
    const { hostname, pathname } = new URL(request.url);
    const hash = PATH.exec(pathname)?.[1];
    if (!hash && pathname !== "/widget.js") return nothing();
    const site = siteInMemory(hostname);
    const file = site && (hash ? fileInMemory(site.tenant, hash) : loader);
    return file ? reply(request, file) : asked(request, env, hostname, hash);
  },
};
