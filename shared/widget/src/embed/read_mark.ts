import { isObject } from "./release.ts";

/** Up to where the visitor has read one conversation. The customer's page keeps it: an embedded page may have no storage. */
export class ReadMark {
  private conversation = "";
  private seq = 0;

  constructor(private readonly keep: (mark: string) => void) {}

  /** Takes what this page, or another one of the same visitor, kept. */
  restore(mark: string | undefined): void {
    try {
      const kept: unknown = JSON.parse(mark ?? "");
      if (!isObject(kept) || typeof kept["conversation"] !== "string" || typeof kept["seq"] !== "number") return;
      if (kept["conversation"] === this.conversation && kept["seq"] <= this.seq) return;
      this.conversation = kept["conversation"];
      this.seq = kept["seq"];
    } catch {
      // Nothing kept, or not by us.
    }
  }

  get(conversation: string): number {
    return conversation === this.conversation ? this.seq : 0;
  }

  set(conversation: string, seq: number): void {
    if (seq <= this.get(conversation)) return;
    this.conversation = conversation;
    this.seq = seq;
    this.keep(JSON.stringify({ conversation, seq }));
  }
}
