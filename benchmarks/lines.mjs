// A process that reads one command a line and answers each with one JSON object a line.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts it; `ask(command)` returns the answer, and throws its `fault`. */
export function speaking(bench, command, args = []) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  const ended = new Promise((resolve) => child.once("exit", resolve));
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(JSON.parse(line)));
  let over;
  void ended.then((code) => {
    over = new Error(`${command} ${args.join(" ")} ended with ${code}`);
    for (const { reject } of waiting.splice(0)) reject(over);
  });
  child.stdin.on("error", () => {});
  bench.cleanup(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    pid: child.pid,
    async ask(text) {
      const answer = await new Promise((resolve, reject) => {
        if (over) return reject(over);
        waiting.push({ resolve, reject });
        child.stdin.write(text + "\n");
      });
      if (answer.fault) throw new Error(`${text}: ${answer.fault}`);
      return answer;
    },
  };
}

/** The other side of it: answers every line of the standard input with the result of `answer(command, argument)`. */
export async function listen(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    const [, command, argument] = /^(\S*) ?(.*)$/.exec(line);
    const said = await answer(command, argument).catch((fault) => ({ fault: String(fault?.message ?? fault) }));
    process.stdout.write(JSON.stringify(said) + "\n");
  }
}
