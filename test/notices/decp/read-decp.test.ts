import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, type Money } from "../../../src/model/money.ts";
import { formatTerm } from "../../../src/model/term.ts";
import { contractsOfNotices } from "../../../src/notices/contract-of-notices.ts";
import { decpIdsIn, readDecp, readDecpLines, readDecpTable } from "../../../src/notices/decp/read-decp.ts";
import type { NoticesRead } from "../../../src/notices/notice.ts";
import { SupplierPool } from "../../../src/notices/supplier-pool.ts";
import type { Contract } from "../../../src/records/contract.ts";
import { seeded } from "../../seeded.ts";

const BUYER = "21010000000017";
const [ALDER, BIRCH] = ["11110000000011", "22220000000022"];

const siret = (id: string) => ({ id, typeIdentifiant: "SIRET" });

const marche = (id: string, more: object = {}) => ({
  id,
  acheteur: { id: BUYER },
  nature: "Marché",
  objet: "Salt",
  codeCPV: "34927100-2",
  dureeMois: 24,
  dateNotification: "2024-05-15",
  datePublicationDonnees: "2024-05-25",
  montant: 1000,
  titulaires: [{ titulaire: siret(ALDER) }],
  ...more,
});

const pack = (...all: readonly object[]): string => JSON.stringify({ marches: { marche: all } });

const contractsIn = ({ notices, findings }: NoticesRead): readonly Contract[] => {
  expect(findings).toEqual([]);
  return contractsOfNotices(notices);
};

const contractIn = (record: object): Contract => {
  const [contract] = contractsIn(readDecp(pack(record), "decp.json", new SupplierPool()));
  if (contract === undefined) throw new Error("no contract");
  return contract;
};

/** `awarded EUR 5 | ceiling EUR 5 | Alder, Birch | 2 years`. */
const lineOf = ({ lots: [lot], term, modifications }: Contract): string => {
  const awarded = lot?.awarded?.[0].value;
  const ceiling = lot?.ceiling?.[0].value;
  const money = (amount: Money | "withheld" | undefined) => (typeof amount === "object" ? formatMoney(amount) : "-");
  return [
    `awarded ${typeof awarded === "object" ? awarded.map(formatMoney).join(" + ") : "-"}`,
    `ceiling ${money(ceiling)}`,
    lot?.suppliers?.[0].value.map(({ id }) => id).join(", ") ?? "nobody",
    term === undefined ? "-" : formatTerm(term[0].value),
    ...modifications.map(({ amount, value, suppliers }) => {
      const held = suppliers === undefined ? "" : `, held by ${suppliers.map(({ id }) => id).join(", ")}`;
      return `changed by ${money(amount ?? value)}${held}`;
    }),
  ].join(" | ");
};

const notesOf = ({ notes }: Contract): readonly string[] => notes.map(({ rule, text }) => `${rule} ${text}`);

