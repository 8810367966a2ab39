import { createServer } from 'node:net';

export const isFree = (port) => new Promise((resolve) => {
  const probe = createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
});

const anyPort = () => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

/** A port that is free together with the next one, where the customer's page goes. */
export async function freePort() {
  for (;;) {
    const port = await anyPort();
    if (port < 65_535 && await isFree(port + 1)) return port;
  }
}
