// What the check of the OpenAPI document refuses and accepts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { breaking, unnamed } from './breaking.mjs';
import { check } from './check.mjs';

const json = (schema) => ({ 'application/json': { schema } });
const document = () => ({
  openapi: '3.1.0',
  paths: {
    '/v1/roles': {
      get: {
        operationId: 'list_roles',
        security: [{ token: [] }, { key: [] }],
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }],
        responses: { 200: { description: '', headers: { ETag: {} }, content: json({ type: 'array', items: { $ref: '#/components/schemas/Role' } }) }, 404: { $ref: '#/components/responses/Missing' } },
      },
      post: {
        operationId: 'create_role',
        security: [],
        requestBody: { required: true, content: json({ $ref: '#/components/schemas/NewRole' }) },
        responses: { 201: { description: '', content: json({ $ref: '#/components/schemas/Role' }) } },
      },
    },
  },
  components: {
    responses: { Missing: { description: '', content: json({ type: 'object', properties: { code: { type: 'string' } } }) } },
    schemas: {
      Role: {
        type: 'object',
        required: ['id', 'kind'],
        properties: { id: { type: 'string' }, kind: { oneOf: [{ const: 'own', type: 'string' }, { const: 'built_in', type: 'string' }] }, parent: { anyOf: [{ $ref: '#/components/schemas/Role' }, { type: 'null' }] } },
      },
      NewRole: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string', maxLength: 100 }, kind: { enum: ['own', 'shared'] }, note: { type: ['string', 'null'] } },
      },
    },
  },
});
const faults = (change) => {
  const after = document();
  change(after, after.paths['/v1/roles'], after.components.schemas);
  return breaking(document(), after).map(({ operation, faults: list }) => `${operation}: ${list.join('; ')}`);
};

const REFUSED = {
  'a removed path': [(all) => delete all.paths['/v1/roles'], /^GET \/v1\/roles: the operation is removed/],
  'a removed operation': [(_, path) => delete path.post, /^POST .*the operation is removed/],
  'another operation id': [(_, path) => (path.get.operationId = 'roles'), /list_roles is now roles/],
  'a removed parameter': [(_, path) => (path.get.parameters = []), /query parameter limit is removed/],
  'a required parameter': [(_, path) => path.get.parameters.push({ name: 'of', in: 'query', required: true }), /query parameter of is newly required/],
  'a parameter that becomes required': [(_, path) => (path.get.parameters[0].required = true), /limit is newly required/],
  'a parameter with a lower bound': [(_, path) => (path.get.parameters[0].schema.maximum = 50), /limit: maximum is now 50/],
  'a parameter of another type': [(_, path) => (path.get.parameters[0].schema = { type: 'string' }), /type integer is now string/],
  'a removed request body': [(_, path) => delete path.post.requestBody, /request body is removed/],
  'a new request body': [(_, path) => (path.get.requestBody = { required: true, content: {} }), /request body is newly required/],
  'another media type': [(_, path) => (path.post.requestBody.content = { 'text/plain': {} }), /application\/json is removed/],
  'a removed request property': [(_, __, types) => delete types.NewRole.properties.note, /property note is removed/],
  'a required request property': [(_, __, types) => types.NewRole.required.push('note'), /property note is newly required/],
  'a request property that is no longer nullable': [(_, __, types) => (types.NewRole.properties.note.type = 'string'), /note: the type null is now string/],
  'a nullable request property with a new bound': [(_, __, types) => (types.NewRole.properties.note.maxLength = 10), /note: maxLength is now 10/],
  'a request enum with less': [(_, __, types) => (types.NewRole.properties.kind.enum = ['own']), /"shared" may no longer be sent/],
  'a request that becomes an enum': [(_, __, types) => (types.NewRole.properties.name = { type: 'string', maxLength: 100, enum: ['a'] }), /only "a" may be sent/],
  'a request that refuses other properties': [(_, __, types) => (types.NewRole.additionalProperties = false), /other properties are refused/],
  'a removed status': [(_, path) => delete path.get.responses[404], /response 404 is removed/],
  'a removed header': [(_, path) => delete path.get.responses[200].headers.ETag, /header ETag of the response 200/],
  'a removed response property': [(_, __, types) => delete types.Role.properties.id, /response 200\[\]: the property id is removed/],
  'a removed property of a shared response': [(all) => delete all.components.responses.Missing.content['application/json'].schema.properties.code, /response 404: the property code is removed/],
  'a response property that may be left out': [(_, __, types) => (types.Role.required = ['kind']), /property id may be left out/],
  'a response property of another type': [(_, __, types) => (types.Role.properties.id.type = 'integer'), /id: the type string is now integer/],
  'a response property that becomes nullable': [(_, __, types) => (types.Role.properties.id.type = ['string', 'null']), /id: the type string is now null/],
  'credentials where there were none': [(_, path) => (path.post.security = [{ token: [] }]), /no credentials is no longer enough/],
  'credentials that are no longer taken': [(_, path) => path.get.security.pop(), /key is no longer enough/],
  'another permission': [(_, path) => (path.get['x-livery-permission'] = 'roles.manage'), /takes the permission roles.manage/],
};
for (const [name, [change, wanted]] of Object.entries(REFUSED)) {
  test(`${name} is refused`, () => assert.match(faults(change).join('\n'), wanted));
}