describe("a contract of France's essential data", () => {
  test("has its buyer, dates, term, CPV code and holder by their numbers", () => {
    const contract = contractIn(marche("2024-1", { offresRecues: 4 }));
    expect(contract).toMatchObject({
      id: `${BUYER}-2024-1`,
      title: "Salt",
      framework: false,
      procedure: `${BUYER}-2024-1`,
      cpv: [{ value: ["34927100-2"] }],
      buyer: [{ value: BUYER, by: { source: `${BUYER}-2024-1`, locator: "acheteur" } }],
      awardDate: [{ value: { year: 2024, month: 5, day: 15 } }],
      publications: [
        { id: `${BUYER}-2024-1`, date: { year: 2024, month: 5, day: 25 }, kind: "marché", file: "decp.json" },
      ],
    });
    expect(lineOf(contract)).toBe(`awarded EUR 1,000 | ceiling - | FR:${ALDER} | 2 years`);
    expect(contract.lots[0]?.offers?.[0].value.count).toBe(4);
    expect(notesOf(contract)).toEqual([
      "T2 a buyer without a name is called by its number",
      "T2 suppliers without names are called by their numbers",
    ]);
  });

  test("has subcontractors by name, or else by number, each act by itself or within one of its kind", () => {
    const acts = [
      { acteSousTraitance: { sousTraitant: { id: "33330000000033" } } },
      { sousTraitant: { id: "44440000000044", denominationSociale: "Sel et Fils" } },
    ];
    const [lot] = contractIn(marche("2024-1", { actesSousTraitance: acts })).lots;
    expect(lot?.subcontractors?.[0].value).toEqual(["33330000000033", "Sel et Fils"]);
  });

  test.each([
    ["in an object", { techniques: { technique: ["Concours", "Accord-cadre"] } }],
    ["as a list", { technique: ["Accord-cadre"] }],
    ["as the nature of earlier versions", { nature: "ACCORD CADRE" }],
  ])("O2: the amount of a framework agreement is its ceiling: technique %s", (_, more) => {
    const contract = contractIn(marche("1", more));
    expect(contract.framework).toBe(true);
    expect(lineOf(contract)).toBe(`awarded - | ceiling EUR 1,000 | FR:${ALDER} | 2 years`);
  });

  test("T11: idAccordCadre makes a call-off of the same buyer's framework agreement", () => {
    expect(contractIn(marche("2", { idAccordCadre: "1" })).callOffOf).toBe(`${BUYER}-1`);
    for (const nothing of [null, "", "CDL", "NC"])
      expect(contractIn(marche("2", { idAccordCadre: nothing })).callOffOf).toBeUndefined();
  });

  test.each([
    ["Pas de groupement", [`FR:${ALDER}, FR:${BIRCH}`], []],
    [
      undefined,
      [`FR:${ALDER}, FR:${BIRCH}`],
      ["O1 several holders have one amount, counted once; whether they hold it jointly is not said"],
    ],
    ["Conjoint", [`${BUYER}-1:${ALDER}+${BIRCH}`], []],
    ["Solidaire", [`${BUYER}-1:${ALDER}+${BIRCH}`], []],
  ])("O1, E8: several holders share one amount: %s", (typeGroupementOperateurs, seats, notes) => {
    const titulaires = [
      { titulaire: { ...siret(ALDER), denominationSociale: "Alder" } },
      { titulaire: { ...siret(BIRCH), denominationSociale: "Birch" } },
    ];
    const contract = contractIn(
      marche("1", { acheteur: { id: BUYER, nom: "Town" }, titulaires, typeGroupementOperateurs }),
    );
    expect(lineOf(contract)).toBe(`awarded EUR 1,000 | ceiling - | ${seats.join()} | 2 years`);
    expect(notesOf(contract)).toEqual(notes);
  });

  test("T12: a modification's amount, months and holders count from its day on, and the award keeps its own", () => {
    const modifications = [
      { modification: { id: 1, dateNotificationModification: "2024-06-15", montant: 1500 } },
      {
        modification: { id: 2, dateNotificationModification: "2024-07-15", dureeMois: 36, titulaires: [siret(BIRCH)] },
      },
      { modification: { id: 3, dateNotificationModification: "2024-08-15", montant: 1200.5 } },
    ];
    const contract = contractIn(marche("1", { modifications }));
    expect(lineOf(contract)).toBe(
      `awarded EUR 1,000 | ceiling - | FR:${ALDER} | 2 years | changed by EUR 500 | changed by -, held by FR:${BIRCH} | changed by EUR -299.50`,
    );
    expect(contract.modifications.map(({ term }) => term && formatTerm(term))).toEqual([
      undefined,
      "3 years",
      undefined,
    ]);
    expect(contract.modifications.map(({ id, date }) => [id, date.month])).toEqual([
      ["1", 6],
      ["2", 7],
      ["3", 8],
    ]);
    const framework = contractIn(marche("1", { modifications, nature: "Accord-cadre" }));
    expect(lineOf(framework)).toContain("awarded - | ceiling EUR 1,000 |");
  });

  const FIRST = { id: 1, dateNotificationModification: "2024-06-15", montant: 1500 };

  test.each([
    ["after the one before it", [FIRST, { id: 2, montant: 1800 }], ["6", "6"]],
    ["whatever their order", [{ id: 2, montant: 1800 }, FIRST], ["6", "6"]],
    [
      "before any other from the award on",
      [
        { id: 1, montant: 1500 },
        { ...FIRST, id: 2, montant: 1800 },
      ],
      ["5", "6"],
    ],
    [
      "those of one day by their numbers",
      [
        { ...FIRST, id: 10, montant: 1800 },
        { ...FIRST, id: 9 },
      ],
      ["6", "6"],
    ],
  ])("T12, D3: a modification without a date comes %s, and counts", (_, modifications, months) => {
    for (const [nature, figures] of [
      ["Marché", "awarded EUR 1,000 | ceiling - |"],
      ["Accord-cadre", "awarded - | ceiling EUR 1,000 |"],
    ] as const) {
      const contract = contractIn(marche("1", { modifications, nature }));
      expect(lineOf(contract)).toContain(figures);
      expect(lineOf(contract)).toContain("| changed by EUR 500 | changed by EUR 300");
      expect(contract.modifications.map(({ date }) => String(date.month))).toEqual(months);
    }
  });

  test.each([
    ["Marché", "awarded EUR 1,500 | ceiling - |"],
    ["Accord-cadre", "awarded - | ceiling EUR 1,500 |"],
  ])(
    "T12: an amount that only modifications state is that of the award, of a contract called %s",
    (nature, figures) => {
      const later = { id: 2, dateNotificationModification: "2024-07-15", montant: 1800 };
      const contract = contractIn(marche("1", { montant: null, modifications: [FIRST, later], nature }));
      expect(lineOf(contract)).toContain(figures);
      expect(lineOf(contract)).toMatch(/\| changed by - \| changed by EUR 300$/);
    },
  );

  test("T12: where nothing has a date, what modifications left counts on every day", () => {
    const undated = { dateNotification: null, datePublicationDonnees: null };
    const contract = contractIn(
      marche("1", { ...undated, nature: "Accord-cadre", modifications: [{ montant: 1800 }] }),
    );
    expect(lineOf(contract)).toBe(`awarded - | ceiling EUR 1,800 | FR:${ALDER} | 2 years`);
    expect(notesOf(contract)).toContain(
      "N4 1: a modification without a date is left out of the history, and what it left counts on every day",
    );
  });

  test("T12: each modification stands in the history, with what it changes only", () => {
    const dated = (id: number, more: object) => ({ id, dateNotificationModification: `2024-0${id}-01`, ...more });
    const name = (id: string, denominationSociale: string) => ({ ...siret(id), denominationSociale });
    const { modifications } = contractIn(
      marche("1", {
        modifications: [
          dated(1, { dureeMois: 36 }),
          dated(2, { dureeMois: "36.0", montant: 1000, titulaires: [siret(ALDER)] }),
          dated(3, { titulaires: [name(BIRCH, "Birch"), name(ALDER, "Alder")] }),
          dated(4, { titulaires: [siret(ALDER), siret(BIRCH)], montant: 900 }),
        ],
      }),
    );
    expect(
      modifications.map(({ suppliers, value, term }) => [
        suppliers?.map(({ name }) => name[0].value).join(),
        value && formatMoney(value),
        term && formatTerm(term),
      ]),
    ).toEqual([
      [undefined, undefined, "3 years"],
      [undefined, undefined, undefined],
      ["Birch,Alder", undefined, undefined],
      [undefined, "EUR -100", undefined],
    ]);
  });

  test("what cannot be read is left out with a note", () => {
    const contract = contractIn(
      marche("1", {
        montant: "about 5",
        dateNotification: "soon",
        dureeMois: 1.5,
        codeCPV: "salt",
        modifications: [{ montant: 7 }],
      }),
    );
    expect(lineOf(contract)).toBe(`awarded EUR 7 | ceiling - | FR:${ALDER} | - | changed by -`);
    expect(notesOf(contract)).toEqual(
      expect.arrayContaining([
        'N2 montant: left out: "about 5" is not a figure',
        "N4 dateNotification: a text that is not a date counts as missing: soon",
        "N4 1: a modification without a date counts from the one before it, or from the award",
        "D1 a duration of 1.5 months is left out",
      ]),
    );
  });

  test("concessions, and holders by other numbers", () => {
    const concession = {
      id: "C1",
      autoriteConcedante: { id: BUYER },
      nature: "Concession de service",
      objet: "Ferry",
      dureeMois: 48,
      dateSignature: "2024-06-06",
      dateDebutExecution: "2024-07-01",
      valeurGlobale: 300000,
      concessionnaires: [{ concessionnaire: { id: "DE812345678", typeIdentifiant: "TVA" } }],
    };
    const read = readDecp(
      JSON.stringify({ marches: { "contrat-concession": concession } }),
      "d.json",
      new SupplierPool(),
    );
    const [contract] = contractsIn(read);
    expect(contract).toMatchObject({ regime: "concession", startDate: [{ value: { year: 2024, month: 7, day: 1 } }] });
    expect(contract && lineOf(contract)).toBe("awarded EUR 300,000 | ceiling - | DE:DE812345678 | 4 years");
  });
});

