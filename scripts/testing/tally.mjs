// Parses the output of a test runner: Node's, cargo's or Schemathesis'.

/** `{passed, failed, skipped}` of all test runs in `output`. */
export function tally(output) {
  // Node: `ℹ pass 12` or `# pass 12`. Cargo: `test result: ok. 12 passed; 0 failed; …`.
  // Schemathesis: `  838 generated, 838 passed, 24 skipped`, or `  72 generated, 2 found 2 unique failures, 5 skipped`.
  const sum = (pattern) => [...output.matchAll(pattern)].reduce((total, found) => total + Number(found[1]), 0);
  const found = sum(/^ +\d+ generated, (\d+) found/gm);
  return {
    passed: sum(/^(?:ℹ|#) pass (\d+)$/gm) + sum(/^test result: .*? (\d+) passed;/gm) + sum(/^ +(\d+) generated,/gm) - found,
    failed: sum(/^(?:ℹ|#) fail (\d+)$/gm) + sum(/^test result: .*? (\d+) failed;/gm) + found,
    skipped: sum(/^(?:ℹ|#) skipped (\d+)$/gm) + sum(/^test result: .*? (\d+) ignored;/gm) + sum(/^ +\d+ generated,.* (\d+) skipped$/gm),
  };
}

/**
 * What one job comes to, `{passed, failed, skipped, why}`: a job that failed counts as a failure, and so does a suite that ran no test.
 * `why` gives the reason of a failure that no runner counted.
 */
export function resultOf({ tests }, { code, output, why }) {
  const counted = tests ? tally(output) : { passed: 0, failed: 0, skipped: 0 };
  if (code === 0 && (!tests || counted.passed > 0 || counted.failed > 0)) return counted;
  if (counted.failed > 0) return { ...counted, why };
  return { ...counted, failed: 1, why: why ?? (code === 0 ? 'ran no test' : `exit code ${code}`) };
}