const ACCEPTED = {
  nothing: () => {},
  'a new operation': (_, path) => (path.delete = { operationId: 'remove', responses: {} }),
  'an optional parameter': (_, path) => path.get.parameters.push({ name: 'of', in: 'query' }),
  'a higher bound': (_, path) => (path.get.parameters[0].schema.maximum = 500),
  'an optional request property': (_, __, types) => (types.NewRole.properties.more = { type: 'string' }),
  'a request enum with more': (_, __, types) => types.NewRole.properties.kind.enum.push('other'),
  'a response enum with more': (_, __, types) => types.Role.properties.kind.oneOf.push({ const: 'new', type: 'string' }),
  'a new response property': (_, __, types) => (types.Role.properties.more = { type: 'string' }),
  'a new status': (_, path) => (path.get.responses[429] = { description: '' }),
  'one more way to sign in': (_, path) => path.get.security.push({ other: [] }),
  'other words': (_, path) => (path.get.summary = 'Other words'),
  'a schema under another name': (all, _, types) => {
    types.Renamed = types.NewRole;
    delete types.NewRole;
    all.paths['/v1/roles'].post.requestBody.content = json({ $ref: '#/components/schemas/Renamed' });
  },
};
for (const [name, change] of Object.entries(ACCEPTED)) test(`${name} is accepted`, () => assert.deepEqual(faults(change), []));

test('the changelog names an operation by method and path or by its id in backticks, under Unreleased', () => {
  const broken = [{ operation: 'GET /v1/roles', ids: ['list_roles', 'roles'], faults: ['x'] }];
  const isNamed = (line, rest = '') => unnamed(broken, `# Changelog\n\n## Unreleased\n\n- ${line}\n\n## 0.1.0\n${rest}`).length === 0;
  for (const line of ['`GET /v1/roles` is gone', 'GET /v1/roles.', 'is `roles` now', '`list_roles` is renamed']) assert.ok(isNamed(line), line);
  for (const line of ['roles', 'list_roles', 'GET /v1/roles/{id}', 'GET /v1/roles-old', 'POST /v1/roles', 'GET /v1/rolesX', '']) assert.ok(!isNamed(line), line);
  assert.ok(!isNamed('', '- `GET /v1/roles` of a release'));
  assert.equal(unnamed(broken, '# Changelog\n').length, 1);
});

test('the committed document is the same as itself, and every operation is missed', () => {
  const real = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/openapi.json'), 'utf8'));
  assert.deepEqual(breaking(real, structuredClone(real)), []);
  const all = Object.values(real.paths).flatMap((item) => Object.keys(item)).length;
  assert.equal(breaking(real, { ...real, paths: {} }).length, all);
});

test('the last commit is what counts, and the one before it where nothing has changed since', (context) => {
  const root = mkdtempSync(join(tmpdir(), 'livery-openapi-'));
  context.after(() => rmSync(root, { recursive: true }));
  const git = (...words) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...words], { cwd: root, stdio: 'ignore' });
  const write = (value, changelog = '## Unreleased\n') => {
    writeFileSync(join(root, 'schema/openapi.json'), JSON.stringify(value));
    writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  };
  const commit = () => { git('add', '.'); git('commit', '--allow-empty', '-m', 'x'); };
  mkdirSync(join(root, 'schema'));
  git('init');
  write(document());
  commit();
  assert.deepEqual(check(root), [], 'a first commit has nothing before it');
  const changed = document();
  delete changed.paths['/v1/roles'].post;
  write(changed);
  assert.deepEqual(check(root), ['POST /v1/roles: the operation is removed'], 'not yet committed');
  write(changed, '## Unreleased\n- `POST /v1/roles` is gone\n');
  assert.deepEqual(check(root), []);
  write(changed);
  commit();
  assert.deepEqual(check(root), ['POST /v1/roles: the operation is removed'], 'committed');
  commit();
  assert.deepEqual(check(root), [], 'two commits ago');
  const clone = join(root, 'clone');
  git('clone', '--depth', '1', `file://${root}`, clone);
  assert.deepEqual(check(clone), [], "a shallow clone has nothing to compare with");
});