describe("T9: one number for several contracts", () => {
  const salt = marche("1");
  const grit = { objet: "Grit", montant: 3000 };
  const lines = (...records: readonly object[]) =>
    contractsIn(readDecp(pack(...records), "d.json", new SupplierPool())).flatMap(({ lots, modifications }) =>
      lots.map(
        ({ id, title, suppliers, awarded, term }) =>
          `${id} ${title} ${suppliers?.[0].value.map((one) => one.id).join()} ` +
          `${typeof awarded?.[0].value === "object" && awarded[0].value.map(formatMoney).join()} ${term && formatTerm(term[0].value)} ` +
          modifications.map((one) => `${one.id} of ${one.lot}`).join(),
      ),
    );
  const apart = marche("1", { ...grit, titulaires: [siret(BIRCH)], dureeMois: 12 });
  const two = [`1 Grit FR:${BIRCH} EUR 3,000 1 year `, `2 Salt FR:${ALDER} EUR 1,000 2 years `];

  test("with nothing in common they are lots, whatever their order", () => {
    expect(lines(salt, apart)).toEqual(two);
    expect(lines(apart, salt, apart)).toEqual(two);
    const [contract] = contractsIn(readDecp(pack(salt, apart), "d.json", new SupplierPool()));
    expect(contract && notesOf(contract)).toContain(
      `T9 ${BUYER}-1: contracts for different things and amounts, of other holders or days, have one number: each is a lot of its own`,
    );
  });

  test("modifications are of their own lots", () => {
    const modifications = [{ modification: { id: 1, dateNotificationModification: "2024-06-15", montant: 1500 } }];
    const changed = { ...salt, modifications };
    expect(lines(changed, apart)).toEqual(two.map((line) => `${line}2.1 of 2`));
  });

  test("of one holder they are told apart by their days", () => {
    expect(lines(salt, marche("1", { ...grit, dateNotification: "2025-05-15" })).length).toBe(2);
  });

  test.each([
    ["the amount", { montant: 1000 }],
    ["nothing said of the amount", { montant: undefined }],
    ["nothing said of the object", { objet: undefined }],
  ])("they are one with this in common: %s", (_, more) => {
    expect(lines(salt, { ...apart, ...more }).length).toBe(1);
  });
});

