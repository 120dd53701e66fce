import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";
import { times } from "../long.ts";
import { seeded } from "../seeded.ts";
import { contract, lot, notice, organisation, party, result, technique, tender } from "./eforms/notice-xml.ts";

/** A company as one notice describes it. */
interface Named {
  readonly number: string;
  readonly name: string;
  readonly size: "micro" | "small" | "large" | undefined;
}

interface Told {
  readonly format: "eforms" | "ted" | "ocds" | "decp";
  /** Which of few procedures it is of, in eForms. */
  readonly procedure: number;
  readonly winners: readonly Named[];
  readonly value: number;
}

const SIZED = { micro: "<SME/>", small: "<SME/>", large: "<NO_SME/>" };

const eforms = ({ procedure, winners, value }: Told, day: number): string =>
  notice({
    number: `0000000${day}-2024`,
    noticeId: `5f0c7f9e-0000-4000-8000-00000000000${day}`,
    published: `2024-03-0${day}Z`,
    procedure: `5f0c7f9e-1111-4000-8000-00000000000${procedure}`,
    organisations: winners
      .map(({ number, name, size }, index) =>
        organisation(`ORG-${index}`, name, { legalId: number, country: "FRA" }).replace(
          "</efac:Company>",
          `${size === undefined ? "" : `<efbc:CompanySizeCode>${size}</efbc:CompanySizeCode>`}</efac:Company>`,
        ),
      )
      .join(""),
    results: winners
      .map(
        (_, index) =>
          result("LOT-1", {
            status: "selec-w",
            tenders: [`TEN-${index}`],
            contracts: [`CON-${index}`],
            maximum: "EUR 900",
          }) +
          tender(`TEN-${index}`, { party: `TPA-${index}`, lot: "LOT-1", value: `EUR ${value + index}` }) +
          contract(`CON-${index}`, { tenders: [`TEN-${index}`] }) +
          party(`TPA-${index}`, [`ORG-${index}`]),
      )
      .join(""),
    lots: lot("LOT-1", technique("fa-w-rc")),
  });

const ted = ({ winners, value }: Told, day: number): string =>
  `<TED_EXPORT DOC_ID="${day}-2020"><CODED_DATA_SECTION><NOTICE_DATA><NO_DOC_OJS>2020/S 001-00000${day}</NO_DOC_OJS></NOTICE_DATA></CODED_DATA_SECTION>` +
  `<FORM_SECTION><F03_2014 CATEGORY="ORIGINAL"><OBJECT_CONTRACT><OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR></OBJECT_CONTRACT>` +
  `<AWARD_CONTRACT ITEM="1"><LOT_NO>1</LOT_NO><AWARDED_CONTRACT><CONTRACTORS>${winners
    .map(
      ({ number, name, size }) =>
        `<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>${name}</OFFICIALNAME><NATIONALID>${number}</NATIONALID><COUNTRY VALUE="FR"/></ADDRESS_CONTRACTOR>${size === undefined ? "" : SIZED[size]}</CONTRACTOR>`,
    )
    .join("")}</CONTRACTORS><VALUES><VAL_TOTAL CURRENCY="EUR">${value}</VAL_TOTAL></VALUES></AWARDED_CONTRACT>` +
  `</AWARD_CONTRACT></F03_2014></FORM_SECTION></TED_EXPORT>`;

const ocds = ({ winners, value }: Told, day: number): string =>
  JSON.stringify({
    ocid: `ocds-abc123-${day}`,
    id: `${day}`,
    date: `2024-03-0${day}T00:00:00Z`,
    tag: ["award"],
    parties: winners.map(({ number, name, size }) => ({
      id: number,
      name,
      identifier: { id: number },
      address: { country: "FR" },
      roles: ["supplier"],
      ...(size && { details: { scale: size } }),
    })),
    awards: [
      {
        id: "1",
        status: "active",
        value: { amount: value, currency: "EUR" },
        suppliers: winners.map(({ number }) => ({ id: number })),
      },
    ],
  });

