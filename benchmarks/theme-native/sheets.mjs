// Realistic custom CSS: the rules of Bootstrap and Pico that Livery accepts.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postcss from "postcss";

const MODULES = join(import.meta.dirname, "../../node_modules");
const SHEETS = ["bootstrap/dist/css/bootstrap.css", "@picocss/pico/css/pico.css"];

/** The rules at the top of both sheets, in their order, as they are written. */
export function pieces() {
  return SHEETS.flatMap((path) => {
    const css = readFileSync(join(MODULES, path), "utf8");
    return postcss.parse(css).nodes.filter(({ type }) => type !== "comment").map((node) => node.toString());
  });
}

/** `bytes` of CSS, less at most one rule: rules from everywhere in `accepted`, in their order. */
export function sheetOf(accepted, bytes) {
  const total = accepted.reduce((sum, piece) => sum + piece.length + 1, 0);
  const share = Math.min(1, bytes / total);
  const taken = [];
  let [wanted, size] = [0, 0];
  for (const piece of accepted) {
    wanted += (piece.length + 1) * share;
    if (size + piece.length + 1 > wanted) continue;
    taken.push(piece);
    size += piece.length + 1;
  }
  return taken.join("\n");
}

/** Where `program` says which of the sheets Livery accepts. */
export async function verdicts(program, sheets, file) {
  writeFileSync(file, JSON.stringify(sheets));
  return (await program.ask(`accepts ${file}`)).accepted;
}

/** CSS that must not be served, each for a reason of its own. */
export const HOSTILE = [
  "@import 'x.css';",
  "@\\69mport url(x);",
  "@namespace svg url(http://www.w3.org/2000/svg);",
  "@page { margin: 0 }",
  ".a { background: url(https://evil.test/x) }",
  ".a { background: u\\72l(//evil.test/x) }",
  ".a { background: url(/a/../b) }",
  ".a { background: url(#x) }",
  ".a { background: url(data:image/svg+xml,%3Csvg/%3E) }",
  ".a { background: image-set('https://evil.test/x' 1x) }",
  ".a { background: image-set(var(--x) 1x) }",
  ".a { width: expression(alert(1)) }",
  ".a { behavior: url(/a/x.htc) }",
  ".a { -moz-binding: none }",
  ".a { background: url(java\\script:alert(1)) }",
  ".a { background: src('x') }",
  ".a { background: paint(x) }",
  ".a { width: attr(value px) }",
  ".a::after { content: attr(value) }",
  ".a::after { content: '</style>' }",
  ".a::after { content: '\\3c /style>' }",
  "/* </style> */ .a { color: red }",
  ".a { position: fixed }",
  ".a { position: var(--p) }",
  ".a { z-index: 100000 }",
  ".a { z-index: var(--z) }",
  "input[value^=a] { color: red }",
  ":visited { color: red }",
  "::part(x) { color: red }",
  ":host-context(.x) { color: red }",
  "html + .x { color: red }",
  ":is(body, .x) .y { color: red }",
  "@font-face { font-family: x; src: url(/a/x.woff2); unicode-range: U+41 }",
  ".a { .b { .c { .d { .e { .f { .g { .h { .i { color: red } } } } } } } } }",
  ".a { width: calc(((((((1px))))))) }",
];
