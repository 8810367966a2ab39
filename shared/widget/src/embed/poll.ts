import { readRelease, type Release } from "./release.ts";

const DEGRADED = 30_000;
const SAFETY = 300_000;

export interface PollOptions {
  onRelease: (release: Release) => void;
  /** A round of polling in place of a carrier: messages have to be fetched as well. */
  onDegradedRound: () => void;
  random?: () => number;
}

/** Polls the published release: seldom as a safety net, often where no carrier works. */
export class Poll {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private degraded = false;
  private etag: string | undefined;
  private running = false;
  private readonly random: () => number;

  constructor(private readonly options: PollOptions) {
    this.random = options.random ?? Math.random;
  }

  start(): void {
    this.running = true;
    this.schedule();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
  }

  /** Whether polling stands in for the live connection. */
  standIn(degraded: boolean): void {
    if (this.degraded === degraded) return;
    this.degraded = degraded;
    if (!this.running) return;
    if (degraded) void this.round();
    else this.schedule();
  }

  async round(): Promise<void> {
    clearTimeout(this.timer);
    await this.fetch();
    if (this.degraded) this.options.onDegradedRound();
    this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (!this.running) return;
    // Jitter of a fifth: pages that lost their carriers at the same moment do not poll at the same moment.
    const period = (this.degraded ? DEGRADED : SAFETY) * (0.9 + this.random() * 0.2);
    this.timer = setTimeout(() => void this.round(), period);
  }

  private async fetch(): Promise<void> {
    try {
      const response = await fetch("/v1/edge/config", {
        credentials: "omit",
        cache: "no-store",
        headers: this.etag === undefined ? {} : { "if-none-match": this.etag },
      });
      if (response.status !== 200) return;
      const release = readRelease(await response.json());
      if (!release) return;
      this.etag = response.headers.get("etag") ?? undefined;
      this.options.onRelease(release);
    } catch {
      // The next round tries again.
    }
  }
}
