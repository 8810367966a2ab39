import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, patch, problem, publish, publishNewColour, send, signIn } from './scenario.mjs';

const TENANT = 'busy';

test('a draft is read with its version and changed only by one who knows it', async () => {
  const auth = await signIn(TENANT);
  const draft = await send(TENANT, 'GET', '/v1/branding', { headers: auth });
  assert.equal(draft.status, 200);
  const { light, dark } = draft.json().tokens.color;
  assert.ok(Object.keys(light).length >= 20);
  assert.deepEqual(Object.keys(light), Object.keys(dark));
  const body = { texts: { title: 'Ours' } };
  problem(await send(TENANT, 'PATCH', '/v1/branding', { headers: auth, body }), 428, 'precondition_required');
  problem(await send(TENANT, 'PATCH', '/v1/branding', { headers: { ...auth, 'if-match': '"999"' }, body }), 412, 'precondition_failed');
  const changed = await send(TENANT, 'PATCH', '/v1/branding', { headers: { ...auth, 'if-match': draft.headers.etag }, body });
  assert.equal(changed.json().texts.title, 'Ours');
  assert.notEqual(changed.headers.etag, draft.headers.etag);
  problem(await send(TENANT, 'PATCH', '/v1/branding', { headers: { ...auth, 'if-match': draft.headers.etag }, body }), 412, 'precondition_failed');
});

test('of two editors at once one wins and the other is told', async () => {
  const auth = await signIn(TENANT);
  const draft = await send(TENANT, 'GET', '/v1/branding', { headers: auth });
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => send(TENANT, 'PATCH', '/v1/branding', {
    headers: { ...auth, 'if-match': draft.headers.etag }, body: { texts: { footer: `Editor ${n}` } },
  })));
  const statuses = answers.map((answer) => answer.status).sort();
  assert.deepEqual(statuses, [200, ...Array(7).fill(412)]);
});

test('null gives a token its default again', async () => {
  const auth = await signIn(TENANT);
  const before = (await patch(TENANT, auth, { tokens: { color: { light: { primary: null } } } })).json().tokens.color.light.primary;
  assert.equal((await patch(TENANT, auth, { tokens: { color: { light: { primary: '#123456' } } } })).json().tokens.color.light.primary, '#123456');
  assert.equal((await patch(TENANT, auth, { tokens: { color: { light: { primary: null } } } })).json().tokens.color.light.primary, before);
});

test('a publish makes a release that is served, and publishing the same again makes none', async () => {
  const auth = await signIn(TENANT);
  const { colour, release } = await publishNewColour(TENANT, auth);
  assert.equal(release.live, true);
  const sheet = await send(TENANT, 'GET', release.stylesheet);
  assert.equal(sheet.status, 200);
  assert.ok(sheet.text.includes(`--livery-color-launcher:${colour};`), colour);
  const again = await send(TENANT, 'POST', '/v1/branding/publish', { headers: auth });
  assert.equal(again.status, 200);
  assert.equal(again.json().rev, release.rev);
  const list = await send(TENANT, 'GET', '/v1/releases?limit=1', { headers: auth });
  assert.equal(list.json().data[0].rev, release.rev);
  const config = await eventually(async () => (await send(TENANT, 'GET', '/v1/edge/config')).json(), (now) => now.rev === release.rev);
  assert.equal(config.stylesheet, release.stylesheet);
});

test('the list of releases is read page by page to its end', async () => {
  const auth = await signIn(TENANT);
  for (let n = 0; n < 3; n++) await publishNewColour(TENANT, auth);
  const seen = [];
  let path = '/v1/releases?limit=2';
  while (path) {
    const page = await send(TENANT, 'GET', path, { headers: auth });
    seen.push(...page.json().data.map((release) => release.rev));
    const next = page.json().next_cursor;
    assert.equal(page.headers.link, next ? `</v1/releases?limit=2&cursor=${next}>; rel="next"` : undefined);
    path = next && `/v1/releases?limit=2&cursor=${next}`;
  }
  assert.deepEqual(seen, Array.from({ length: seen[0] }, (_, n) => seen[0] - n));
  problem(await send(TENANT, 'GET', '/v1/releases?cursor=../x', { headers: auth }), 400, 'malformed_request');
  problem(await send(TENANT, 'GET', '/v1/releases?limit=0', { headers: auth }), 400, 'malformed_request');
});

test('two publishers at once make releases without a gap', async () => {
  const auth = await signIn(TENANT);
  await patch(TENANT, auth, { texts: { header: `race ${Date.now()}` } });
  const answers = await Promise.all(Array.from({ length: 6 }, () => send(TENANT, 'POST', '/v1/branding/publish', { headers: auth })));
  const created = answers.filter((answer) => answer.status === 201);
  assert.equal(created.length, 1, answers.map((answer) => answer.status).join());
  assert.ok(answers.every((answer) => answer.json().rev === created[0].json().rev));
});

