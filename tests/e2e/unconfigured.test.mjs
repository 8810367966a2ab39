import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../../scripts/world/client.mjs';
import { mortal } from './mortal.mjs';

test('a service without signing keys answers nothing but that it is not configured', async (t) => {
  const world = await mortal(t, { config: { environment: 'production', signingKeys: '' } });
  for (const [method, path] of [['POST', '/v1/auth/login'], ['GET', '/v1/branding'], ['GET', '/v1/conversations'], ['GET', '/v1/me'], ['GET', '/v1/live']]) {
    const answer = await world.ask('acme', method, path);
    assert.equal(answer?.status, 503, `${path}: ${answer?.text}`);
    assert.equal(answer.json().code, 'not_configured');
  }
  const { port, lines } = world.system;
  assert.equal((await call(port, 'localhost', 'GET', '/widget.js?tenant=acme')).status, 404, 'no ?tenant= outside development');
  assert.ok(lines.some((line) => line.toUpperCase().includes('LIVERY_SIGNING_KEYS')), 'the log names the setting');
});
