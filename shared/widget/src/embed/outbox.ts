import { Failure } from "./api.ts";
import { Backoff } from "./backoff.ts";
import type { Message } from "./message.ts";
import type { Draft } from "./thread.ts";

export type Outcome =
  | { is: "delivered"; message: Message }
  /** The tenant's quota is used up. */
  | { is: "quota"; retryAfter: number | undefined }
  /** The tenant is in maintenance. */
  | { is: "maintenance"; retryAfter: number }
  | { is: "refused"; failure: Failure }
  | { is: "unreachable" };

export interface OutboxOptions {
  send: (draft: Draft) => Promise<Message>;
  settle: (draft: Draft, outcome: Outcome) => void;
  /** Called while the server's rate limit delays sending, and when it no longer does. */
  slow: (slow: boolean) => void;
  pause?: (milliseconds: number) => Promise<void>;
  backoff?: () => Backoff;
}

const TRIES = 4;
const LONGEST_HOLD = 60;
/** 0: no answer; 401: no session can be had at the moment; 409: an earlier try of the same key is still in progress; 429: rate limit. */
const TEMPORARY = new Set([0, 401, 409, 429]);

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Sends drafts one after another, in the order they were written, each with its own idempotency key on every try. */
export class Outbox {
  private queue: Draft[] = [];
  private busy = false;

  constructor(private readonly options: OutboxOptions) {}

  push(draft: Draft): void {
    this.queue.push(draft);
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let draft = this.queue.shift(); draft; draft = this.queue.shift()) {
      const outcome = await this.deliver(draft);
      this.options.settle(draft, outcome);
      if (outcome.is === "delivered") continue;
      // What was written after it would overtake it; those fail with it and are sent again in order.
      for (const later of this.queue.splice(0)) this.options.settle(later, outcome);
    }
    this.busy = false;
  }

  private async deliver(draft: Draft): Promise<Outcome> {
    const pause = this.options.pause ?? sleep;
    const backoff = this.options.backoff?.() ?? new Backoff();
    for (let n = 1; ; n++) {
      try {
        return { is: "delivered", message: await this.options.send(draft) };
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure(0, "unreachable", "", undefined);
        if (failure.code === "quota_exceeded") return { is: "quota", retryAfter: failure.retryAfter };
        if (failure.code === "tenant_maintenance") return { is: "maintenance", retryAfter: failure.retryAfter ?? LONGEST_HOLD };
        if (!TEMPORARY.has(failure.status) && failure.status < 500) return { is: "refused", failure };
        const hold = failure.retryAfter ?? 0;
        if (n >= TRIES || hold > LONGEST_HOLD) return { is: "unreachable" };
        if (failure.status === 429) this.options.slow(true);
        await pause(hold * 1000 + backoff.next());
        if (failure.status === 429) this.options.slow(false);
      }
    }
  }
}
