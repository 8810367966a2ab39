const PATIENCE = 30_000;

/** The session token, kept in memory only. Only the loader can get another one. */
export class Session {
  private token: string;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private waiting: ((token: string | null) => void)[] = [];

  constructor(
    first: string,
    private readonly ask: () => void,
  ) {
    this.token = first;
  }

  get bearer(): string {
    return this.token;
  }

  /** The loader's answer, requested or not; `null` means that no token can be had now. */
  receive(token: string | null): void {
    clearTimeout(this.patience);
    if (token !== null) this.token = token;
    for (const settle of this.waiting.splice(0)) settle(token);
  }

  /** Returns whether there is another token than `stale`. Simultaneous calls cause one request. */
  async renew(stale: string): Promise<boolean> {
    if (this.token !== stale) return true;
    const answer = new Promise<string | null>((settle) => this.waiting.push(settle));
    if (this.waiting.length === 1) {
      this.ask();
      this.patience = setTimeout(() => this.receive(null), PATIENCE);
    }
    return (await answer) !== null;
  }
}
