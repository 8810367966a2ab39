// The limit: the same answer to every request, made once.
const body = new Uint8Array(12 * 1024).fill(0x20);
const shared = {
  "cache-control": "public, max-age=31536000, immutable",
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  etag: '"0000000000000000000000000000000000000000000"',
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
const found = { status: 200, headers: new Headers({ "content-type": "text/css; charset=utf-8", ...shared }) };
const unchanged = { status: 304, headers: new Headers(shared) };

// Answers 304 without a body if the load requests it.
const answer = CONDITIONAL ? () => new Response(null, unchanged) : () => new Response(body, found);
export default { fetch: answer };
