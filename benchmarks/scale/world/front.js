// In front of the edge, in this check only: records the requests of a real browser.
const seen = [];

export default {
  fetch(request, { EDGE }) {
    const url = new URL(request.url);
    if (url.pathname === "/-/seen") return Response.json(seen.splice(0));
    const path = url.pathname.replace(/[A-Za-z0-9_-]{43}/, "{hash}").replace(/cnv_[0-9a-f]+/, "{id}");
    seen.push(`${request.method} ${path}${request.headers.has("if-none-match") ? ", if changed" : ""}`);
    return EDGE.fetch(request);
  },
};
