import fc from "fast-check";
import { expect, test } from "vitest";
import { headroom, lots } from "../../../src/index.ts";
import { type Amount, isKnown } from "../../../src/model/money.ts";
import { parsePartialDate } from "../../../src/model/partial-date.ts";
import { times } from "../../long.ts";
import { openText, rowsOf } from "../../open-text.ts";
import { seeded } from "../../seeded.ts";

const BUYER = "21010000000017";
const HOLDERS = ["11110000000011", "22220000000022", "33330000000033"];

interface Change {
  /** Days since the first of 2024. */
  readonly day: number;
  readonly amount: number | undefined;
  readonly holders: readonly string[] | undefined;
}

interface Plain {
  readonly framework: boolean;
  readonly amount: number;
  readonly day: number;
  readonly holders: readonly string[];
  readonly together: boolean;
  readonly changes: readonly Change[];
  /** Which of the contracts before it is its framework, where that is one. */
  readonly parent: number;
}

const thousands = fc.integer({ min: 1, max: 90 }).map((count) => count * 1000);
const held = fc.subarray(HOLDERS, { minLength: 1 });

const contracts: fc.Arbitrary<readonly Plain[]> = fc.array(
  fc.record({
    framework: fc.boolean(),
    amount: thousands,
    day: fc.integer({ min: -300, max: 60 }),
    holders: held,
    together: fc.boolean(),
    changes: fc
      .uniqueArray(
        fc.record({
          day: fc.integer({ min: 61, max: 300 }),
          amount: fc.option(thousands, { nil: undefined }),
          holders: fc.option(held, { nil: undefined, freq: 4 }),
        }),
        { maxLength: 3, selector: ({ day }) => day },
      )
      .map((changes) => [...changes].sort((a, b) => a.day - b.day)),
    parent: fc.nat(5),
  }),
  { minLength: 1, maxLength: 5 },
);

const dateOf = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

const parentOf = (all: readonly Plain[], index: number): number | undefined => {
  const { parent = 0, framework = true } = all[index] ?? {};
  return !framework && parent < index && all[parent]?.framework === true ? parent : undefined;
};

const listed = (holders: readonly string[]) => holders.map((id) => ({ titulaire: { id, typeIdentifiant: "SIRET" } }));

/** A contract as it is published with so many of its changes. */
const record = (
  { framework, amount, day, holders, together, changes }: Plain,
  index: number,
  parent: number | undefined,
  known = changes.length,
): object => {
  return {
    id: `K${index}`,
    acheteur: { id: BUYER },
    nature: "Marché",
    dateNotification: dateOf(day),
    datePublicationDonnees: dateOf(day + known),
    montant: amount,
    titulaires: listed(holders),
    typeGroupementOperateurs: together ? "Solidaire" : "Pas de groupement",
    ...(framework && { techniques: { technique: ["Accord-cadre"] } }),
    ...(parent !== undefined && { idAccordCadre: `K${parent}` }),
    modifications: changes.slice(0, known).map((change, place) => ({
      modification: {
        id: place + 1,
        dateNotificationModification: dateOf(change.day),
        ...(change.amount !== undefined && { montant: change.amount }),
        ...(change.holders !== undefined && { titulaires: listed(change.holders) }),
      },
    })),
  };
};

const amountOn = ({ amount, changes }: Plain, day: number): number =>
  changes.reduce((before, change) => (change.day <= day ? (change.amount ?? before) : before), amount);

const heldOn = ({ holders, changes }: Plain, day: number): readonly string[] =>
  changes.reduce((before, change) => (change.day <= day ? (change.holders ?? before) : before), holders);

/** What those who hold a contract together, or side by side, are called. */
const seatsOn = (one: Plain, day: number): string =>
  one.together ? heldOn(one, day).join(" + ") : [...heldOn(one, day)].sort().join();

const namesOf = (suppliers: readonly { readonly name: string }[]): string =>
  suppliers
    .map(({ name }) => name)
    .sort()
    .join();

const figure = (amount: Amount | undefined): string =>
  amount !== undefined && isKnown(amount) ? `${amount.bound ?? ""}${amount.minor / 100n}` : "-";

test("T11, T12: what was awarded, held, and called off by a day is that of a model, however often it is published", async () => {
  const asked = fc.record({
    all: contracts,
    earlier: fc.array(fc.tuple(fc.nat(4), fc.nat(2)), { maxLength: 3 }),
    cut: fc.nat(8),
    day: fc.integer({ min: 0, max: 320 }),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ all, earlier, cut, day }) => {
      const records = [
        ...earlier.flatMap(([index, known]) =>
          all.slice(index, index + 1).map((one) => record(one, index, parentOf(all, index), known)),
        ),
        ...all.map((one, index) => record(one, index, parentOf(all, index))),
      ];
      const files = [records.slice(0, cut), records.slice(cut)].filter((part) => part.length > 0);
      const register = await openText(...files.map((marche) => JSON.stringify({ marches: { marche } })));
      const id = (index: number) => `${BUYER}-K${index}`;

      const rows = new Map((await rowsOf(lots(register))).map((row) => [row.contract, row]));
      const told = all.map((_, index) => {
        const { ceiling, awarded = [], suppliers = [] } = rows.get(id(index)) ?? {};
        return [figure(ceiling), awarded.map(figure).join(), namesOf(suppliers)];
      });
      expect(told).toEqual(
        all.map((one) => {
          const present = String(amountOn(one, Number.POSITIVE_INFINITY));
          const seats = seatsOn(one, Number.POSITIVE_INFINITY);
          return one.framework ? [present, "", seats] : ["-", String(one.amount), seats];
        }),
      );

      const at = parsePartialDate(dateOf(day));
      const then = new Map((await rowsOf(lots(register, at && { at }))).map((row) => [row.contract, row]));
      expect(all.map((_, index) => namesOf(then.get(id(index))?.suppliers ?? []))).toEqual(
        all.map((one) => seatsOn(one, day)),
      );
      const uses = new Map((await rowsOf(headroom(register, at && { at }))).map((row) => [row.contract, row]));
      for (const [index, framework] of all.entries()) {
        if (!framework.framework) continue;
        const { ceiling, ordered } = uses.get(id(index)) ?? {};
        const below = all.filter((_, place) => parentOf(all, place) === index);
        const sum = below.filter((one) => one.day <= day).reduce((total, one) => total + amountOn(one, day), 0);
        expect([index, figure(ceiling), figure(ordered)]).toEqual([
          index,
          String(amountOn(framework, day)),
          below.length === 0 ? "-" : String(sum),
        ]);
      }
    }),
    seeded(times(2000, 60)),
  );
});
