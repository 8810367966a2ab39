import type { Storage } from "./storage.ts";

export interface Session {
  session_token: string;
  expires_in: number;
  visitor_token?: string;
}

export interface Refusal {
  code: string;
  status: number;
  detail: string;
}

const VISITOR = "";
const ATTEMPTS = 6;
const LONGEST_WAIT = 60_000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Mints embed sessions from the customer's page, so that the request carries the page's own Origin. */
export class Sessions {
  private visitor: string | undefined;
  private underway: Promise<Session> | undefined;
  // Counts how often the visitor was forgotten: an answer for a forgotten visitor is not kept.
  private lives = 0;

  constructor(
    private readonly base: string,
    private readonly storage: Storage,
  ) {}

  /** Rejects with a `Refusal`. Callers that ask while one is under way share its answer. */
  mint(): Promise<Session> {
    const attempt = (this.underway ||= this.attempt().finally(() => {
      if (this.underway === attempt) this.underway = undefined;
    }));
    return attempt;
  }

  forget(): void {
    this.lives++;
    this.underway = this.visitor = undefined;
    this.storage.write(VISITOR);
  }

  private async attempt(): Promise<Session> {
    let refusal: Refusal = { code: "unreachable", status: 0, detail: "" };
    for (let n = 0; n < ATTEMPTS; n++) {
      // Full jitter, so that a thousand pages do not come back in the same second.
      let wait = Math.random() * Math.min(LONGEST_WAIT, 1000 * 2 ** n);
      const sent = (this.visitor ||= this.storage.read(VISITOR));
      const life = this.lives;
      try {
        const response = await fetch(this.base + "/v1/embed/sessions", {
          method: "POST",
          mode: "cors",
          credentials: "omit",
          referrerPolicy: "strict-origin",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(sent ? { visitor_token: sent } : {}),
        });
        const { status } = response;
        if (response.ok) {
          const session: Session = await response.json();
          if (life !== this.lives) throw refusal;
          const other = this.storage.read(VISITOR);
          if (!sent && other) {
            // Another page of this visitor was first: become the same visitor.
            continue;
          }
          this.visitor = session.visitor_token || sent;
          if (this.visitor && (!other || other === sent)) this.storage.write(VISITOR, this.visitor);
          return session;
        }
        const problem = await response.json().catch(() => ({}));
        refusal = { code: problem.code || "http_" + status, status, detail: problem.detail || problem.title || "" };
        if (status !== 429 && status < 500) {
          if (!sent || ![400, 401, 422].includes(status)) throw refusal;
          // The visitor token is no longer good: start again as a new visitor.
          this.visitor = undefined;
          this.storage.write(VISITOR);
          wait = 0;
        }
        wait += 1000 * Math.min(300, Number(response.headers.get("retry-after")) || 0);
      } catch (error) {
        if (error === refusal) throw error;
      }
      if (n < ATTEMPTS - 1) await pause(wait);
    }
    throw refusal;
  }
}
