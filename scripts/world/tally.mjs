// Reads what a test runner printed (Node's, cargo's or Schemathesis') and gives one row of the table that scripts/test ends with:
// `node scripts/world/tally.mjs SUITE COMBINATION SECONDS < output`. A run without a single test is a failure.
import { readFileSync } from 'node:fs';

const [suite, combination, seconds] = process.argv.slice(2);
const output = readFileSync(0, 'utf8');
const sum = (pattern) => [...output.matchAll(pattern)].reduce((total, found) => total + Number(found[1]), 0);
// Node: `ℹ pass 12` or `# pass 12`. Cargo: `test result: ok. 12 passed; 0 failed; …`.
// Schemathesis: `  838 generated, 838 passed, 24 skipped`, or `  72 generated, 2 found 2 unique failures, 5 skipped`.
const found = sum(/^ +\d+ generated, (\d+) found/gm);
const passed = sum(/^(?:ℹ|#) pass (\d+)$/gm) + sum(/^test result: .*? (\d+) passed;/gm) + sum(/^ +(\d+) generated,/gm) - found;
const failed = sum(/^(?:ℹ|#) fail (\d+)$/gm) + sum(/^test result: .*? (\d+) failed;/gm) + found;
const skipped = sum(/^(?:ℹ|#) skipped (\d+)$/gm) + sum(/^test result: .*? (\d+) ignored;/gm) + sum(/^ +\d+ generated,.* (\d+) skipped$/gm);
console.log([suite, combination, passed, failed, skipped, seconds].join('|'));
if (passed + failed === 0) {
  console.error(`${suite} on ${combination} ran no test`);
  process.exit(1);
}