describe("T10a: one number at several amounts", () => {
  const salt = marche("1", { techniques: undefined });
  const dear = (more: object = {}) => marche("1", { montant: 3000, titulaires: [siret(BIRCH)], ...more });
  const read = (...records: readonly object[]) => {
    const notices = records.flatMap((one) => readDecp(pack(one), "d.json", new SupplierPool()).notices);
    const [contract, ...others] = contractsOfNotices(notices);
    expect(others).toEqual([]);
    return contract;
  };
  const togetherIn = (...records: readonly object[]): string =>
    read(...records)
      ?.sharedAwards.map(({ value }) => (typeof value === "object" ? value.map(formatMoney).join() : value))
      .join() ?? "";
  const later = { datePublicationDonnees: "2024-06-01" };
  const sameCompany = { titulaires: [siret(`${ALDER.slice(0, 9)}00099`)] };
  const passed = { modifications: [{ modification: { titulaires: [{ titulaire: siret(ALDER) }] } }] };

  test.each([
    ["of other holders, for one object", {}],
    ["of other holders, published later", later],
    ["of one holder, published on one day", { titulaires: salt.titulaires }],
    ["of one holder on one day, for another object", { titulaires: salt.titulaires, objet: "Tar" }],
    ["of a holder of any time", { ...passed, objet: "Tar" }],
  ])("%s: one of them counts, or all", (_, more) => {
    for (const records of [
      [salt, dear(more)],
      [dear(more), salt, dear(more)],
    ]) {
      expect(togetherIn(...records)).toBe("EUR 1,000 to EUR 4,000");
      const contract = read(...records);
      expect(contract?.settledContracts.map(({ value }) => typeof value === "object" && formatMoney(value))).toEqual([
        "EUR 1,000",
        "EUR 3,000",
      ]);
      expect(contract && notesOf(contract)).toContainEqual(
        expect.stringMatching(/^T10-reference lots 1, 2: .* or all$/),
      );
    }
  });

  test.each([
    ["of one holder", { titulaires: salt.titulaires }],
    ["of another establishment of the company", sameCompany],
  ])("%s, published later: the last counts", (_, more) => {
    expect(read(salt, dear({ ...more, ...later }))?.lots.map(({ awarded }) => awarded?.[0].value)).toEqual([
      [expect.objectContaining({ minor: 300000n })],
    ]);
  });

  test("of a framework agreement: the largest is the ceiling, or each has its own", () => {
    const technique = { techniques: { technique: ["Accord-cadre"] } };
    const contract = read({ ...salt, ...technique }, dear(technique));
    expect(contract?.groups).toMatchObject([
      { lots: ["1", "2"], certain: false, ceiling: [{ value: { minor: 300000n } }] },
    ]);
    expect(contract?.sharedAwards).toEqual([]);
  });
});

