import { Resvg } from "@resvg/resvg-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, inBrowser, Screen, told } from "./browser.ts";

/** Pictures as two renderers paint them that have nothing in common: letters aside, whose shapes are a matter of fonts. */

const PICTURES: readonly (readonly string[])[] = [
  ["timeline", "--at", "2018-03-01"],
  ["headroom", "-d", "examples/fleet.yaml", "--at", "2025-06-30"],
  ["suppliers", "--shares", "-d", "examples/market.yaml"],
];

/** How many in a hundred pixels of two pictures differ by more than a shade. */
const DIFFERENCE = `async (first, second) => {
  const pixels = async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  };
  const [a, b] = [await pixels(first), await pixels(second)];
  let unlike = 0;
  for (let at = 0; at < a.length; at += 4)
    if ([0, 1, 2].some((part) => Math.abs(a[at + part] - b[at + part]) > 48)) unlike++;
  return a.length === b.length ? (400 * unlike) / a.length : 100;
}`;

describe.skipIf(!hasBrowser)(inBrowser("pictures in a browser"), { timeout: 60_000 }, () => {
  let screen: Screen;
  beforeAll(async () => {
    screen = await Screen.open();
  }, 60_000);
  afterAll(() => screen.close());

  const differenceOf = async (svg: string, other: string): Promise<number> => {
    const { page } = await screen.show("<!doctype html><title>Pictures</title>");
    const painted = new Resvg(other, { font: { loadSystemFonts: false } }).render().asPng().toString("base64");
    const sources = [`data:image/svg+xml,${encodeURIComponent(svg)}`, `data:image/png;base64,${painted}`];
    return await page.evaluate(`(${DIFFERENCE})(...${JSON.stringify(sources)})`);
  };

  test.each(PICTURES)("%s %s look as in a converter", async (...argv) => {
    const svg = (await told([...argv, "--svg"]))
      .replace(/<style>.*?<\/style>/s, "")
      .replaceAll(/<text.*?<\/text>/gs, "");
    expect(await differenceOf(svg, svg)).toBeLessThan(0.5);
    const empty = svg.replaceAll("#1f5fa8", "#ffffff");
    expect(await differenceOf(svg, empty)).toBeGreaterThan(1);
  });
});
