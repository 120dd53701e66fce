import { describe, expect, test, vi } from "vitest";
import { presentDay } from "../../src/model/calendar.ts";
import { UsageError } from "../../src/model/errors.ts";
import { compileQuery } from "../../src/query/compile-query.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import { type Selection, select } from "../../src/query/selection.ts";
import { standInFor } from "../../src/query/subject.ts";
import type { Register } from "../../src/records/register.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { openText } from "../open-text.ts";

const CITY = `
suppliers:
  - { supplier: telecom, name: Société Télécom, country: FR }
  - { supplier: lodz, name: Łódź Software, aliases: [Fabryka] }
  - supplier: union
    name: Cloud Union
    members: [{ name: İstanbul Bilişim }, { name: Gigas }]
contracts:
  - contract: streets
    lots:
      - { lot: 1, ceiling: EUR 1M, suppliers: [telecom, lodz] }
      - { lot: 1.10, ceiling: EUR 2M, suppliers: [union] }
  - contract: lights
    lots:
      - { lot: 1, ceiling: EUR 3M, suppliers: [union, telecom] }
      - { lot: 01, ceiling: EUR 4M }
`;

const selected = async (register: Register, selection?: Selection): Promise<string[]> => {
  const lines: string[] = [];
  for await (const batch of select(register, selection, "seat")) {
    for (const { contract, lots } of batch) {
      for (const { lot, suppliers, matching } of lots) {
        lines.push(`${contract.id}/${lot.id} ${suppliers.length} ${matching.map(({ id }) => id).join(",")}`.trim());
      }
    }
  }
  return lines;
};
const inCity = async (selection?: Selection): Promise<string[]> => selected(await openText(CITY), selection);

const ALL = ["streets/1 2 telecom,lodz", "streets/1.10 1 union", "lights/1 2 union,telecom", "lights/01 0"];

test("without a wish everything is selected, in reading order", async () => {
  expect(await inCity()).toEqual(ALL);
  expect(await inCity({ contracts: [], lots: [], suppliers: [] })).toEqual(ALL);
});

describe("N5: contracts and lots are selected by their exact ids", () => {
  test("a contract, or several", async () => {
    expect(await inCity({ contracts: ["lights"] })).toEqual(ALL.slice(2));
    expect(await inCity({ contracts: ["lights", "streets"] })).toEqual(ALL);
  });

  test("a lot of every contract, or of one", async () => {
    expect(await inCity({ lots: ["1"] })).toEqual([ALL[0], ALL[2]]);
    expect(await inCity({ lots: ["lights/1"] })).toEqual([ALL[2]]);
    expect(await inCity({ lots: ["01", "streets/1.10"] })).toEqual([ALL[1], ALL[3]]);
  });

  test("every wish must be met", async () => {
    expect(await inCity({ contracts: ["streets"], lots: ["1"], suppliers: ["lodz"] })).toEqual(["streets/1 2 lodz"]);
  });

  test.each([
    ["streets", "Streets"],
    ["1", "1.1"],
    ["1.10", "1.100"],
  ])("%s is not %s", async (_, other) => {
    await expect(inCity({ contracts: [other] })).rejects.toThrow(UsageError);
    await expect(inCity({ lots: [other] })).rejects.toThrow(UsageError);
  });
});

describe("an id that does not exist is an error with the nearest names", () => {
  const refusal = async (selection: Selection, register = CITY): Promise<string> => {
    const error: unknown = await openText(register)
      .then((opened) => selected(opened, selection))
      .catch((reason: unknown) => reason);
    if (!(error instanceof UsageError)) throw new Error("it was accepted");
    return `${error.message}: ${error.hint}`;
  };

  test("a contract", async () => {
    expect(await refusal({ contracts: ["strets"] })).toBe('there is no contract "strets": did you mean streets?');
    expect(await refusal({ contracts: ["streets", "zzz"] })).toBe(
      'there is no contract "zzz": for example: streets, lights',
    );
  });

  test("a lot, alone or with its contract", async () => {
    expect(await refusal({ lots: ["lights/2"] })).toBe(
      'there is no lot "lights/2": did you mean lights/1 or lights/01?',
    );
    expect(await refusal({ lots: ["1", "9"] })).toBe(
      'there is no lot "9": for example: 1, streets/1, 1.10, streets/1.10, lights/1',
    );
  });

  test("a lot of another contract than the one asked for exists: the answer is empty", async () => {
    expect(await inCity({ contracts: ["lights"], lots: ["1.10"] })).toEqual([]);
  });

  test("in an empty register", async () => {
    expect(await refusal({ contracts: ["streets"] }, "contracts: []")).toBe(
      'there is no contract "streets": the data name no contract',
    );
  });
});

