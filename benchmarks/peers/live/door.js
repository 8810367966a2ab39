// Before Livery's functions: a publish becomes the call that the function `theme` makes, all else is handed over as the edge does.
export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/publish") return env.LIVE.fetch(request);
    const { type: _, ...release } = await request.json();
    const hub = env.TENANT_HUB.getByName(searchParams.get("tenant"));
    return hub.fetch("https://tenant-hub/release", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(release) });
  },
};
