// What a process has used of the machine, as Linux counts it.
import { readFileSync, readdirSync } from "node:fs";

/** Microseconds of CPU time, user and system, of all threads of a process. The scheduler counts in nanoseconds. */
export function cpuOf(pid) {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      // It ended in between.
    }
  }
  return nanoseconds / 1000;
}

/** Bytes of memory that a process uses. */
export function rssOf(pid) {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(kilobytes[1]) * 1024;
}
