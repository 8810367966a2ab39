import { isObject } from "../release.ts";
import type { Line, Loss } from "./carrier.ts";

/** Asks the live channel by plain HTTP. The session travels in a header and never in the address. */
export function ask(line: Line, accept: string, query: string, cursor: string | undefined, signal: AbortSignal): Promise<Response> {
  const since = cursor === undefined ? "" : "&cursor=" + encodeURIComponent(cursor);
  return fetch(`/v1/live?since=${line.rev()}${since}${query}`, {
    headers: { accept, authorization: "Bearer " + line.token },
    credentials: "omit",
    cache: "no-store",
    signal,
  });
}

/** What an answer that is no good means for its carrier. */
export async function refusal(response: Response, signal: AbortSignal): Promise<Loss | undefined> {
  if (response.ok) return undefined;
  if (response.status === 401) return "expired";
  if (response.status === 429 || response.status === 503) return "busy";
  const problem: unknown = await response.json().catch(() => undefined);
  const code = isObject(problem) && problem["code"];
  return code === "tenant_suspended" || (code === "not_found" && (await isGone(signal))) ? "suspended" : "failed";
}

/** A tenant that is given up answers as one that never was, and so does a server without this channel: the release tells which. */
async function isGone(signal: AbortSignal): Promise<boolean> {
  const release = await fetch("/v1/edge/config", { credentials: "omit", cache: "no-store", signal });
  return release.status === 404;
}
