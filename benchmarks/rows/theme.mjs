// A theme to a stylesheet: Livery as wasm against PostCSS, both in V8, and Livery against lightningcss, both on this machine.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "postcss";
import { speaking } from "../lines.mjs";
import { buildTheme } from "../theme-native/build.mjs";
import { HOSTILE, pieces, sheetOf, verdicts } from "../theme-native/sheets.mjs";

export const title = "Theme compile: 60 tokens with 1 KB, 20 KB, 200 KB custom CSS";
/** It needs no function: it builds its own programs. */
export const needs = {};

const SIZES = { "1 KB": 1_000, "20 KB": 20_000, "200 KB": 200_000 };

export async function run(bench) {
  const built = buildTheme();
  const native = speaking(bench, built.native);
  const wasm = speaking(bench, process.execPath, [join(import.meta.dirname, "../theme-native/wasm.mjs"), built.wasm]);
  const postcss = speaking(bench, process.execPath, [join(import.meta.dirname, "../peers/postcss/process.mjs")]);
  const folder = bench.temporary();
  const { draft } = await native.ask("default");
  const drafted = (name, css) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify({ ...draft, custom_css: css }));
    return file;
  };

  const count = (value) => (typeof value === "string" ? 1 : Object.values(value).reduce((sum, inner) => sum + count(inner), 0));
  bench.note(`${count(draft.tokens)} tokens, ${count(draft.tokens.color)} of them colours`);

  // The same verdicts: of every rule of two frameworks, and of what must not pass.
  const all = pieces();
  const ours = await verdicts(native, [...all, ...HOSTILE], join(folder, "pieces.json"));
  const theirs = [];
  for (const css of [...all, ...HOSTILE]) {
    await postcss.ask(`load ${drafted("piece", css)}`);
    theirs.push(await postcss.ask("print").then(() => true, () => false));
  }
  HOSTILE.forEach((css, n) => assert.deepEqual([ours[all.length + n], theirs[all.length + n]], [false, false], css));
  const same = all.filter((_, n) => ours[n] === theirs[n]).length;
  bench.note(`of ${all.length} rules of Bootstrap and Pico Livery accepts ${ours.slice(0, all.length).filter(Boolean).length}, and PostCSS with our rules says the same of ${same}; of ${HOSTILE.length} hostile sheets both refuse all`);
  const accepted = all.filter((_, n) => ours[n] && theirs[n]);

  for (const [size, bytes] of Object.entries(SIZES)) {
    const file = drafted(size.replace(" ", ""), sheetOf(accepted, bytes));
    const { bytes: taken } = await native.ask(`load ${file}`);
    assert.ok(taken > bytes * 0.9 && taken <= bytes, `${size}: ${taken} bytes`);
    for (const side of [wasm, postcss]) await side.ask(`load ${file}`);
    const { css } = await native.ask("print");
    assert.equal((await wasm.ask("print")).css, css);
    const { css: prefixed } = await postcss.ask("print");
    for (const sheet of [css, prefixed]) {
      for (const custom of [".livery{", "--livery-color-on-primary:#fff"]) assert.ok(sheet.includes(custom), custom);
      assert.ok(!sheet.includes("<"));
      parse(sheet).walkRules(({ parent, selectors }) => {
        if (!/keyframes$/.test(parent.name ?? "")) for (const selector of selectors) assert.match(selector, /^(:where\()?\.livery\b/);
      });
    }
    // What one side printed is custom CSS to the other: scoped already, and accepted.
    assert.deepEqual(await verdicts(native, [css, prefixed], join(folder, "printed.json")), [true, true]);

    const sides = {
      "livery, wasm": { process: wasm, command: "livery" },
      "livery, native": { process: native, command: "livery" },
      lightningcss: { process: native, command: "lightningcss" },
      "parse and print": { process: native, command: "parse_and_print" },
      postcss: { process: postcss, command: "whole" },
      unprefixed: { process: postcss, command: "unprefixed" },
    };
    const share = bench.quick ? 0.25 : 1.2;
    for (const side of Object.values(sides)) {
      // V8 compiles in several steps: what is measured is a process that has done this for a while.
      const warm = 8 + Math.round(200_000 / bytes);
      const { wall, bytes: printed } = await side.process.ask(`${side.command} ${warm}`);
      side.times = Math.max(2, Math.round((share * 1e6) / wall));
      side.printed = printed;
    }
    const cost = (name) => async () => (await sides[name].process.ask(`${sides[name].command} ${sides[name].times}`)).cpu;
    const printed = Object.entries(sides).map(([name, side]) => `${name} ${side.printed}`);
    bench.note(`${size}: ${taken} bytes of custom CSS; bytes out: ${printed.join(", ")}`);
    await bench.compare({
      row: `theme with ${size}, in V8`,
      unit: "CPU µs per compile",
      better: "lower",
      sides: { livery: cost("livery, wasm"), "PostCSS, cssnano, autoprefixer": cost("postcss"), "the same without autoprefixer": cost("unprefixed") },
      goals: { "PostCSS, cssnano, autoprefixer": 25 },
    });
    await bench.compare({
      row: `theme with ${size}, native`,
      unit: "CPU µs per compile",
      better: "lower",
      sides: { livery: cost("livery, native"), "lightningcss: minified, prefixed": cost("lightningcss"), "lightningcss: parsed, printed": cost("parse and print") },
      goals: { "lightningcss: minified, prefixed": 0.4 },
      limits: ["lightningcss: minified, prefixed", "lightningcss: parsed, printed"],
    });
  }
}
