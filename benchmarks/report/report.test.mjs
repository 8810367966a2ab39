import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, median } from "../compare.mjs";
import { asJson, asMarkdown, asTable, fromJson, withRows } from "./report.mjs";

const steps = (...values) => async () => values.shift();

test("a ratio is formed in each round and higher is better, whatever the unit", async () => {
  const [cheaper] = await compare({ row: "r", unit: "µs", better: "lower", sides: { ours: steps(10, 20, 40), theirs: steps(20, 20, 20) }, goals: { theirs: 1 } }, 3);
  assert.deepEqual([cheaper.ratio, cheaper.spread, cheaper.ours, cheaper.theirs, cheaper.goal, cheaper.rounds], [1, [0.5, 2], 20, 20, 1, 3]);
  const [faster] = await compare({ row: "r", unit: "1/s", better: "higher", sides: { ours: steps(10, 20, 40), theirs: steps(20, 20, 20) }, limits: ["theirs"] }, 3);
  assert.deepEqual([faster.ratio, faster.spread, faster.goal, faster.limit], [1, [0.5, 2], null, true]);
});

test("each side is first as often as the others", async () => {
  const order = [];
  const side = (name) => async () => (order.push(name), 1);
  await compare({ row: "r", unit: "µs", better: "lower", sides: { a: side("a"), b: side("b"), c: side("c") } }, 3);
  assert.equal(order.join(""), "abcbcacab");
});

test("a side that measured nothing is no figure", async () => {
  await assert.rejects(compare({ row: "r", unit: "µs", better: "lower", sides: { a: steps(1), b: steps(0) } }, 1), /b measured 0/);
});

test("the median of an even count lies between the two in the middle", () => {
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 2, 3])], [2, 2.5]);
});

test("a section that is measured again takes the place of what it was, and the others stay", async () => {
  const section = (name, ours) => ({ name, title: `T ${name}`, date: "2026-01-01", commit: "abc", command: "c", machine: "m", versions: { node: "1" }, notes: ["n"], rows: [{ row: "x", peer: "p", unit: "µs", ratio: ours, spread: [1, 2], goal: 1, limit: false, ours, theirs: 1, rounds: 3 }] });
  const before = [section("a", 1), section("b", 0.5)];
  assert.deepEqual(fromJson(asJson(before)), before);
  const merged = withRows(fromJson(asJson(before)), [section("a", 2)], ["b", "a"]);
  assert.deepEqual(merged.map(({ name, rows }) => [name, rows[0].ratio]), [["b", 0.5], ["a", 2]]);
  assert.deepEqual(Object.keys(JSON.parse(asJson(merged)).rows[0]).slice(0, 2), ["name", "section"]);
  assert.match(asMarkdown(merged), /## T b[\s\S]*\| x \| p \| 0\.50 \| 1\.00 – 2\.00 \| 1\.00 \| missed \|[\s\S]*## T a[\s\S]*\| met \|/);
  assert.match(asTable(merged[1].rows), /goal 1\.00 met/);
});