test('unsafe custom CSS is refused with its place and changes nothing', async () => {
  const auth = await signIn(TENANT);
  const before = await send(TENANT, 'GET', '/v1/branding', { headers: auth });
  const cases = [
    ['.livery-panel { color: red }\n@import url(https://evil.test/x.css);', 'import_refused', 2],
    ['.livery-panel { background: \\75rl(https://evil.test/x.png) }', 'foreign_url', 1],
    ['input[value^="a"] { color: red }', 'attribute_selector_refused', 1],
    ['.a { behavior: url(x.htc) }', undefined, 1],
    ['.a::after { content: "</style><script>" }', undefined, 1],
  ];
  for (const [custom_css, rule, line] of cases) {
    const document = problem(await patch(TENANT, auth, { custom_css }), 422, 'unsafe_stylesheet');
    const fault = document.errors[0];
    assert.equal(fault.pointer, '/custom_css');
    assert.equal(fault.line, line, custom_css);
    assert.ok(fault.column >= 1 && fault.detail);
    if (rule) assert.equal(fault.rule, rule);
  }
  const token = problem(await patch(TENANT, auth, { tokens: { color: { light: { primary: 'red;}body{display:none' } } } }), 422, 'unsafe_stylesheet');
  assert.equal(token.errors[0].pointer, '/tokens/color/light/primary');
  const after = await send(TENANT, 'GET', '/v1/branding', { headers: auth });
  assert.equal(after.headers.etag, before.headers.etag);
  assert.equal(after.text, before.text);
});

test('huge and deep input is refused and the service goes on', async () => {
  const auth = await signIn(TENANT);
  const megabytes = '.a{color:red}'.repeat(Math.ceil(10 * 1024 * 1024 / 13));
  problem(await patch(TENANT, auth, { custom_css: megabytes }), 413, 'payload_too_large');
  const nested = problem(await patch(TENANT, auth, { custom_css: '.a{'.repeat(10_000) + '}'.repeat(10_000) }), 422, 'unsafe_stylesheet');
  assert.equal(nested.errors[0].rule, 'nesting_too_deep');
  const headers = { ...auth, 'if-match': '*', 'content-type': 'application/json' };
  problem(await send(TENANT, 'PATCH', '/v1/branding', { headers, body: '{"tokens":'.repeat(100_000) }), 400, 'malformed_request');
  problem(await send(TENANT, 'PATCH', '/v1/branding', { headers, body: '"text"' }), 422, 'invalid_content');
  problem(await send(TENANT, 'PATCH', '/v1/branding', { headers: { ...headers, 'content-type': 'text/css' }, body: 'a{}' }), 415, 'unsupported_media_type');
  const unknown = problem(await patch(TENANT, auth, { colour: 'red', tokens: { color: { light: { primry: '#fff' } } } }), 422, 'invalid_content');
  assert.deepEqual(unknown.errors.map((fault) => fault.pointer).sort(), ['/colour', '/tokens/color/light/primry']);
  assert.equal((await send(TENANT, 'GET', '/v1/branding', { headers: auth })).status, 200);
});

test('custom CSS is kept, scoped to the widget and served', async () => {
  const auth = await signIn(TENANT);
  const changed = await patch(TENANT, auth, { custom_css: '.livery-send { text-transform: uppercase }' });
  assert.equal(changed.status, 200, changed.text);
  const sheet = await send(TENANT, 'GET', (await publish(TENANT, auth)).stylesheet);
  assert.ok(sheet.text.includes('.livery .livery-send{text-transform:uppercase}'), sheet.text.slice(-200));
});

test('a design-token file becomes the draft, and says what it took', async () => {
  const auth = await signIn(TENANT);
  const draft = await send(TENANT, 'GET', '/v1/branding', { headers: auth });
  const headers = { ...auth, 'if-match': draft.headers.etag };
  const exported = await send(TENANT, 'GET', '/v1/branding/design-tokens', { headers: auth });
  assert.equal(exported.status, 200, exported.text);
  const file = { color: { $type: 'color', brand: { primary: { $value: '#0a7d55' } }, nonsense: { $value: '#111111' } } };
  const answer = await send(TENANT, 'POST', '/v1/branding/design-tokens', { headers, body: file });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json().branding.tokens.color.light.primary, '#0a7d55');
  assert.ok(answer.json().mapped.length >= 1 && answer.json().skipped.length >= 1);
});

test("a tenant's brand is out of another tenant's reach", async () => {
  const acme = await signIn('acme');
  for (const [method, path] of [['GET', '/v1/branding'], ['POST', '/v1/branding/publish'], ['GET', '/v1/releases']]) {
    problem(await send(TENANT, method, path, { headers: acme }), 404, 'not_found');
  }
  const { release } = await publishNewColour(TENANT, await signIn(TENANT));
  problem(await send('acme', 'GET', release.stylesheet), 404, 'not_found');
});
