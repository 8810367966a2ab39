// The running system as these tests reach it: `scripts/dev` on LIVERY_BASE_PORT, the customer's pages one port above.
import { request } from "node:http";

export const PORT = Number(process.env.LIVERY_BASE_PORT ?? 0);
export const CUSTOMER = `http://localhost:${PORT + 1}`;
/** The reason to skip, where no system was named. */
export const noSystem = PORT ? false : "LIVERY_BASE_PORT does not name a running system";

const PASSWORD = process.env.LIVERY_DEMO_PASSWORD ?? "livery-demo";

/** A tenant of the development data, by its key. */
export function tenant(key) {
  return { key, host: `${key}.localhost:${PORT}`, origin: `http://${key}.localhost:${PORT}`, owner: `owner@${key}.test` };
}

export const acme = tenant("acme");
export const globex = tenant("globex");
/** Its plan allows so few messages that a test can use them up. */
export const tiny = tenant("tiny");

/** Sends one request to a tenant. The name of the host is sent, not looked up: `*.localhost` resolves in browsers only. */
function send({ host }, method, path, headers = {}, text) {
  return new Promise((resolve, reject) => {
    const going = request({ host: "127.0.0.1", port: PORT, method, path, headers: { host, ...headers } }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) }));
    });
    going.on("error", reject);
    going.end(text);
  });
}

export async function bytes(of, path) {
  return (await send(of, "GET", path)).bytes;
}

/** One call of a tenant's API. */
export async function call(of, method, path, { token, body, headers = {} } = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const sent = { accept: "application/json", ...headers };
  if (text !== undefined) {
    sent["content-type"] ??= "application/json";
    sent["content-length"] = Buffer.byteLength(text);
  }
  if (token) sent.authorization = "Bearer " + token;
  const answer = await send(of, method, path, sent, text);
  return { ...answer, body: answer.bytes.length > 0 ? JSON.parse(answer.bytes.toString("utf8")) : undefined };
}

const tokens = new Map();

/** The tenant's owner, signed in. */
export async function signIn(of) {
  if (!tokens.has(of.key)) {
    const { status, body } = await call(of, "POST", "/v1/auth/login", { body: { email: of.owner, password: PASSWORD } });
    if (status !== 200) throw new Error(`signing in at ${of.host} was answered ${status}: ${JSON.stringify(body)}`);
    tokens.set(of.key, body.access_token);
  }
  return tokens.get(of.key);
}

/** Changes the draft and publishes it, as the tenant's admin would. */
export async function publish(of, patch) {
  const token = await signIn(of);
  const draft = await call(of, "GET", "/v1/branding", { token });
  const changed = await call(of, "PATCH", "/v1/branding", {
    token,
    body: patch,
    headers: { "content-type": "application/merge-patch+json", "if-match": draft.headers.etag },
  });
  if (changed.status !== 200) throw new Error(`changing the draft was answered ${changed.status}: ${JSON.stringify(changed.body)}`);
  const published = await call(of, "POST", "/v1/branding/publish", { token });
  if (published.status >= 300) throw new Error(`publishing was answered ${published.status}: ${JSON.stringify(published.body)}`);
  return published.body;
}

/** The colours that most of a widget is painted with, in both modes, so that a test need not care which one shows. */
export function colors(hex) {
  const palette = { primary: hex, header: hex, launcher: hex, visitor_bubble: hex };
  return { tokens: { color: { light: palette, dark: palette } } };
}
