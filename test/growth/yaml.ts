import { list, type Shapes, word } from "./shape.ts";

const yamlOf = (n: number): string => `sources:
  - { source: p, title: P }
suppliers:
${list(
  n,
  (i) => `  - supplier: s${i}
    name: ${word(i)} ${i}
`,
).join("")}contracts:
  - contract: c
    title: >
      long
    lots:
${list(
  n,
  (i) => `      - { lot: ${i}, ceiling: EUR 1M, suppliers: [s${i}] } # comment ${i}
`,
).join("")}`;

/** Texts of YAML, sound or not, that have much of one thing. */
export const YAML: Shapes = {
  "yaml plain": (n) => yamlOf(n),
  "yaml comments": (n) => "# comment\n".repeat(n) + yamlOf(1) + "# comment\n".repeat(n),
  "yaml repeated map keys": (n) => `contracts:
  - contract: c
    lots: []
${list(
  n,
  () => `    title: v
`,
).join("")}`,
  "yaml deep flow unclosed": (n) => `contracts: ${"[".repeat(n)}
`,
  "yaml deep flow maps": (n) => `contracts: ${"{a: ".repeat(n)}${"}".repeat(n)}
`,
  "yaml deep inline seq": (n) => `contracts:\n  ${"- ".repeat(n)}a\n`,
  "yaml anchors": (n) =>
    list(
      n,
      (i) => `k${i}: &a${i} x
`,
    ).join(""),
  "yaml aliases": (n) => `a: &a x
${list(
  n,
  (i) => `k${i}: *a
`,
).join("")}`,
  "yaml bad indents": (n) =>
    `contracts:\n${list(
      n,
      (i) => `${" ".repeat(1 + (i % 5))}- contract: c${i}
`,
    ).join("")}`,
  "yaml quotes escapes": (n) => `contracts:
  - contract: c
    lots: []
    title: "${"\\x41".repeat(n * 4)}"
`,
  "yaml plain multi": (n) => `contracts:
  - contract: c
    lots: []
    title: a
${"      b\n".repeat(n)}`,
  "yaml block scalar blank": (n) => `contracts:
  - contract: c
    lots: []
    note: |
      a
${"\n".repeat(n * 4)}`,
  "yaml ignore everywhere": (n) => `${yamlOf(n)}ignore:\n${"  - { rule: T2-unused, reason: r }\n".repeat(n)}`,
  "yaml prefer unknown": (n) => `sources:\n${list(
    n,
    (i) => `  - { source: q${i}, title: t }
`,
  ).join("")}prefer: [${list(n, (i) => `x${i}`).join(", ")}]
contracts: []
`,
};
