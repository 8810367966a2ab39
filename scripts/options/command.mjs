// How a command of `scripts/` reports a failure: by its exit code and a message.
import { Refusal } from '../schema/refusal.mjs';

/** The command was called with wrong options. */
export class Misuse extends Error {}

/** Runs a command: 1 where it was refused, 2 where it was called wrongly, and a stack only for a fault of the script itself. */
export async function command(name, main) {
  try {
    await main();
  } catch (fault) {
    const misuse = fault instanceof Misuse || fault.code?.startsWith('ERR_PARSE_ARGS');
    const known = misuse || fault instanceof Refusal || fault.code === 'ENOENT';
    console.error(known ? fault.message : fault.stack);
    if (misuse) console.error(`see ./scripts/${name} --help`);
    process.exitCode = misuse ? 2 : 1;
  }
}
