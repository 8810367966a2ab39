// Takes as long as a hub tolerates a silent page, so it is in a file of its own that runs at the same time as others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Page, publishNewColour, signIn } from './scenario.mjs';

/** A hub drops a page that has sent no heartbeat for 90 s, at the next publish. */
const PATIENCE_MILLIS = 90_000;

test('a page that sends its heartbeat stays, a silent one is let go at the next publish', async () => {
  const tenant = 'quiet';
  const [lively, silent] = [new Page(tenant), new Page(tenant)];
  await Promise.all([lively, silent].map((page) => page.frame((frame) => frame.type === 'hello')));
  const beating = setInterval(() => lively.socket.send('ping'), 10_000);
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLIS + 5_000));
  const { release } = await publishNewColour(tenant, await signIn(tenant));
  await lively.frame((frame) => frame.type === 'release' && frame.rev === release.rev);
  assert.equal((await silent.closed).code, 4008);
  assert.ok(!silent.frames.some((frame) => frame.type === 'release'));
  clearInterval(beating);
  lively.close();
});