describe("N5: a supplier is found by id, name, alias or member, without case and diacritics", () => {
  test.each([
    ["telecom", ["streets/1 2 telecom", "lights/1 2 telecom"]],
    ["TÉLÉCOM", ["streets/1 2 telecom", "lights/1 2 telecom"]],
    ["societe", ["streets/1 2 telecom", "lights/1 2 telecom"]],
    ["łodz", ["streets/1 2 lodz"]],
    ["LODZ SOFT", ["streets/1 2 lodz"]],
    ["fabryka", ["streets/1 2 lodz"]],
    ["gigas", ["streets/1.10 1 union", "lights/1 2 union"]],
    ["istanbul", ["streets/1.10 1 union", "lights/1 2 union"]],
    ["ISTANBUL BILISIM", ["streets/1.10 1 union", "lights/1 2 union"]],
  ])("%s", async (text, expected) => {
    expect(await inCity({ suppliers: [text] })).toEqual(expected);
  });

  test.each(["", " ", "\u0301"])("%j, which every name would contain, is refused", async (text) => {
    await expect(inCity({ suppliers: ["gigas", text] })).rejects.toThrow(UsageError);
  });

  test("several texts are alternatives", async () => {
    expect(await inCity({ suppliers: ["gigas", "fabryka"] })).toEqual([
      "streets/1 2 lodz",
      "streets/1.10 1 union",
      "lights/1 2 union",
    ]);
  });

  test("a text that nobody bears gives nothing, and is no error", async () => {
    expect(await inCity({ suppliers: ["acme"] })).toEqual([]);
    expect(await inCity({ lots: ["01"], suppliers: ["telecom"] })).toEqual([]);
  });

  test("the default register: Numergy is a member of Cloud Team Alliance", async () => {
    expect(await selected(await openRegister(), { suppliers: ["numergy"] })).toEqual([
      "cloud-i/2 5 cloud-team-alliance",
    ]);
  });

  test("every name that any source gives finds the supplier", async () => {
    expect(await selected(await openRegister(), { suppliers: ["atos belgium"] })).toEqual([
      "cloud-i/2 5 atos",
      "cloud-i/3 4 atos",
    ]);
  });
});

describe("by seats, a lot that nobody holds is asked as it is", () => {
  const LIGHTS = ALL.slice(2);
  test.each([
    ["contract:lights", LIGHTS],
    ["contract:lights title:lights OR contract:lights", LIGHTS],
    ["ceiling:3M..", LIGHTS],
    ["has:ceiling ceiling:3M..", LIGHTS],
    ["contract:lights any(supplier:union)", LIGHTS],
    ["contract:lights all(has:ceiling)", LIGHTS],
    ["contract:lights -title:kind", LIGHTS],
    ["is:framework -is:shared contract:lights", ["lights/01 0"]],
    ["lights", LIGHTS],
    ["union", ["streets/1.10 1 union", "lights/1 2 union"]],
    ["contract:lights kind:grouping", ["lights/1 2 union"]],
    ["contract:lights is:grouping", ["lights/1 2 union"]],
    ["contract:lights (is:grouping OR lot:01)", ["lights/1 2 union", "lights/01 0"]],
    ["contract:lights -is:grouping", ["lights/1 2 telecom", "lights/01 0"]],
    ["contract:lights has:country", ["lights/1 2 telecom"]],
    ["contract:lights missing:country", ["lights/1 2 union", "lights/01 0"]],
    ["contract:lights missing:supplier", ["lights/01 0"]],
    ["contract:lights all(has:supplier)", []],
  ])("%s", async (query, expected) => {
    expect(await inCity({ query: parseQuery(query) })).toEqual(expected);
  });
});

test("who holds a lot is what the preferred source says", async () => {
  const text = `
sources: [{ source: a, title: A }, { source: b, title: B }]
suppliers: [{ supplier: x, name: X }, { supplier: y, name: Y }]
contracts:
  - contract: c
    lots: [{ lot: 1, suppliers: { a: [x], b: [x, y] } }]
`;
  const register = await openText(text);
  expect(await selected(register)).toEqual(["c/1 1 x"]);
  expect(await selected(register, { suppliers: ["y"] })).toEqual([]);
  expect(await selected({ ...register, preference: register.preference.startingWith("b") })).toEqual(["c/1 2 x,y"]);
});

