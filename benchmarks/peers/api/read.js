// The limit: the D1 read alone.
export default {
  async fetch(request, env) {
    const row = await env.DB.prepare("SELECT origins, version FROM embed_policies WHERE tenant_id = ?1").bind("ten_019a0000000070008000000000000001").first();
    return Response.json({ origins: JSON.parse(row.origins) });
  },
};