const decp = ({ winners, value }: Told, day: number): string =>
  JSON.stringify({
    marches: {
      marche: [
        {
          id: `2024-${day}`,
          acheteur: { id: "21010000000017" },
          nature: "Marché",
          objet: "Bouées",
          montant: value,
          dateNotification: "2024-03-01",
          titulaires: winners.map(({ number, name }) => ({
            titulaire: { typeIdentifiant: "SIRET", id: number, denominationSociale: name },
          })),
        },
      ],
    },
  });

const WRITERS = { eforms, ted, ocds, decp };

/** In notices of one contract companies of one name are one, so that no two have one. */
const named: fc.Arbitrary<Named> = fc
  .constantFrom(
    ["55210055400013", "Acme"],
    ["55210055400013", "ACME SA"],
    ["55210055400013", "Birch"],
    ["40317070200029", "Cedar"],
    ["40317070200029", "Birch und Cedar"],
  )
  .chain(([number = "", name = ""]) =>
    fc.record({
      number: fc.constant(number),
      name: fc.constant(name),
      size: fc.constantFrom("micro", "small", "large", undefined),
    }),
  );

const told: fc.Arbitrary<Told> = fc.record({
  format: fc.constantFrom("eforms", "ted", "ocds", "decp"),
  procedure: fc.integer({ min: 1, max: 2 }),
  winners: fc.uniqueArray(named, { minLength: 1, maxLength: 2, selector: ({ number }) => number }),
  value: fc.integer({ min: 1, max: 800 }),
});

const QUESTIONS = [
  "total --by supplier",
  "total --by size",
  "total --by supplier supplier:acme",
  "suppliers --fields supplier,name,size,aliases,organisations,lots,sole,shared,awarded",
  "suppliers supplier:birch --fields name,lots,awarded,aliases",
  "lots --fields contract,lot,ceiling,awarded,suppliers,status",
  "lots birch --fields contract,lot",
  "lots size:small --fields contract,lot",
  "lots sme:no --fields contract,lot",
  "lots country:fr --fields contract,lot",
  "awards",
  "contracts",
  "headroom --at 2024-06",
  "expiring --at 2024-06",
  "check",
];

/** Those that the register answers alike that is made of the notices: it calls their lots and suppliers as they do. */
const OF_REGISTERS = QUESTIONS.filter((question) => /^(?:lots|suppliers|total --by)/.test(question));

const folder = mkdtempSync(join(tmpdir(), "lotbook-orders-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Notices that nobody ranks stand as they were read, as rows do. */
const inOneOrder = (key: string, value: unknown): unknown =>
  key === "sources" && Array.isArray(value) ? [...value].sort() : value;

/** An answer to each question, its rows in one order. */
const answers = async (files: readonly string[], questions: readonly string[] = QUESTIONS): Promise<string[]> => {
  const data = files.flatMap((file) => ["--data", file]);
  return await Promise.all(
    questions.map(async (question) => {
      const { stdout } = await runInProcess([...question.split(" "), "--json", ...data]);
      const rows: unknown = JSON.parse(stdout);
      const lines = Array.isArray(rows) ? rows.map((row) => JSON.stringify(row, inOneOrder)) : [stdout];
      return `${question}: ${lines.sort().join("\n")}`;
    }),
  );
};

test("T2: no answer depends on which of several files is read first, whatever each calls a company and how large it is there", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(told, { minLength: 2, maxLength: 5 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length }))),
      async ([all, order]) => {
        const files = all.map((one, index) => {
          const path = join(folder, `${index}.${one.format === "eforms" || one.format === "ted" ? "xml" : "json"}`);
          writeFileSync(path, WRITERS[one.format](one, index + 1));
          return path;
        });
        const shuffled = order.map((index) => files[index] ?? "");
        const first = await answers(files);
        expect(await answers(shuffled)).toEqual(first);
        const register = join(folder, "register.jsonl");
        const data = shuffled.flatMap((file) => ["--data", file]);
        writeFileSync(register, (await runInProcess(["convert", "--format", "jsonl", ...data])).stdout);
        const isAlike = (answer: string) => OF_REGISTERS.some((question) => answer.startsWith(`${question}: `));
        expect(await answers([register], OF_REGISTERS)).toEqual(first.filter(isAlike));
      },
    ),
    seeded(times(500, 40)),
  );
}, 120_000);
