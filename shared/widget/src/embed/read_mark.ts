const PREFIX = "livery:read:";

/** Up to where the visitor has read, kept across pages where the browser allows it. */
export class ReadMark {
  private readonly memory = new Map<string, number>();

  get(conversation: string): number {
    let stored = 0;
    try {
      stored = Number(localStorage.getItem(PREFIX + conversation)) || 0;
    } catch {
      // Storage of an embedded page may be blocked; memory serves this page.
    }
    return Math.max(stored, this.memory.get(conversation) ?? 0);
  }

  set(conversation: string, seq: number): void {
    if (seq <= this.get(conversation)) return;
    this.memory.set(conversation, seq);
    try {
      localStorage.setItem(PREFIX + conversation, String(seq));
    } catch {
      // As above.
    }
  }
}
