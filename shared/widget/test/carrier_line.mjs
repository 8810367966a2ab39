// What a carrier is given and whom it tells, with all that it told written down.
export function line(changes = {}) {
  const told = { opened: 0, texts: [], cursors: [], lost: [] };
  return {
    host: "acme.test",
    secure: true,
    rev: () => 4,
    token: "token",
    cursor: undefined,
    onOpen: () => void told.opened++,
    onText: (text) => void told.texts.push(text),
    onCursor: (cursor) => void told.cursors.push(cursor),
    onLost: (loss) => void told.lost.push(loss),
    ...changes,
    told,
  };
}

/** Lets everything run that waits for nothing but its turn. */
export const settle = () => new Promise((go) => setImmediate(go));

/** Puts a function in the place of `fetch` that keeps what it was asked, and an abort in its place. */
export function fakeFetch(answer) {
  const asked = [];
  globalThis.fetch = (url, init) => {
    asked.push({ url, ...init });
    return new Promise((resolve, reject) => {
      init.signal.addEventListener("abort", () => reject(new Error("aborted")));
      Promise.resolve(answer(asked.length, init)).then(resolve, reject);
    });
  };
  return asked;
}

export const refused = (status, body = {}) => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/problem+json" } });
