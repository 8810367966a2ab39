const FIRST = 1_000;
const LONGEST = 60_000;
const STABLE = 60_000;

/** Full-jitter waits that double up to a minute, and start again after a stable minute. */
export class Backoff {
  private tries = 0;
  private since: number | undefined;

  constructor(
    private readonly random: () => number = Math.random,
    private readonly now: () => number = Date.now,
  ) {}

  /** Milliseconds until the next try. */
  next(): number {
    if (this.since !== undefined && this.now() - this.since >= STABLE) this.tries = 0;
    this.since = undefined;
    const ceiling = Math.min(LONGEST, FIRST * 2 ** this.tries++);
    return Math.round(this.random() * ceiling);
  }

  /** A wait after a server has refused for load: between half of the longest wait and the longest. */
  long(): number {
    this.since = undefined;
    return Math.round(LONGEST / 2 + (this.random() * LONGEST) / 2);
  }

  /** The last try succeeded. */
  connected(): void {
    this.since = this.now();
  }
}