/** Of rows of one number, how many sets there are of which no two rows have a title, an amount, or a holder and day in common. */
const setsIn = (rows: readonly Row[]): number => {
  const isOne = (a: Row, b: Row): boolean =>
    a.objet === b.objet ||
    a.montant === b.montant ||
    (a.holder === b.holder && (a.day === undefined || b.day === undefined || a.day === b.day));
  const left = new Set(rows);
  let sets = 0;
  for (const row of left) {
    sets++;
    const open = [row];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      left.delete(one);
      for (const other of left) if (isOne(one, other)) open.push(other);
    }
  }
  return sets;
};

interface Row {
  readonly objet: string;
  readonly montant: number;
  readonly holder: string;
  readonly day: string | undefined;
}

test("T9: rows of one number are as many lots as there are sets of them with nothing in common", () => {
  const row = fc.record<Row>({
    objet: fc.constantFrom("Salt", "Grit", "Sand", "Clay", "Loam"),
    montant: fc.constantFrom(1, 2, 3, 4, 5),
    holder: fc.constantFrom(ALDER, BIRCH, "33330000000033", "44440000000044"),
    day: fc.constantFrom("2024-05-15", "2024-05-16", "2024-05-17", undefined),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 7 }), (rows) => {
      const all = rows.map(({ objet, montant, holder, day }) =>
        marche("1", { objet, montant, dateNotification: day, titulaires: [siret(holder)] }),
      );
      const [contract] = contractsIn(readDecp(pack(...all), "d.json", new SupplierPool()));
      const { lots = [], sharedAwards = [] } = contract ?? {};
      expect(lots.length - sharedAwards.reduce((sum, one) => sum + one.lots.length - 1, 0)).toBe(setsIn(rows));
    }),
    seeded(300),
  );
});

