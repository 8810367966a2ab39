import type { Message } from "./message.ts";

/** A text on its way to the server. `key` makes every try of it the same message. */
export interface Draft {
  key: string;
  text: string;
  state: "sending" | "failed";
  created_at: string;
}

/** A v4 UUID. `crypto.randomUUID` is missing where the customer's page is plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * The messages of one conversation as this page knows them, whichever way they came.
 * Invariant: one entry per message id, in order of `seq`; drafts come last, in the order they were written.
 */
export class Thread {
  private readonly byId = new Map<string, Message>();
  private list: Message[] = [];
  private waiting: Draft[] = [];
  private synced: number;

  /** `after`: the messages up to here were not asked for (they are earlier history). */
  constructor(private first = 0) {
    this.synced = first;
  }

  get messages(): readonly Message[] {
    return this.list;
  }

  get drafts(): readonly Draft[] {
    return this.waiting;
  }

  /** Everything up to this `seq` (and after `earliest`) has arrived. */
  get syncedTo(): number {
    return this.synced;
  }

  /** History up to this `seq` has not been fetched. */
  get earliest(): number {
    return this.first;
  }

  /** Takes one message from the live connection or a response. Returns whether it was new, and whether others are missing before it. */
  receive(message: Message): { fresh: boolean; gap: boolean } {
    const fresh = this.insert(message);
    if (message.seq === this.synced + 1) this.advance();
    return { fresh, gap: message.seq > this.synced };
  }

  /** Takes a page fetched with `after`. Returns the messages that were new. */
  receivePage(after: number, page: readonly Message[]): Message[] {
    const fresh = page.filter((message) => this.insert(message));
    const last = page[page.length - 1];
    if (last && after <= this.synced && last.seq > this.synced) this.synced = last.seq;
    this.advance();
    return fresh;
  }

  /** Takes a page of earlier history, fetched with `after` and reaching up to what is already here. */
  receiveEarlier(after: number, page: readonly Message[]): void {
    for (const message of page) this.insert(message);
    this.first = Math.min(this.first, after);
  }

  add(draft: Draft): void {
    this.waiting = [...this.waiting, draft];
  }

  mark(key: string, state: Draft["state"]): void {
    this.waiting = this.waiting.map((draft) => (draft.key === key ? { ...draft, state } : draft));
  }

  drop(key: string): Draft | undefined {
    const draft = this.waiting.find((each) => each.key === key);
    this.waiting = this.waiting.filter((each) => each.key !== key);
    return draft;
  }

  /** The server's answer to a draft. */
  deliver(key: string, message: Message): { gap: boolean } {
    this.drop(key);
    return this.receive(message);
  }

  private insert(message: Message): boolean {
    if (this.byId.has(message.id)) return false;
    // The live connection can be faster than the response to our own request: the draft has become this message.
    if (message.author === "visitor") {
      const twin = this.waiting.find((draft) => draft.state === "sending" && draft.text === message.text);
      if (twin) this.drop(twin.key);
    }
    this.byId.set(message.id, message);
    let at = this.list.length;
    while (at > 0 && this.list[at - 1]!.seq > message.seq) at--;
    this.list = [...this.list.slice(0, at), message, ...this.list.slice(at)];
    return true;
  }

  private advance(): void {
    for (const { seq } of this.list) if (seq === this.synced + 1) this.synced = seq;
  }
}
