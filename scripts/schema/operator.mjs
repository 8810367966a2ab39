// `scripts/operator`: makes people with an account operators of the platform, and removes them.
import { parseArgs } from 'node:util';
import { Misuse, command } from '../options/command.mjs';
import { addOperator, operators, removeOperator } from './operators.mjs';
import { TARGET_OPTIONS, TARGET_USAGE, targetOf } from './target.mjs';

const USAGE = `usage: ./scripts/operator add EMAIL TARGET
       ./scripts/operator remove EMAIL TARGET
       ./scripts/operator list TARGET

Makes a person with an account an operator of the platform, or removes an operator; takes effect with the person's next request.

${TARGET_USAGE}
  --help                    this text`;

const VERBS = { add: 1, remove: 1, list: 0 };

await command('operator', async () => {
  const { values, positionals: [verb, ...rest] } = parseArgs({
    options: { ...TARGET_OPTIONS, help: { type: 'boolean', short: 'h' } }, allowPositionals: true,
  });
  if (values.help) return console.log(USAGE);
  if (!Object.hasOwn(VERBS, verb ?? '')) throw new Misuse(verb ? `${verb} is none of add, remove, list` : 'say add, remove or list');
  if (rest.length !== VERBS[verb]) throw new Misuse(VERBS[verb] ? `${verb} needs one e-mail address` : `${verb} takes no e-mail address`);
  const target = targetOf(values);
  const [email] = rest;
  switch (verb) {
    case 'add': {
      const { id, changed } = await addOperator(target, email);
      return console.log(`${email} (${id}) is ${changed ? 'now' : 'already'} an operator`);
    }
    case 'remove': {
      const { id, changed } = await removeOperator(target, email);
      return console.log(`${email} (${id}) is ${changed ? 'no longer' : 'not'} an operator`);
    }
    default: {
      const all = await operators(target);
      for (const row of all) console.log(`${row.email}  ${row.id}  since ${new Date(row.since).toISOString()}`);
      if (all.length === 0) console.log('there is no operator');
    }
  }
});
