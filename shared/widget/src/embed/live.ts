import { Backoff } from "./backoff.ts";

const PING_EVERY = 30_000;
const PONG_WITHIN = 10_000;
const CONNECT_WITHIN = 15_000;
const FAILURES_UNTIL_POLLING = 3;
/** Where sockets are known not to exist, one is still tried now and then: the server may have moved. */
const WITHOUT_SOCKETS = 300_000;

const CLOSE_AUTH = 4001;
const CLOSE_SUSPENDED = 4003;
const CLOSE_TRY_LATER = 4013;

export interface LiveOptions {
  host: string;
  secure: boolean;
  rev: () => number;
  bearer: () => string;
  /** Asks for another session; answers whether one came. */
  renew: (stale: string) => Promise<boolean>;
  hasNoSockets: () => Promise<boolean>;
  onText: (text: string) => void;
  /** Sockets work (`true`), or polling has to stand in for them (`false`). */
  onCarrier: (live: boolean) => void;
  onSuspended: () => void;
  backoff?: Backoff;
}

type Timer = ReturnType<typeof setTimeout>;

/** One socket at a time, kept alive and brought back. What it carries is for others to understand. */
export class Live {
  private socket: WebSocket | undefined;
  private greeted = false;
  private running = false;
  private failures = 0;
  private asked = false;
  private socketless = false;
  private reconnect: Timer | undefined;
  private beat: Timer | undefined;
  private deadline: Timer | undefined;
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
    if (this.socket && this.greeted) this.ping();
    else if (!this.socket) this.connect();
  }

  private connect(): void {
    this.drop();
    clearTimeout(this.reconnect);
    const { host, secure, rev, bearer } = this.options;
    const token = bearer();
    let socket: WebSocket;
    try {
      socket = new WebSocket(`${secure ? "wss" : "ws"}://${host}/v1/live?since=${rev()}`, ["livery.v1", "bearer." + token]);
    } catch {
      this.lost(0, token);
      return;
    }
    this.socket = socket;
    this.deadline = setTimeout(() => this.socket === socket && this.lost(0, token), CONNECT_WITHIN);
    socket.onmessage = (event) => {
      if (this.socket !== socket || typeof event.data !== "string") return;
      // Any word from the server proves the connection, a pong no more than another.
      clearTimeout(this.deadline);
      if (!this.greeted) this.greet();
      if (event.data !== "pong") this.options.onText(event.data);
    };
    // `error` is always followed by `close`.
    socket.onclose = (event) => this.socket === socket && this.lost(event.code, token);
  }

  private greet(): void {
    this.greeted = true;
    this.failures = 0;
    this.socketless = this.asked = false;
    this.backoff.connected();
    this.options.onCarrier(true);
    this.schedulePing();
  }

  private schedulePing(): void {
    clearTimeout(this.beat);
    this.beat = setTimeout(() => this.ping(), PING_EVERY);
  }

  private ping(): void {
    const { socket } = this;
    if (!socket || socket.readyState !== WebSocket.OPEN) return;
    socket.send("ping");
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.socket === socket && this.lost(0, ""), PONG_WITHIN);
    this.schedulePing();
  }

  private lost(code: number, token: string): void {
    const worked = this.greeted;
    this.drop();
    if (!this.running) return;
    if (code === CLOSE_SUSPENDED) {
      this.stop();
      this.options.onSuspended();
      return;
    }
    if (!worked) this.failures++;
    if (this.failures >= FAILURES_UNTIL_POLLING || this.socketless) this.options.onCarrier(false);
    if (code === CLOSE_AUTH) {
      // The backoff still applies, else a server that refuses every token would be asked without a pause.
      void this.options.renew(token).then(() => this.again(this.backoff.next()));
      return;
    }
    if (!worked && !this.asked) {
      this.asked = true;
      void this.options.hasNoSockets().then((none) => {
        if (!none || !this.running || this.greeted) return;
        this.socketless = true;
        this.options.onCarrier(false);
        this.again(WITHOUT_SOCKETS);
      });
    }
    this.again(code === CLOSE_TRY_LATER ? this.backoff.long() : this.socketless ? WITHOUT_SOCKETS : this.backoff.next());
  }

  private again(wait: number): void {
    if (!this.running || this.socket) return;
    clearTimeout(this.reconnect);
    this.reconnect = setTimeout(() => this.connect(), wait);
  }

  private drop(): void {
    clearTimeout(this.beat);
    clearTimeout(this.deadline);
    this.greeted = false;
    const { socket } = this;
    this.socket = undefined;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