describe("its layouts", () => {
  const twoHolders = marche("1", { titulaires: [siret(ALDER), siret(BIRCH)] });
  const lines = (read: NoticesRead) => contractsIn(read).map(lineOf);
  const expected = [`awarded EUR 1,000 | ceiling - | FR:${ALDER}, FR:${BIRCH} | 2 years`];
  const table = (rows: readonly string[], separator = ",") =>
    readDecpTable(rows.map((row) => row.replaceAll(",", separator)).join("\r\n"), "decp.csv", new SupplierPool());

  test.each([
    ["a list of earlier versions", JSON.stringify({ marches: [twoHolders] })],
    ["a contract that is no list", JSON.stringify({ marches: { marche: twoHolders } })],
    ["a list alone", JSON.stringify([twoHolders])],
    ["an answer of a portal", JSON.stringify({ total_count: 1, results: [twoHolders] })],
    ["the same contract twice", pack(twoHolders, twoHolders)],
  ])("%s", (_, text) => expect(lines(readDecp(text, "d.json", new SupplierPool()))).toEqual(expected));

  test("JSON Lines, flattened or not, a broken one aside", () => {
    const flat = {
      id: "1",
      acheteur_id: BUYER,
      montant: 1000,
      dureemois: 24,
      titulaire_id_1: ALDER,
      titulaire_typeidentifiant_1: "SIRET",
      titulaire_id_2: BIRCH,
      titulaire_typeidentifiant_2: "SIRET",
      titulaire_id_3: "CDL",
    };
    const text = `${JSON.stringify(flat)}\n\n${JSON.stringify(twoHolders)}\n{"id":\n{"id":"7"}`;
    const { notices, findings } = readDecpLines(text, "d.jsonl", new SupplierPool(), 10);
    expect(contractsOfNotices(notices).map(lineOf)).toEqual(expected);
    expect(findings.map(({ rule, position }) => [rule, position?.line])).toEqual([
      ["F1", 13],
      ["F2", 14],
    ]);
  });

  test("a table with a row for each holder repeats the amount: a naive sum counts it twice, and this once", () => {
    const rows = [
      "uid,id,acheteur_id,acheteur_nom,titulaire_id,titulaire_typeIdentifiant,montant,dureeMois,dateNotification",
      `u1,1,${BUYER},Town,${ALDER},SIRET,1000,24,2024-05-15`,
      `u1,1,${BUYER},Town,${BIRCH},SIRET,1000,24,2024-05-15`,
      `u2,2,${BUYER},Town,${ALDER},SIRET,500,12,2024-05-15`,
    ];
    const naive = rows.slice(1).reduce((sum, row) => sum + Number(row.split(",")[6]), 0);
    expect(naive).toBe(2500);
    const contracts = contractsIn(table(rows));
    const sum = contracts.flatMap(({ lots: [lot] }) => {
      const awarded = lot?.awarded?.[0].value;
      return typeof awarded === "object" ? awarded.map(({ minor }) => minor) : [];
    });
    expect(sum).toEqual([100_000n, 50_000n]);
    expect(contracts.map(lineOf)).toEqual([...expected, `awarded EUR 500 | ceiling - | FR:${ALDER} | 1 year`]);
    expect(contracts[0]?.buyer?.[0].value).toBe("Town");
    expect(contractsIn(table(rows, ";")).map(lineOf)).toEqual(contracts.map(lineOf));
  });

  test("lists that stand beside each other are all read", () => {
    const text = JSON.stringify({ marche: [marche("1")], marches: { marche: [marche("2")] }, data: [marche("3")] });
    const ids = contractsIn(readDecp(text, "d.json", new SupplierPool())).map(({ id }) => id);
    expect(ids.sort()).toEqual(["1", "2", "3"].map((id) => `${BUYER}-${id}`));
  });

  test("rows for later versions are modifications, in whatever order they stand", () => {
    const rows = [
      "id,acheteur_id,titulaire_id,montant,dureeMois,dateNotification,modification_id,objet",
      `1,${BUYER},${ALDER},1200,36,2024-07-01,1,"Salt, and ""grit"""`,
      `1,${BUYER},${ALDER},1000,24,2024-05-15,0,Salt`,
      `1,${BUYER},${BIRCH},1000,24,2024-05-15,0,Salt`,
    ];
    const [contract] = contractsIn(table(rows));
    expect(contract && lineOf(contract)).toBe(
      `awarded EUR 1,000 | ceiling - | FR:${ALDER}, FR:${BIRCH} | 2 years | changed by EUR 200, held by FR:${ALDER}`,
    );
    expect(contract?.title).toBe("Salt");
  });

  test("columns for holders and a modification, decimal commas, and rows that are none", () => {
    const text = [
      "id;nature;acheteur_id;montant;idAccordCadre;titulaire_id_1;titulaire_id_2;montantModification;dateNotificationModification",
      `1;Accord-cadre;${BUYER};575000,50;;${ALDER};${BIRCH};;`,
      `2;Marché subséquent;${BUYER};45000;1;${ALDER};;46000;2024-09-01`,
      "",
      ";;;;;;;;",
      `3;x;;;;;;;`,
      `4;x;${BUYER};1;;;;;;one too many`,
      `5;x;${BUYER};"1"000;;;;;`,
      `6;x;${BUYER};"1`,
    ].join("\n");
    const { notices, findings } = readDecpTable(text, "d.csv", new SupplierPool());
    expect(contractsOfNotices(notices).map((contract) => [contract.callOffOf, lineOf(contract)])).toEqual([
      [undefined, `awarded - | ceiling EUR 575,000.50 | FR:${ALDER}, FR:${BIRCH} | -`],
      [`${BUYER}-1`, `awarded EUR 45,000 | ceiling - | FR:${ALDER} | - | changed by EUR 1,000`],
    ]);
    expect(findings.map(({ rule, position }) => [rule, position?.line])).toEqual([
      ["F1", 7],
      ["F1", 8],
      ["F1", 9],
      ["F2", 6],
    ]);
  });

  test("T10a: a contract that stands in several documents is one; of unlike amounts the last published counts", () => {
    const pool = new SupplierPool();
    const later = marche("1", { montant: 900, datePublicationDonnees: "2024-06-01" });
    const notices = [later, marche("1")].flatMap((record) => readDecp(pack(record), "d.json", pool).notices);
    const [contract, ...others] = contractsOfNotices(notices);
    expect(others).toEqual([]);
    expect(contract && lineOf(contract)).toBe(`awarded EUR 900 | ceiling - | FR:${ALDER} | 2 years`);
    expect(contract && notesOf(contract)).toContain(
      "T10a rows of one contract state different amounts: the one published last counts, of one day the largest",
    );
  });

  test.each([
    readDecp('{"marches": {"marche": []}}', "d.json", new SupplierPool()),
    readDecpTable("id,acheteur_id,montant\n", "d.csv", new SupplierPool()),
    readDecpLines("\n", "d.jsonl", new SupplierPool(), 1),
  ])("without contracts they are called that", ({ notices, findings, other }) => {
    expect([notices, findings]).toEqual([[], []]);
    expect(other?.finding.message).toBe("this is not an award notice: it is a file of DECP without contracts");
  });

  test("the ids of its contracts are found without reading them", () => {
    const ids = [`${BUYER}-1`, `${BUYER}-2`];
    expect(decpIdsIn(pack(marche("1"), marche("2")), false)).toEqual(ids);
    expect(decpIdsIn(JSON.stringify(marche("1")), false)).toEqual([`${BUYER}-1`]);
    expect(decpIdsIn(`id,acheteur_id\n1,${BUYER}\n2,${BUYER}\n`, true)).toEqual(ids);
    expect(decpIdsIn("{", false)).toEqual([]);
  });
});

