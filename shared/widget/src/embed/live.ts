import { Backoff } from "./backoff.ts";
import { TRANSPORTS, type Carrier, type Carriers, type Loss, type Transport } from "./carrier/carrier.ts";

/** How often a better transport is tried again: the server or the visitor's network may have changed. */
const BETTER_EVERY = 240_000;
/** Connections of one kind that fail before the next kind is tried, while the server answers all the same. */
const FAILURES_UNTIL_NEXT = 2;
const FAILURES_UNTIL_POLLING = 3;

export interface LiveOptions {
  host: string;
  secure: boolean;
  carriers: Carriers;
  rev: () => number;
  bearer: () => string;
  /** Requests another session; returns whether there is one. */
  renew: (stale: string) => Promise<boolean>;
  /** Which transports the server has; `undefined` where it does not answer at all. */
  standing: () => Promise<readonly Transport[] | undefined>;
  onText: (text: string) => void;
  /** Frames arrive (`true`), or plain polling has to replace them (`false`). */
  onCarrier: (live: boolean) => void;
  onSuspended: () => void;
  backoff?: Backoff;
}

/** Keeps one carrier at a time, reconnects it when it is lost, and changes to another kind if one does not work. */
export class Live {
  private carrier: Carrier | undefined;
  /** Counts carriers: events of a carrier that was given up are ignored. */
  private turn = 0;
  private heard = false;
  private running = false;
  private transports: readonly Transport[] = TRANSPORTS;
  private at = 0;
  /** What worked last. */
  private good: Transport | undefined;
  private bestTriedAt = 0;
  private cursor: string | undefined;
  /** Failures of this kind of carrier, and of all kinds since one worked. */
  private failures = 0;
  private unheard = 0;
  private reconnect: ReturnType<typeof setTimeout> | undefined;
  private readonly backoff: Backoff;

  constructor(private readonly options: LiveOptions) {
    this.backoff = options.backoff ?? new Backoff();
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.connect();
  }

  stop(): void {
    this.running = false;
    this.drop();
    clearTimeout(this.reconnect);
  }

  /** The browser says that the network or the visitor is back: no reason to wait any longer. */
  wake(): void {
    if (!this.running) return;
    if (!this.carrier) this.connect();
    else if (this.heard) this.carrier.probe();
  }

  private get transport(): Transport {
    return this.transports[this.at] ?? "poll";
  }

  private connect(): void {
    this.drop();
    clearTimeout(this.reconnect);
    const { host, secure, rev, onText } = this.options;
    const { transport, turn } = this;
    const token = this.options.bearer();
    const mine = () => this.turn === turn;
    if (transport === TRANSPORTS[0]) this.bestTriedAt = Date.now();
    this.carrier = this.options.carriers[transport]({
      host,
      secure,
      rev,
      token,
      cursor: this.cursor,
      onOpen: () => mine() && this.opened(transport),
      onText: (text) => mine() && onText(text),
      onCursor: (cursor) => mine() && (this.cursor = cursor),
      onLost: (loss) => mine() && this.lost(loss, token),
    });
  }

  private opened(transport: Transport): void {
    this.heard = true;
    this.failures = this.unheard = 0;
    this.good = transport;
    // A socket has no cursor: the carrier after it starts with a new hello.
    if (transport === "websocket") this.cursor = undefined;
    this.backoff.connected();
    this.options.onCarrier(true);
  }

  private lost(loss: Loss, token: string): void {
    const worked = this.heard;
    this.drop();
    if (loss === "suspended") {
      this.stop();
      this.options.onSuspended();
      return;
    }
    if (!worked && ++this.unheard >= FAILURES_UNTIL_POLLING) this.options.onCarrier(false);
    if (loss === "expired") {
      // The backoff still applies, else a server that refuses every token would get requests without a pause.
      void this.options.renew(token).then(() => this.again(this.backoff.next()));
    } else if (loss === "busy") {
      this.again(this.backoff.long());
    } else if (worked) {
      if (this.transport !== TRANSPORTS[0] && Date.now() - this.bestTriedAt >= BETTER_EVERY) this.tryBest();
      this.again(this.backoff.next());
    } else if (this.good && this.at < this.transports.indexOf(this.good)) {
      // A better kind was tried while another one worked: down to that again.
      this.at++;
      this.again(0);
    } else {
      this.failures++;
      void this.choose(loss);
    }
  }

  private tryBest(): void {
    this.transports = TRANSPORTS;
    this.at = this.failures = 0;
  }

  /** After a carrier that never delivered a frame: the same kind again, or another. */
  private async choose(loss: Loss): Promise<void> {
    const { transport, turn } = this;
    const standing = await this.options.standing();
    if (!this.running || this.turn !== turn) return;
    const stands = standing?.includes(transport);
    // While the server does not answer at all, another kind would not work either.
    if (standing && (!stands || loss === "withheld" || this.failures >= FAILURES_UNTIL_NEXT)) {
      const rank = TRANSPORTS.indexOf(transport);
      const next = standing.findIndex((other) => TRANSPORTS.indexOf(other) > rank);
      this.transports = standing;
      // After the last the first again, and plain polling meanwhile.
      this.at = Math.max(next, 0);
      this.failures = 0;
      this.options.onCarrier(false);
      if (next >= 0) {
        this.again(0);
        return;
      }
      this.good = undefined;
    }
    this.again(this.backoff.next());
  }

  private again(wait: number): void {
    if (!this.running || this.carrier) return;
    clearTimeout(this.reconnect);
    this.reconnect = setTimeout(() => this.connect(), wait);
  }

  private drop(): void {
    this.turn++;
    this.heard = false;
    this.carrier?.close();
    this.carrier = undefined;
  }
}
