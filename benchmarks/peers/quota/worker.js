// The Worker in front of the object, with the same routes as Livery's: `GET /{rpc|fetch|nothing}/{tenant}/{limit}/{count}/{id}`.
export { QuotaCounter } from "./object.js";

const monthStart = () => {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
};

const CALLS = {
  rpc: (stub, start, limit, id) => stub.reserve("messages", start, limit, 1, id),
  nothing: (stub) => stub.nothing(),
  fetch: async (stub, start, limit, id) => {
    const answer = await stub.fetch(`https://quota-counter/messages/${start}/${limit}/1/${id}`);
    return answer.headers.get("outcome").split(" ");
  },
};

export default {
  async fetch(request, env) {
    const [how, tenant, limit, count, id] = new URL(request.url).pathname.slice(1).split("/");
    const stub = env.QUOTA_COUNTER.getByName(tenant);
    const call = CALLS[how];
    const start = monthStart();
    const first = id.slice(0, -8);
    const last = parseInt(id.slice(-8), 16);
    let granted = 0;
    for (let n = 0; n < Number(count); n++) {
      const [outcome] = await call(stub, start, Number(limit), `rsv_${first}${(last + n).toString(16).padStart(8, "0")}`);
      if (outcome === "granted") granted++;
    }
    return new Response(String(granted));
  },
};