describe("as publishers write them", () => {
  const framework = { techniques: { technique: ["Accord-cadre"] } };

  test("a call-off of the technique of its framework agreement is a call-off, and its amount is what was awarded", () => {
    const callOff = contractIn(marche("2", { ...framework, idAccordCadre: "1" }));
    expect(callOff.callOffOf).toBe(`${BUYER}-1`);
    expect(callOff.framework).toBe(false);
    expect(lineOf(callOff)).toBe(`awarded EUR 1,000 | ceiling - | FR:${ALDER} | 2 years`);
  });

  test("a framework agreement that has its own number for that of its framework agreement is one", () => {
    const own = contractIn(marche("1", { ...framework, idAccordCadre: "1" }));
    expect([own.callOffOf, own.framework]).toEqual([undefined, true]);
    expect(lineOf(own)).toBe(`awarded - | ceiling EUR 1,000 | FR:${ALDER} | 2 years`);
  });

  test("a call-off that names no framework agreement counts by itself, and a note says so", () => {
    expect(notesOf(contractIn(marche("2", { nature: "Marché subséquent" })))).toContain(
      "T11 a call-off names no framework agreement: it counts by itself",
    );
  });

  test("a modification has the day of its publication where it has no other", () => {
    const modifications = [{ montant: 1500, datePublicationDonneesModification: "2024-09-01" }];
    const contract = contractIn(marche("1", { ...framework, modifications }));
    expect(lineOf(contract)).toBe(`awarded - | ceiling EUR 1,000 | FR:${ALDER} | 2 years | changed by EUR 500`);
    expect(contract.modifications.map(({ date }) => [date.year, date.month])).toEqual([[2024, 9]]);
    expect(notesOf(contract).filter((note) => note.startsWith("N4"))).toEqual([]);
  });

  test("a holder keeps its name where a modification repeats its number alone", () => {
    const { lots } = contractIn(
      marche("1", {
        titulaires: [{ ...siret(ALDER), denominationSociale: "Alder" }],
        modifications: [{ dateNotificationModification: "2024-09-01", montant: 5, titulaires: [siret(ALDER)] }],
      }),
    );
    expect(lots[0]?.suppliers?.[0].value.map(({ name }) => name[0].value)).toEqual(["Alder"]);
  });

  test.each([
    ["titulaire_id_1;titulaire_denominationSociale_1", "acheteur_id"],
    ["titulaire.id;titulaire.denominationSociale", "acheteur.id"],
    ["idtitulaire_1;denominationtitulaire_1", "idacheteur"],
  ])("a table has its holders under %s, and may end rows with separators", (holder, buyer) => {
    const row = `1;${BUYER};5;${ALDER};Alder;;`;
    const read = readDecpTable(`id;${buyer};montant;${holder}\n${row}\n`, "decp.csv", new SupplierPool());
    const [contract] = contractsIn(read);
    expect(contract?.lots[0]?.suppliers?.[0].value.map(({ name }) => name[0].value)).toEqual(["Alder"]);
  });

  test("a table tells in one row what a modification changed", () => {
    const headings =
      "id;acheteur.id;montant;titulaire_id_1;titulaire_typeidentifiant_1;idmodification;montantmodification";
    const changed =
      "idtitulairemodification;typeidentifianttitulairemodification;datenotificationmodificationmodification";
    const text = `${headings};${changed}\n1;${BUYER};5;${ALDER};SIRET;1;;${BIRCH};SIRET;2024-09-01\n`;
    const [contract] = contractsIn(readDecpTable(text, "decp.csv", new SupplierPool()));
    expect(contract && lineOf(contract)).toBe(
      `awarded EUR 5 | ceiling - | FR:${ALDER} | - | changed by -, held by FR:${BIRCH}`,
    );
  });
});
