import fc from "fast-check";
import { expect, test } from "vitest";
import { headroom, lots } from "../../../src/index.ts";
import { type Amount, formatMoney, isKnown } from "../../../src/model/money.ts";
import { openText, rowsOf } from "../../open-text.ts";
import { seeded } from "../../seeded.ts";
import { amountsText, contractIn } from "./reading.ts";

interface Step {
  readonly tag: "contractUpdate" | "contractAmendment" | "implementation";
  readonly value: number;
}

const value = fc.integer({ min: 1, max: 90 });

const lives = fc.record({
  ceiling: fc.integer({ min: 1, max: 9 }),
  first: value,
  /** Whether the award states the value, too. */
  stated: fc.boolean(),
  /** Whether amendments state the award's anew. */
  restated: fc.boolean(),
  steps: fc.array(
    fc.record({
      tag: fc.constantFrom<Step["tag"]>("contractUpdate", "contractAmendment", "contractAmendment", "implementation"),
      value,
    }),
    { maxLength: 5 },
  ),
  /** The order in which releases are read, and whether each is a file. */
  order: fc.nat(),
  apart: fc.boolean(),
  /** Whether amounts are stated with VAT alone. */
  gross: fc.boolean(),
  asked: fc.nat(6),
});

type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never;

const day = (index: number): string => `2024-0${index + 1}-15T12:00:00Z`;

const euros = (amount: number) => ({ amount, currency: "EUR" });

const releaseOf = (ocid: string, index: number, tag: string, body: object) => ({
  ocid,
  id: `${ocid}-${index}`,
  date: day(index),
  tag: [tag],
  ...body,
});

/** What a contract is worth after each step; what no amendment changes is worth what it was, and a correction holds of before. */
const worthOf = ({ first, steps }: Life): readonly number[] => {
  const worth = [first];
  for (const { tag, value } of steps) {
    const isAmended = worth.some((one) => one !== worth[0]);
    const before = worth.at(-1) ?? first;
    if (tag === "contractUpdate" && !isAmended) worth.fill(value);
    worth.push(tag === "implementation" ? before : value);
  }
  return worth;
};

const releasesOf = (life: Life): readonly object[] => {
  const { ceiling, first, stated, restated, steps } = life;
  const maximum = (amount: number) => ({
    tender: { techniques: { hasFrameworkAgreement: true } },
    awards: [{ id: "A", status: "active", maximumValue: euros(amount) }],
  });
  const callOff = (awarded: number, signed: number) => ({
    relatedProcesses: [{ id: "1", relationship: ["framework"], identifier: "ocds-x-1" }],
    awards: [{ id: "A", status: "active", ...(stated && { value: euros(awarded) }) }],
    contracts: [{ id: "C", awardID: "A", value: euros(signed) }],
  });
  const worth = worthOf(life);
  return [
    releaseOf("ocds-x-1", 0, "award", maximum(ceiling * 1000)),
    releaseOf("ocds-x-1", 3, "contractAmendment", maximum(ceiling * 2000)),
    releaseOf("ocds-x-2", 0, "contract", callOff(first, first)),
    ...steps.map(({ tag }, index) => {
      const said = worth[index + 1] ?? first;
      const isFirst = tag === "contractUpdate" && said === worth[0];
      return releaseOf("ocds-x-2", index + 1, tag, callOff(restated || isFirst ? said : (worth[0] ?? first), said));
    }),
  ];
};

const figure = (amount: Amount | undefined): string =>
  amount !== undefined && isKnown(amount) ? formatMoney(amount).replace(" incl. VAT", "") : String(amount);

test("T12: amounts that OCDS amends change from their day on, what was awarded stays, in whatever order releases are read", async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (life) => {
      const releases = releasesOf(life);
      const turn = life.order % releases.length;
      const turned = [...releases.slice(turn), ...releases.slice(0, turn)];
      const files = life.apart ? turned.map((one) => [one]) : [turned];
      const texts = files.map((own) => JSON.stringify({ releases: own }));
      const stated = life.gross ? texts.map((text) => text.replaceAll('"amount"', '"amountGross"')) : texts;
      const register = await openText(...stated);
      const at = `2024-0${life.asked + 1}-20`;
      const [row] = await rowsOf(headroom(register, { at }));
      const worth = worthOf(life);
      expect([row?.ceiling, row?.ordered].map(figure)).toEqual([
        `EUR ${(life.ceiling * (life.asked < 3 ? 1000 : 2000)).toLocaleString("en")}`,
        `EUR ${worth[Math.min(life.asked, worth.length - 1)]}`,
      ]);
      const callOff = (await rowsOf(lots(register))).find(({ contract }) => contract === "ocds-x-2");
      expect(callOff?.awarded.map(figure)).toEqual([`EUR ${worth[0]}`]);
    }),
    seeded(150),
  );
});

test("T12: what an amended contract of a compiled release is worth beyond its award is what its last amendment changed", async () => {
  const amendments = [
    { id: "2", date: "2024-06-01" },
    { id: "1", date: "2024-03-01" },
  ];
  const compiled = {
    ocid: "ocds-x-2",
    tag: ["compiled"],
    awards: [{ id: "A", status: "active", date: "2024-01-01", value: euros(100) }],
    contracts: [{ id: "C", awardID: "A", value: euros(150), amendments }],
  };
  const { modifications, notes, lots: own } = contractIn(compiled);
  expect(modifications.map(({ id, value, total }) => [id, figure(value), figure(total)])).toEqual([
    ["2", "EUR 50", "EUR 150"],
    ["1", "undefined", "undefined"],
  ]);
  expect(own.map(({ awarded }) => amountsText(awarded?.[0].value))).toEqual(["EUR 100"]);
  expect(notes.map(({ rule }) => rule)).toContain("T12");
  const unlike = { ...compiled, contracts: [{ id: "C", awardID: "A", value: euros(150) }] };
  expect(contractIn(unlike).modifications).toEqual([]);
});

test.each([
  ["beside another of the only lot are what the largest is", ["1"], ["1 EUR 2,000"], []],
  ["are of lots of their own", ["1", "2"], ["1 EUR 50", "no-lot EUR 1,000"], ["1 EUR 30", "no-lot EUR 1,000"]],
])("T12: ceilings that amendments change %s", (_, ids, ceilings, changes) => {
  const tender = { techniques: { hasFrameworkAgreement: true }, lots: ids.map((id) => ({ id })) };
  const maximum = (a: number, b: number) => ({
    tender,
    awards: [
      { id: "A", status: "active", maximumValue: euros(a) },
      { id: "B", status: "active", items: [{ id: "1", relatedLot: "1" }], maximumValue: euros(b) },
    ],
  });
  const { lots: own, modifications } = contractIn(
    releaseOf("ocds-x-1", 0, "award", maximum(1000, 50)),
    releaseOf("ocds-x-1", 1, "contractAmendment", maximum(2000, 80)),
  );
  const limited = own.filter(({ ceiling }) => ceiling !== undefined);
  expect(limited.map(({ id, ceiling }) => `${id} ${figure(ceiling?.[0].value)}`)).toEqual(ceilings);
  expect(modifications.map(({ lot, amount }) => `${lot} ${figure(amount)}`).sort()).toEqual(changes);
});
