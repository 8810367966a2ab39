import { Backoff } from "./backoff.ts";
import { Failure, type Api, type Conversation } from "./api.ts";
import type { Message } from "./message.ts";
import { Outbox } from "./outbox.ts";
import { ReadMark } from "./read_mark.ts";
import { newKey, Thread, type Draft } from "./thread.ts";

const RECENT = 50;

/** The notice that is shown to the visitor; one at a time. */
export type Notice = "quota" | "slow" | "refused" | "maintenance" | "trouble" | undefined;

export interface ChatEvents {
  changed: () => void;
  /** Messages that were not here before, from any page or person; not those of the first load. */
  arrived: (messages: Message[]) => void;
  /** A text that could not be sent now and that the visitor should have back to send later. */
  returned: (text: string) => boolean;
  /** How far the visitor has read, to be kept for the next page. */
  read: (mark: string) => void;
}

/** The visitor's conversation on this page: what is shown, what is on its way, what is still to fetch. */
export class Chat {
  thread = new Thread();
  notice: Notice;
  private conversation: Conversation | undefined;
  private opening: Promise<Conversation> | undefined;
  private syncing: Promise<void> | undefined;
  private again = false;
  private loaded = false;
  /** Drafts that failed for want of a connection: those go by themselves when it is back. */
  private readonly stranded = new Set<string>();
  private readonly backoff = new Backoff();
  private resync: ReturnType<typeof setTimeout> | undefined;
  private resend: ReturnType<typeof setTimeout> | undefined;
  private readonly outbox: Outbox;
  private readonly mark: ReadMark;

  constructor(
    private readonly api: Api,
    private readonly events: ChatEvents,
  ) {
    this.mark = new ReadMark(events.read);
    this.outbox = new Outbox({
      send: async (draft) => api.send((await this.open()).id, draft.text, draft.key),
      settle: (draft, outcome) => {
        if (outcome.is === "delivered") {
          const fresh = this.thread.deliver(draft.key, outcome.message);
          this.notice = undefined;
          if (fresh.gap) void this.sync();
          this.events.changed();
          return;
        }
        if (outcome.is === "quota") this.forgetQuotaAfter(outcome.retryAfter);
        this.notice = outcome.is === "unreachable" ? "trouble" : outcome.is;
        // An empty composer takes the text back; one in use keeps what it has, and the bubble stays with its own retry.
        if (outcome.is === "quota" && this.events.returned(draft.text)) this.thread.drop(draft.key);
        else this.thread.mark(draft.key, "failed");
        if (outcome.is === "unreachable" || outcome.is === "maintenance") this.stranded.add(draft.key);
        if (outcome.is === "maintenance") this.sendAfter(outcome.retryAfter);
        this.events.changed();
      },
      slow: (slow) => this.notify(slow ? "slow" : undefined),
    });
  }

  /** Whether what was said before has been fetched. */
  get isLoaded(): boolean {
    return this.loaded;
  }

  get hasEarlier(): boolean {
    return this.thread.earliest > 0;
  }

  get unread(): number {
    if (!this.conversation) return 0;
    const read = this.mark.get(this.conversation.id);
    return this.thread.messages.filter((message) => message.author === "team" && message.seq > read).length;
  }

  /** What `ChatEvents.read` was given, on an earlier page or on another one that is open. */
  restoreRead(mark: string | undefined): void {
    this.mark.restore(mark);
    this.events.changed();
  }

  /** The visitor has seen what is here. */
  read(): void {
    const last = this.thread.messages[this.thread.messages.length - 1];
    if (this.conversation && last) this.mark.set(this.conversation.id, last.seq);
  }

  send(text: string): void {
    const draft: Draft = { key: newKey(), text, state: "sending", created_at: new Date().toISOString() };
    this.thread.add(draft);
    this.outbox.push(draft);
    this.events.changed();
  }

  retry(key: string): void {
    const draft = this.thread.drafts.find((each) => each.key === key);
    this.stranded.delete(key);
    if (!draft || draft.state === "sending") return;
    this.thread.mark(key, "sending");
    this.outbox.push({ ...draft, state: "sending" });
    this.events.changed();
  }

