import { expect, test } from "vitest";
import { hiddenIn, showHidden } from "../../src/model/hidden-characters.ts";

const shown = (text: string): string => showHidden(text, (char) => `<${(char.codePointAt(0) ?? 0).toString(16)}>`);

test("what shows nothing is found in each range of it, and no neighbour is", () => {
  const first = "0 7f ad 34f 61c 115f 17b4 180b 200b 2028 2060 2800 3164 d800 fdd0 fe00 feff ffa0 fff0 fffe";
  const beyond = "13430 16fe4 1bca0 1d159 1d173 e0000 e0041 e0fff 1fffe 1ffff 10fffe 10ffff";
  const points = `${first} ${beyond}`.split(" ");
  for (const point of points) {
    const char = String.fromCodePoint(Number.parseInt(point, 16));
    expect([point, hiddenIn(`a${char}b`)]).toEqual([point, [char]]);
  }
  expect(hiddenIn("a\u00a0b\u00ae\u200a\u2010\u3163\u{16fe3}\u{1d17b}\u{e1000}")).toEqual([]);
});

test("a joiner is seen in letters of Bengali where a virama follows at once, else shown", () => {
  const [ra, ka, virama, joiner] = ["\u09b0", "\u0995", "\u09cd", "\u200d"];
  expect(shown(ra + joiner + virama + ka)).toBe(ra + joiner + virama + ka);
  expect(shown(ra + joiner + ka + virama)).toBe(`${ra}<200d>${ka}${virama}`);
});

test("marks that repeat the one below, stand on nothing or are more than four are shown, and no others", () => {
  const [acute, grave, dot] = ["\u0301", "\u0300", "\u0323"];
  expect(shown(`e${acute}${dot}`)).toBe(`e${acute}${dot}`);
  expect(shown(`e${acute}${acute}${acute}`)).toBe(`e${acute}<301><301>`);
  expect(shown(`${grave}e`)).toBe("<300>e");
  expect(shown(`e${`${acute}${dot}`.repeat(3)}`)).toBe(`e${acute}${dot}${acute}${dot}<301><323>`);
});
