import { Resvg } from "@resvg/resvg-js";
import { describe, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";

const pictureOf = async (...argv: readonly string[]): Promise<string> => drawn(argv);

const drawn = async (argv: readonly string[], register?: string): Promise<string> => {
  const input = register === undefined ? undefined : Buffer.from(register);
  const { stdout, exitCode } = await runInProcess([...argv, "--svg"], { input });
  expect(exitCode).toBe(0);
  return stdout;
};

type Pixel = (x: number, y: number) => string;

/** The picture as a renderer that knows no style sheets paints it: one dot for each unit. */
const paint = (svg: string): Pixel => {
  const plain = svg.replace(/<style>.*?<\/style>/s, "");
  const image = new Resvg(plain, { font: { loadSystemFonts: false } }).render();
  return (x, y) => {
    const at = 4 * (y * image.width + x);
    return `#${[...image.pixels.subarray(at, at + 3)].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
};

const [GROUND, BAR, LIGHT, MARK] = ["#ffffff", "#1f5fa8", "#c5daf1", "#b3261e"];
const FLEET = ["headroom", "--data", "examples/fleet.yaml", "--at", "2025-06-30"];

describe("pictures are seen without style sheets", () => {
  test("the timeline: its ground, the firm part, a renewal and the day", async () => {
    const at = paint(await pictureOf("timeline", "--at", "2018-03-01"));
    expect([at(2, 2), at(400, 80), at(650, 80), at(601, 40)]).toEqual([GROUND, BAR, LIGHT, MARK]);
  });

  test("ceilings in use: each bar is as long as its part of the whole", async () => {
    const at = paint(await pictureOf(...FLEET));
    const row = (nth: number) => 40 + 48 * nth + 16;
    const end = (percent: number) => 24 + Math.round(9.12 * percent);
    for (const [nth, percent] of [73.5, 80.6, 40.8].entries()) {
      expect([at(end(percent) - 4, row(nth)), at(end(percent) + 4, row(nth))]).toEqual([BAR, GROUND]);
    }
    expect(at(end(100) - 4, row(3))).toBe(BAR);
  });

  test("shares: each as long as its part of all, dashed where it may be more", async () => {
    const at = paint(await pictureOf("suppliers", "--shares", "--data", "examples/market.yaml"));
    const x = (percent: number) => 24 + Math.round(9.12 * percent);
    expect([at(x(54), 56), at(x(56), 56), at(x(80), 56)]).toEqual([BAR, GROUND, GROUND]);
    expect([at(x(27), 104), at(x(28), 104)]).toEqual([BAR, GROUND]);
    expect(at(x(99), 152)).toBe(BAR);
  });

  test("more than the whole is in another colour behind a mark, what may be more is not filled", async () => {
    const register = `contracts:
  - { contract: c, lots: [
      { lot: 1, ceiling: EUR 100 },
      { lot: 2, ceiling: EUR 100 }],
      orders: [
      { order: a, lot: 1, amount: EUR 110 },
      { order: b, lot: 2, amount: EUR 50 },
      { order: c, amount: EUR 25 }] }
`;
    const at = paint(await drawn(["headroom", "--data", "-"], register));
    const x = (percent: number) => 24 + Math.round((912 * percent) / 125);
    expect([at(x(99), 56), at(x(109), 56), at(x(120), 56)]).toEqual([BAR, MARK, GROUND]);
    expect([at(x(49), 104), at(x(60), 104), at(x(80), 104)]).toEqual([BAR, GROUND, GROUND]);
  });
});

test.each([
  [
    ["suppliers", "--shares", "--data", "examples/market.yaml"],
    "GBP · Cedar Ltd: 100.0 %, Rank 1, Lots 1, Awarded GBP 250k, Cumulative 100.0 %.",
  ],
  [FLEET, "fleet/1 · Vans: 80.6 %, warning, Ceiling EUR 650k, Ordered EUR 524,000.50, Left EUR 125,999.50."],
])("who does not see a picture is told of each row, and of each figure once: %j", async (argv, told) => {
  const description = /<desc[^>]*>(.*?)<\/desc>/s.exec(await pictureOf(...argv))?.[1] ?? "";
  expect(description).toContain(told);
});

test("there is no bar where what is ordered comes to nothing", async () => {
  const register =
    "contracts: [{ contract: c, lots: [{ lot: 1, ceiling: EUR 100 }], orders: [{ order: a, lot: 1, amount: EUR 0 }] }]";
  const svg = await drawn(["headroom", "--data", "-"], register);
  expect(svg).toContain("0.0 % ·");
  expect(svg).not.toContain(' width="0"');
});

test("each rule for dark grounds stands alone, so that none is applied where such rules are not understood", async () => {
  const svg = await pictureOf(...FLEET);
  const [, style = ""] = /<style>(.*?)<\/style>/s.exec(svg) ?? [];
  expect(
    style.replace(/@media screen and \(prefers-color-scheme:dark\)\{\.[a-z-]+\{[a-z]+:#[0-9a-f]{6}\}\}/g, ""),
  ).toBe("");
});

test("letters stand in texts, titles and rules for colours alone", async () => {
  const pictures = [
    await pictureOf("timeline", "--at", "2018-03-01"),
    await pictureOf(...FLEET),
    await pictureOf("suppliers", "--shares", "--data", "examples/market.yaml"),
  ];
  for (const svg of pictures) {
    const shapes = svg.replaceAll(/<(text|title|desc|style)\b[^>]*>[^<]*<\/\1>/g, "");
    expect(shapes.replaceAll(/<[^>]*>/g, "").trim()).toBe("");
  }
});

test("a figure is shown whole or not at all", async () => {
  const svg = await pictureOf(...FLEET);
  expect([...svg.matchAll(/text-anchor="end"[^>]*>([^<]*)</g)].map(([, text]) => text)).toEqual([
    "73.5 % · open · Ceiling EUR 1M · Ordered EUR 735,250.50",
    "80.6 % · warning · Ceiling EUR 650k · Ordered EUR 524,000.50",
    "40.8 % · open · Ceiling EUR 150k · Ordered EUR 61,250.00",
    "100.0 % · exhausted · Ceiling EUR 150k · Ordered EUR 150,000.00",
  ]);
});

test("a picture of nothing says why", async () => {
  const { stdout } = await runInProcess(["suppliers", "--shares", "--svg"]);
  expect(stdout).toContain(">0 of 3 lots state what was awarded.</text>");
});
