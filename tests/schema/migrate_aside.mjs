// One migration as a process of its own, for tests that run two or kill one. The target is read from standard input.
import { text } from 'node:stream/consumers';
import { migrate } from '../../scripts/schema/index.mjs';

await migrate(JSON.parse(await text(process.stdin)), { log: console.log });
