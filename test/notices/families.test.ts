import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { headroom, lots, openRegister, type Register, total } from "../../src/index.ts";
import type { Amount } from "../../src/model/money.ts";
import { zipOf } from "../archives.ts";
import { times } from "../long.ts";
import { rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";
import { eformsOf, type Life, lifeOf, numberOf, ocdsOf, scripts, type Told, withOrders } from "./random-families.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-families-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ends = (amount: Amount | undefined): string => {
  if (typeof amount !== "object") return "–";
  const { minor, bound, least = minor } = amount;
  return `${bound === "atMost" ? 0 : least / 100n}..${bound === "atLeast" ? "" : minor / 100n}`;
};

/** What is answered of all families, a line each. */
const answersOf = async (register: Register): Promise<readonly string[]> => {
  const rows = (await rowsOf(lots(register))).filter(({ callOffOf }) => callOffOf === undefined);
  const places = (await rowsOf(headroom(register))).filter(
    ({ scope, ceiling }) => scope === "lot" && typeof ceiling === "object",
  );
  const report = total(register);
  await rowsOf(report);
  const sums = report
    .closing()
    .summaries.filter(({ amounts }) => amounts.length > 0)
    .map(({ label, amounts }) => `${label} ${amounts.map(ends).join()}`);
  return [
    ...rows.map(
      ({ contract, lot, ceiling, awarded, suppliers }) =>
        `${contract}/${lot}: ${ends(ceiling)}, awarded ${awarded?.map(ends).join() || "–"}, ${suppliers
          .map(({ name }) => name)
          .sort()
          .join()}`,
    ),
    ...places.map(
      ({ contract, lot, ordered, left }) => `${contract}/${lot}: ordered ${ends(ordered)}, left ${ends(left)}`,
    ),
    ...sums.map((sum) => sum.replace(/\.\..*/, "")),
  ].sort();
};

const range = (least: number, most: number): string => `${least}..${most}`;

/** The same, as the model says. */
const expectedOf = ({ families, callOffs }: Life, idOf: (family: number) => string): readonly string[] => {
  const all = families.map(({ framework, lots: own }, family) => ({ framework, id: idOf(family), own: [...own] }));
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const ceilings = all.flatMap(({ own }) => own.flatMap(([, { ceiling }]) => ceiling ?? []));
  const awarded = all.flatMap(({ framework, own }) => (framework ? [] : own.map(([, lot]) => lot.awarded)));
  const direct = callOffs.filter(({ of }) => "family" in of).map(({ value }) => value);
  return [
    ...all.flatMap(({ id, framework, own }) =>
      own.map(
        ([lot, truth]) =>
          `${id}/${lot}: ${truth.ceiling === undefined ? "–" : range(truth.ceiling, truth.ceiling)}, awarded ${framework ? "–" : range(truth.awarded, truth.awarded)}, ${[...truth.seats].sort().join()}`,
      ),
    ),
    ...all.flatMap(({ id, own }) =>
      own.flatMap(([lot, { ceiling, ordered, possible, told }]) =>
        ceiling === undefined
          ? []
          : [
              told
                ? `${id}/${lot}: ordered ${range(ordered, ordered + possible)}, left ${range(ceiling - ordered - possible, ceiling - ordered)}`
                : `${id}/${lot}: ordered –, left –`,
            ],
      ),
    ),
    ...(ceilings.length > 0 ? [`Total ${sum(ceilings)}`] : []),
    ...(awarded.length > 0 ? [`Total awarded ${sum(awarded)}`] : []),
    ...(direct.length > 0 ? [`Total ordered ${sum(direct)}`] : []),
  ].sort();
};

/** Puts files anywhere: into folders and an archive, under names that shuffle them, some of them twice. */
const scatter = (files: readonly string[], places: readonly number[], extension: string): string => {
  const root = mkdtempSync(join(folder, "life-"));
  mkdirSync(join(root, "more"));
  const packed: Record<string, string> = {};
  for (const [index, text] of files.entries()) {
    const place = places[index % places.length] ?? 0;
    const name = `${place % 97}-${index}.${extension}`;
    if (place % 3 === 0) packed[name] = text;
    else writeFileSync(join(root, place % 3 === 1 ? name : join("more", name)), text);
    if (place % 5 === 0) writeFileSync(join(root, `copy-${name}`), text);
  }
  if (Object.keys(packed).length > 0) writeFileSync(join(root, `${(places[0] ?? 0) % 97}.zip`), zipOf(packed));
  return root;
};

const placesOf = fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 12 });

/** Several releases a file, in packages, lists or lines. */
const ocdsFiles = (told: readonly Told[], places: readonly number[]): readonly string[] => {
  const files = new Map<number, object[]>();
  for (const [index, one] of told.entries()) {
    const file = (places[index % places.length] ?? 0) % 4;
    files.set(file, [...(files.get(file) ?? []), ocdsOf(one)]);
  }
  return [...files].map(([file, releases]) => {
    if (file === 0) return releases.map((release) => JSON.stringify(release)).join("\n");
    if (file === 1) return JSON.stringify({ releases: releases.reverse() });
    return file === 2
      ? releases.map((release) => JSON.stringify(release, undefined, 1)).join("\n")
      : JSON.stringify(releases);
  });
};

const RUNS = times(3000, 30);

describe("T11, T12: the whole life of frameworks and contracts, out of notices in any order", {
  timeout: 1_800_000,
}, () => {
  test("of eForms", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, placesOf, async (script, places) => {
        const life = withOrders(lifeOf(script, "eforms"), ({ own, lot }) => (own ? lot : undefined));
        const root = scatter(life.told.map(eformsOf), places, "xml");
        const answers = await answersOf(await openRegister(root));
        rmSync(root, { recursive: true });
        expect(answers).toEqual(expectedOf(life, (family) => numberOf(family + 1)));
      }),
      seeded(RUNS),
    );
  });

  test("of OCDS", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, placesOf, async (script, places) => {
        const life = withOrders(lifeOf(script, "ocds"), ({ lot }) => lot);
        const root = scatter(ocdsFiles(life.told, places), places, "json");
        const answers = await answersOf(await openRegister(root));
        rmSync(root, { recursive: true });
        expect(answers).toEqual(expectedOf(life, (family) => `ocds-zz-f${family}`));
      }),
      seeded(RUNS),
    );
  });
});