  /** The connection is back: sends what was held up by it, and fetches what was missed. */
  resume(): void {
    this.sendStranded();
    void this.sync();
  }

  sendStranded(): void {
    for (const key of [...this.stranded]) this.retry(key);
  }

  /** A message from the live connection. */
  receive(conversation: string, message: Message): void {
    if (this.conversation?.id !== conversation) {
      // Opened on another page of this visitor, or newer than ours.
      void this.sync();
      return;
    }
    const { fresh, gap } = this.thread.receive(message);
    if (gap) void this.sync();
    if (!fresh) return;
    this.events.arrived([message]);
    this.events.changed();
  }

  /** Fetches whatever happened after the last message known. Asked for again meanwhile, it runs once more. */
  sync(): Promise<void> {
    if (this.syncing) {
      this.again = true;
      return this.syncing;
    }
    this.syncing = this.fetchNew().finally(() => {
      this.syncing = undefined;
      if (!this.again) return;
      this.again = false;
      void this.sync();
    });
    return this.syncing;
  }

  async earlier(): Promise<void> {
    const { conversation, thread } = this;
    if (!conversation || thread.earliest === 0) return;
    const after = Math.max(0, thread.earliest - RECENT);
    try {
      const page = await this.api.messagesAfter(conversation.id, after, thread.earliest - after);
      thread.receiveEarlier(after, page.messages);
      this.events.changed();
    } catch {
      this.notify("trouble");
    }
  }

  /** Sends delayed drafts at a random moment, so that pages do not send at the same time. One wait at a time: the next refusal begins another. */
  private sendAfter(seconds: number): void {
    clearTimeout(this.resend);
    this.resend = setTimeout(() => this.sendStranded(), seconds * 1000 * (1 + Math.random()));
  }

  /** A quota that opens again within the hour: the visitor is still there to see the banner go. */
  private forgetQuotaAfter(seconds: number | undefined): void {
    if (seconds === undefined || seconds > 3600) return;
    setTimeout(() => this.notice === "quota" && this.notify(undefined), seconds * 1000);
  }

  private notify(notice: Notice): void {
    this.notice = notice;
    this.events.changed();
  }

  private open(): Promise<Conversation> {
    if (this.conversation) return Promise.resolve(this.conversation);
    return (this.opening ??= this.api.openConversation().then(
      (conversation) => {
        this.opening = undefined;
        if (!this.conversation) {
          this.adopt(conversation, Math.max(0, conversation.last_seq - RECENT));
          if (conversation.last_seq > 0) void this.sync();
        }
        return conversation;
      },
      (error: unknown) => {
        this.opening = undefined;
        throw error;
      },
    ));
  }

  private adopt(conversation: Conversation, after: number): void {
    const drafts = this.thread.drafts;
    this.conversation = conversation;
    this.thread = new Thread(after);
    for (const draft of drafts) this.thread.add(draft);
  }

  private async fetchNew(): Promise<void> {
    try {
      const latest = await this.api.latestConversation();
      if (!latest) {
        this.settled();
        return;
      }
      if (this.conversation?.id !== latest.id) this.adopt(latest, Math.max(0, latest.last_seq - RECENT));
      const { thread } = this;
      const fresh: Message[] = [];
      for (let more = true; more; ) {
        const after = thread.syncedTo;
        const page = await this.api.messagesAfter(latest.id, after);
        fresh.push(...thread.receivePage(after, page.messages));
        more = page.more && thread.syncedTo > after;
      }
      if (this.loaded && fresh.length > 0) this.events.arrived(fresh);
      this.settled();
    } catch (error) {
      // A refusal is shown where the visitor acts; for reads in the background only a lost connection is shown.
      if (error instanceof Failure && error.status !== 0 && error.status < 500) return;
      this.notify("trouble");
      clearTimeout(this.resync);
      this.resync = setTimeout(() => void this.sync(), 1_000 + this.backoff.next());
    }
  }

  private settled(): void {
    this.loaded = true;
    this.backoff.connected();
    if (this.notice === "trouble") {
      this.notice = undefined;
      this.sendStranded();
    }
    this.events.changed();
  }
}