test("under ceilings, those who left a lot or handed their seat on are asked as those who hold it", async () => {
  const register = await openText(`
suppliers:
  - { supplier: a, name: Ann }
  - { supplier: b, name: Bob, successions: [{ left: 2020 }] }
  - { supplier: c, name: Cy, successions: [{ merged: 2021, into: d }] }
  - { supplier: d, name: Dee }
contracts: [{ contract: k, lots: [{ lot: 1, suppliers: [a, b, c] }] }]
`);
  const found = async (name: string): Promise<string[]> => {
    const lines: string[] = [];
    const at = { year: 2030 };
    for await (const batch of select(register, { query: parseQuery(`supplier:${name}`), at }, "ceiling"))
      for (const { lots } of batch)
        for (const { matching, former } of lots) {
          const seats = former?.seats.map((seat) => `${seat.supplier.id} ${"leaver" in seat ? "left" : "handed on"}`);
          lines.push([...matching.map(({ id }) => id), ...(seats ?? [])].join(", "));
        }
    return lines;
  };
  expect(await found("Ann")).toEqual(["a"]);
  expect(await found("Bob")).toEqual(["b left"]);
  expect(await found("Cy")).toEqual(["d, c handed on"]);
  expect(await found("Dee")).toEqual(["d"]);
  expect(await found("Eve")).toEqual([]);
});

test("a contract without lots is asked as one of which no lot is known", async () => {
  const register = await openText(
    "contracts: [{ contract: k, buyer: City, lots: [] }, { contract: l, lots: [{ lot: 1 }] }]",
  );
  const found = async (query: string): Promise<string[]> => {
    const ids: string[] = [];
    for await (const batch of select(register, { query: parseQuery(query) }))
      ids.push(...batch.map(({ contract }) => contract.id));
    return ids;
  };
  expect(await found("buyer:city")).toEqual(["k"]);
  expect(await found("has:lot")).toEqual(["l"]);
  expect(await found("missing:lot")).toEqual(["k"]);
});

test("of an order its own buyer is asked for, and nobody where none is known", async () => {
  const { preference, ...register } = await openText(
    "contracts: [{ contract: k, buyer: City, lots: [{ lot: 1 }], orders: [{ order: 1, amount: EUR 5 }] }]",
  );
  const isCitys = compileQuery(parseQuery("buyer:city", undefined, undefined, "orders"), {
    preference,
    today: { year: 2024 },
  });
  for await (const [contract] of register.contracts())
    for await (const [order] of contract === undefined ? [] : register.orders(contract)) {
      if (contract === undefined || order === undefined) continue;
      const asked = { contract, lot: standInFor(contract), seat: undefined };
      const of = (buyer: string | undefined) => isCitys({ ...asked, order: { buyer, order } });
      expect([isCitys(asked), of("City Works"), of("Port"), of(undefined)]).toEqual([true, true, false, false]);
    }
  expect.assertions(1);
});

test("ids to suggest are kept in bounds, however many lots there are", async () => {
  const lots = Array.from({ length: 3000 }, (_, index) => `{ lot: ${index + 1} }`).join(", ");
  const register = await openText(`contracts: [{ contract: big, lots: [${lots}] }]`);
  await expect(selected(register, { lots: ["big/999999"] })).rejects.toThrow('there is no lot "big/999999"');
});

test("texts are found however many different ones there are", async () => {
  const lots = Array.from({ length: 12_000 }, (_, index) => `{"lot":"${index + 1}","title":"Number ${index + 1}."}`);
  const register = await openText(`{"contract":"big","lots":[${lots.join(",")}]}\n`);
  expect(await selected(register, { query: parseQuery("title:5.") })).toHaveLength(1_200);
  expect(await selected(register, { query: parseQuery('title="number 11999."') })).toEqual(["big/11999 0"]);
});

test("a supplier that names nobody is refused", async () => {
  await expect(inCity({ suppliers: ["nord", " "] })).rejects.toThrow('the supplier " " names nobody');
});

test("the present day is that of UTC", () => {
  vi.useFakeTimers({ now: new Date("2026-01-31T23:30:00-05:00"), toFake: ["Date"] });
  expect(presentDay()).toEqual({ year: 2026, month: 2, day: 1 });
  vi.useRealTimers();
});

describe("where contracts are left out that a query cannot find", () => {
  /** A register that leaves all out where somebody says what is asked for. */
  const narrowing = async (): Promise<Register> => {
    const register = await openText(CITY);
    return {
      ...register,
      tabledBy: register.preference,
      contracts: async function* (wanted) {
        if (wanted === undefined || "unsettled" in wanted) return yield* register.contracts(wanted);
        wanted.onNarrowed();
        yield [];
      },
    };
  };

  test("an id that none of the others has may be theirs, and is no error", async () => {
    await expect(inCity({ query: parseQuery("contract:nowhere") })).rejects.toThrow('no contract "nowhere"');
    expect(await selected(await narrowing(), { query: parseQuery("contract:nowhere") })).toEqual([]);
  });

  test("none are left out of what is counted", async () => {
    const lots = await selected(await narrowing(), { query: parseQuery("contract:streets NOT offers:5") });
    expect(lots).toEqual(ALL.slice(0, 2));
  });
});
