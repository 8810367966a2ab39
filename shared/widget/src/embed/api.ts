import { TRANSPORTS, type Transport } from "./carrier/carrier.ts";
import { readMessage, type Message } from "./message.ts";
import { isObject } from "./release.ts";
import type { Session } from "./session.ts";

export interface Conversation {
  id: string;
  last_seq: number;
  created_at: string;
}

export interface Page {
  messages: Message[];
  more: boolean;
}

/** Why a request did not succeed. `status` 0: no answer came. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    /** Seconds; what the server asks to wait. */
    readonly retryAfter: number | undefined,
  ) {
    super(code);
  }
}

const PAGE = 100;

/** The chat endpoints of the tenant's own origin. */
export class Api {
  constructor(private readonly session: Session) {}

  /** The visitor's newest conversation, when there is one. */
  async latestConversation(): Promise<Conversation | undefined> {
    const answer = await this.request("GET", "/v1/conversations");
    const found = list(answer).map(readConversation).filter((each): each is Conversation => each !== undefined);
    return found.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))[0];
  }

  async openConversation(): Promise<Conversation> {
    const conversation = readConversation(await this.request("POST", "/v1/conversations", {}));
    if (!conversation) throw new Failure(502, "unreadable", "", undefined);
    return conversation;
  }

  async messagesAfter(conversation: string, seq: number, limit = PAGE): Promise<Page> {
    const answer = await this.request("GET", `/v1/conversations/${encodeURIComponent(conversation)}/messages?after=${seq}&limit=${limit}`);
    const messages = list(answer).map(readMessage).filter((each): each is Message => each !== undefined);
    return { messages, more: isObject(answer) && answer["has_more"] === true && messages.length > 0 };
  }

  async send(conversation: string, text: string, key: string): Promise<Message> {
    const path = `/v1/conversations/${encodeURIComponent(conversation)}/messages`;
    const message = readMessage(await this.request("POST", path, { text }, { "idempotency-key": key }));
    if (!message) throw new Failure(502, "unreadable", "", undefined);
    return message;
  }

  /** Which transports the live channel has here; `undefined` where no answer comes. */
  async standing(): Promise<readonly Transport[] | undefined> {
    try {
      const response = await fetch("/v1/capabilities", this.init("GET"));
      const answer: unknown = await response.json().catch(() => undefined);
      const names: unknown[] = isObject(answer) && Array.isArray(answer["live"]) ? answer["live"] : [];
      const standing = TRANSPORTS.filter((transport) => names.includes(transport));
      // A server that does not say may have any of them.
      return standing.length > 0 ? standing : TRANSPORTS;
    } catch {
      return undefined;
    }
  }

  private async request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<unknown> {
    const stale = this.session.bearer;
    let response = await this.once(method, path, body, headers);
    if (response.status === 401 && (await this.session.renew(stale))) {
      response = await this.once(method, path, body, headers);
    }
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    const problem = isObject(answer) ? answer : {};
    const wait = Number(response.headers.get("retry-after"));
    throw new Failure(
      response.status,
      typeof problem["code"] === "string" ? problem["code"] : "http_" + response.status,
      typeof problem["detail"] === "string" ? problem["detail"] : "",
      Number.isFinite(wait) && wait > 0 ? wait : undefined,
    );
  }

  private async once(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response> {
    try {
      return await fetch(path, this.init(method, body, headers));
    } catch {
      throw new Failure(0, "unreachable", "", undefined);
    }
  }

  private init(method: string, body?: unknown, headers: Record<string, string> = {}): RequestInit {
    const init: RequestInit = {
      method,
      headers: { ...headers, accept: "application/json", authorization: "Bearer " + this.session.bearer },
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout ? AbortSignal.timeout(20_000) : null,
    };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { ...init.headers, "content-type": "application/json" } as Record<string, string>;
    }
    return init;
  }
}

function list(answer: unknown): unknown[] {
  return isObject(answer) && Array.isArray(answer["data"]) ? answer["data"] : [];
}

function readConversation(value: unknown): Conversation | undefined {
  if (!isObject(value) || typeof value["id"] !== "string") return undefined;
  const { id, last_seq, created_at } = value;
  return {
    id,
    last_seq: typeof last_seq === "number" ? last_seq : 0,
    created_at: typeof created_at === "string" ? created_at : new Date(0).toISOString(),
  };
}
