// An entry for Livery's functions: turns a publish into the call that the function `theme` makes.
export default {
  async fetch(request, env) {
    const { searchParams } = new URL(request.url);
    const { type: _, ...release } = await request.json();
    const hub = env.TENANT_HUB.getByName(searchParams.get("tenant"));
    return hub.fetch("https://tenant-hub/release", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(release) });
  },
};
