import { expect, test } from "vitest";
import { layouts } from "../../src/engine/layouts.ts";
import type { FileLayout } from "../../src/model/input-file.ts";
import { closingOf, linesOf } from "../open-text.ts";

const inState = (state: FileLayout["state"], count: number): readonly FileLayout[] =>
  Array.from({ length: count }, (_, index) => ({ file: `${state}-${index}`, state, printed: undefined }));

test("files that change are listed, and the others counted", async () => {
  const all = [...inState("unchanged", 1), ...inState("changed", 2), ...inState("other", 2)];
  expect(await linesOf(layouts(all))).toEqual(["changed-0 | changed", "changed-1 | changed"]);
  expect(await closingOf(layouts(all))).toEqual([
    "1 file is laid out already.",
    "2 files are left alone, because only YAML has a layout.",
  ]);
});

test("what there is none of is not counted", async () => {
  expect(await closingOf(layouts(inState("changed", 1)))).toEqual([]);
  expect(await closingOf(layouts(inState("other", 1)))).toEqual([
    "1 file is left alone, because only YAML has a layout.",
  ]);
  expect(await closingOf(layouts(inState("unchanged", 3)))).toEqual(["3 files are laid out already."]);
});
