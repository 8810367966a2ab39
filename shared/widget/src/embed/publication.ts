import { Backoff } from "./backoff.ts";
import { readConfig, type Config, type Release } from "./release.ts";
import { swapStylesheet } from "./stylesheet.ts";

const TRIES = 6;

/** Applies published releases to the open page: one at a time, the newest wins, an older one never replaces a newer one. */
export class Publication {
  private known: number;
  private next: Release | undefined;
  private busy = false;

  constructor(
    current: number,
    private readonly apply: (config: Config) => void,
    private readonly failed: (release: Release) => void,
    private readonly swap: (href: string) => Promise<void> = swapStylesheet,
  ) {
    this.known = current;
  }

  /** The newest revision that this page has or is about to have. */
  get rev(): number {
    return this.known;
  }

  offer(release: Release): void {
    if (release.rev <= this.known) return;
    this.known = release.rev;
    this.next = release;
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    const backoff = new Backoff();
    let tries = 0;
    while (this.next) {
      const release: Release = this.next;
      try {
        // The config first: the sheet and the texts then change in the same moment.
        const response = await fetch(release.config, { credentials: "omit" });
        if (!response.ok) throw new Error("config " + response.status);
        const config = readConfig(await response.json(), release);
        await this.swap(release.stylesheet);
        if (this.next === release) this.next = undefined;
        tries = 0;
        this.apply(config);
      } catch {
        if (this.next === release && ++tries >= TRIES) {
          this.next = undefined;
          // Forgotten, so that the safety poll may offer it again.
          this.known = release.rev - 1;
          this.failed(release);
        } else {
          await new Promise((resolve) => setTimeout(resolve, backoff.next()));
        }
      }
    }
    this.busy = false;
  }
}
