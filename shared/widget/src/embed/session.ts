const PATIENCE = 30_000;

/** The session token, kept in memory only. The loader is the one that can mint another. */
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

  /** The loader's answer, asked for or not; `null` says that none is to be had now. */
  receive(token: string | null): void {
    clearTimeout(this.patience);
    if (token !== null) this.token = token;
    for (const settle of this.waiting.splice(0)) settle(token);
  }

  /** Answers whether there is another token than `stale`. All who ask at once cause one request. */
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
