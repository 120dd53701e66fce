import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { headroom, lots, openRegister, type Register, total } from "../../src/index.ts";
import type { Amount } from "../../src/model/money.ts";
import { sumByUnit } from "../../src/model/money.ts";
import { zipOf } from "../archives.ts";
import { times } from "../long.ts";
import { rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";
import {
  eformsOf,
  type Life,
  lifeOf,
  numberOf,
  ocdsOf,
  procedureOf,
  scripts,
  type Told,
  tedOf,
  withOrders,
} from "./random-families.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-families-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ends = (amount: Amount | undefined): string => {
  if (typeof amount !== "object") return "–";
  const { minor, bound, least = minor, currency } = amount;
  return `${currency} ${bound === "atMost" ? 0 : least / 100n}..${bound === "atLeast" ? "" : minor / 100n}`;
};

/** Each format joins the names of those who bid together in its own way. */
const nameOf = ({ name }: { readonly name: string }): string => name.replace(/,| \+/, "+").replace("+ ", "+");

const grownIn = async (register: Register): Promise<readonly string[]> => {
  const grown: string[] = [];
  for await (const batch of register.contracts())
    for (const { id, callOffOf, modifications } of batch) {
      const values = modifications.flatMap(({ value }) => value ?? []);
      if (callOffOf === undefined && values.length > 0)
        grown.push(`${id}: grown by ${sumByUnit(values).map(ends).sort().join()}`);
    }
  return grown;
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
    .summaries.flatMap(({ label, amounts }) => amounts.map((amount) => `${label} ${ends(amount)}`));
  return [
    ...rows.map(
      ({ contract, lot, ceiling, awarded, suppliers }) =>
        `${contract}/${lot}: ${ends(ceiling)}, awarded ${awarded?.map(ends).join() || "–"}, ${suppliers
          .map(nameOf)
          .sort()
          .join()}`,
    ),
    ...places.map(
      ({ contract, lot, ordered, left }) => `${contract}/${lot}: ordered ${ends(ordered)}, left ${ends(left)}`,
    ),
    ...sums.map((sum) => sum.replace(/\.\..*/, "")),
    ...(await grownIn(register)),
  ].sort();
};

const range = (currency: string, least: number, most: number = least): string => `${currency} ${least}..${most}`;

/** Sums by currency, a line each. */
const sumsOf = (
  label: string,
  amounts: readonly { readonly currency: string; readonly value: number }[],
): readonly string[] => {
  const sums = new Map<string, number>();
  for (const { currency, value } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + value);
  return [...sums].map(([currency, sum]) => `${label} ${currency} ${sum}`);
};

/** The same, as the model says. */
const expectedOf = ({ families, callOffs }: Life, idOf: (family: number) => string): readonly string[] => {
  const all = families.map((family, index) => ({ ...family, id: idOf(index), own: [...family.lots] }));
  const ceilings = all.flatMap(({ own, currency }) =>
    own.flatMap(([, { ceiling }]) => (ceiling === undefined ? [] : [{ currency, value: ceiling }])),
  );
  const awarded = all.flatMap(({ framework, own }) =>
    framework ? [] : own.map(([, lot]) => ({ currency: lot.currency, value: lot.awarded })),
  );
  const direct = callOffs.flatMap(({ of, value, grown }) =>
    "family" in of ? [{ currency: families[of.family]?.currency ?? "", value: value + grown }] : [],
  );
  return [
    ...all.flatMap(({ id, framework, currency, own }) =>
      own.map(
        ([lot, truth]) =>
          `${id}/${lot}: ${truth.ceiling === undefined ? "–" : range(currency, truth.ceiling)}, awarded ${framework ? "–" : range(truth.currency, truth.awarded)}, ${[...truth.seats].sort().join()}`,
      ),
    ),
    ...all.flatMap(({ id, currency, own }) =>
      own.flatMap(([lot, { ceiling, ordered, possible, told }]) =>
        ceiling === undefined
          ? []
          : [
              told
                ? `${id}/${lot}: ordered ${range(currency, ordered, ordered + possible)}, left ${range(currency, ceiling - ordered - possible, ceiling - ordered)}`
                : `${id}/${lot}: ordered –, left –`,
            ],
      ),
    ),
    ...all.flatMap(({ id, grown }) =>
      grown.size === 0
        ? []
        : [
            `${id}: grown by ${[...grown]
              .map(([currency, value]) => range(currency, value))
              .sort()
              .join()}`,
          ],
    ),
    ...sumsOf("Total", ceilings),
    ...sumsOf("Total awarded", awarded),
    ...sumsOf("Total ordered", direct),
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
const ocdsFiles = (
  told: readonly Told[],
  places: readonly number[],
  write: (one: Told) => object = (one) => ocdsOf(one),
): readonly string[] => {
  const files = new Map<number, object[]>();
  for (const [index, one] of told.entries()) {
    const file = (places[index % places.length] ?? 0) % 4;
    files.set(file, [...(files.get(file) ?? []), write(one)]);
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

  test("of eForms, some of which are published in OCDS, too: each counts once", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, placesOf, fc.array(fc.boolean(), { minLength: 1 }), async (script, places, again) => {
        const life = withOrders(lifeOf(script, "eforms"), ({ own, lot }) => (own ? lot : undefined));
        const both = life.told.filter((_, index) => again[index % again.length]);
        const releases = ocdsFiles(both, places, (one) => ocdsOf(one, procedureOf(one)));
        const root = scatter([...life.told.map(eformsOf), ...releases], places, "data");
        const answers = await answersOf(await openRegister(root));
        rmSync(root, { recursive: true });
        expect(answers).toEqual(expectedOf(life, (family) => numberOf(family + 1)));
      }),
      seeded(RUNS),
    );
  });

  test("of TED's older forms", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, placesOf, async (script, places) => {
        const life = lifeOf(script, "ted");
        const root = scatter(life.told.map(tedOf), places, "xml");
        const answers = await answersOf(await openRegister(root));
        rmSync(root, { recursive: true });
        expect(answers).toEqual(expectedOf(life, (family) => numberOf(family + 1)));
      }),
      seeded(RUNS),
    );
  });
});
