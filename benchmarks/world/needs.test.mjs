import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ROWS } from "../../scripts/options/bench.mjs";
import { commandsFor, gathered } from "./needs.mjs";

const row = (name, needs) => ({ name, needs });

test("A row on Workers builds its functions, and neither Spin nor a Postgres", () => {
  assert.deepEqual(commandsFor(gathered([row("one", { functions: ["edge"] })])), [["scripts/build", "edge"]]);
});

test("What several rows need is provided once", () => {
  const needs = gathered([row("one", { functions: ["edge", "live"] }), row("two", { functions: ["edge"], postgres: true }), row("three", { components: ["auth"] })]);
  assert.deepEqual(commandsFor(needs), [["scripts/setup", "--postgres", "--spin"], ["scripts/build", "edge", "live"], ["scripts/build", "--spin", "auth"]]);
});

test("A row that needs nothing lets nothing be built", () => {
  assert.deepEqual(commandsFor(gathered([row("one", {})])), []);
});

test("Every row says what it needs", () => {
  assert.throws(() => gathered([row("one")]), /the row one does not say what it needs/);
  for (const name of ROWS) assert.match(readFileSync(new URL(`../rows/${name}.mjs`, import.meta.url), "utf8"), /^export const needs = /m, name);
});
