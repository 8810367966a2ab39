// The examples of the committed OpenAPI document against its own schemas, by Ajv, which knows nothing of how it was made.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';

const ROOT = join(import.meta.dirname, '../..');

const document = JSON.parse(readFileSync(join(ROOT, 'schema/openapi.json'), 'utf8'));
const operations = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operation]));

/** Every pair of a schema and an example in an operation. */
function* examples(operation) {
  for (const { schema, example } of operation.parameters ?? []) if (example !== undefined) yield [schema, example];
  const responses = Object.values(operation.responses);
  for (const holder of [operation.requestBody, ...responses]) {
    for (const { schema, example } of Object.values(holder?.content ?? {})) if (example !== undefined) yield [schema, example];
  }
}

test('every example is one of its schema', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'livery:document', components: document.components });
  let checked = 0;
  for (const [name, operation] of operations) {
    for (const [schema, example] of examples(operation)) {
      const whole = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"livery:document#/components/'));
      assert.ok(ajv.validate(whole, example), `${name}: ${ajv.errorsText()} in ${JSON.stringify(example)}`);
      checked += 1;
    }
  }
  assert.ok(checked > 40, `${checked} examples`);
});

test('every operation that takes a body shows one, and every JSON answer too', () => {
  for (const [name, operation] of operations) {
    for (const [media, { example }] of Object.entries(operation.requestBody?.content ?? {})) {
      assert.ok(example !== undefined, `${name}: no example of ${media}`);
    }
  }
});
