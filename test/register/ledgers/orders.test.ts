import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { headroom } from "../../../src/engine/headroom/headroom.ts";
import { orderGroups, orders } from "../../../src/engine/orders/orders.ts";
import { suppliers } from "../../../src/engine/suppliers.ts";
import { total } from "../../../src/engine/total.ts";
import { DataError, InputError } from "../../../src/model/errors.ts";
import { formatMoney } from "../../../src/model/money.ts";
import { formatPartialDate } from "../../../src/model/partial-date.ts";
import type { Order } from "../../../src/records/order.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { closingOf, linesOf } from "../../open-text.ts";
import { seeded } from "../../seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-orders-"));
afterAll(() => rmSync(folder, { recursive: true }));

let registers = 0;

/** Writes a register of one contract with its ledgers beside it, and gives the contract's orders. */
const read = async (fields: string, files: Readonly<Record<string, string | Buffer>> = {}): Promise<Order[]> => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const path = join(folder, `register-${registers++}.yaml`);
  writeFileSync(path, `contracts:\n  - contract: k\n    lots: [{ lot: 1 }]\n    ${fields}\n`);
  const register = await openRegister(path);
  const orders: Order[] = [];
  for await (const batch of register.contracts()) {
    for (const contract of batch) for await (const some of register.orders(contract)) orders.push(...some);
  }
  return orders;
};

const line = ({ id, lot, supplier, buyer, date, amount, description, position }: Order): string =>
  [
    id,
    lot,
    supplier,
    buyer,
    date && formatPartialDate(date),
    amount && formatMoney(amount),
    description,
    position().line,
  ]
    .map((part) => part ?? "-")
    .join(" | ");

const lines = async (fields: string, files?: Readonly<Record<string, string | Buffer>>): Promise<string[]> =>
  (await read(fields, files)).map(line);

const findings = async (fields: string, files?: Readonly<Record<string, string | Buffer>>): Promise<string[]> => {
  try {
    return await lines(fields, files);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return error.findings.map(({ rule, message, position }) => {
      const place = position && `${position.file.slice(folder.length + 1)}:${position.line}:${position.column}`;
      return `${place} ${message} [${rule}]`;
    });
  }
};

describe("a row that does not end", () => {
  const opened = 'order,amount\n1,EUR 1\n2,"EUR 2\n';

  test("is told before more than a mebibyte of it is read", async () => {
    // What no UTF-8 is would be told, too, if the reader came as far.
    const text = Buffer.concat([Buffer.from(opened + "3,EUR 3\n".repeat(300_000)), Buffer.from([0xff])]);
    expect(await findings("ledger: long.csv", { "long.csv": text })).toEqual([
      "long.csv:3:3 the quote that opens here is never closed [F1]",
    ]);
  });
});

describe("orders of a contract", () => {
  test("in the register, with all their parts or few", async () => {
    const orders = `orders:
      - { order: PO/1, lot: 1, supplier: a, buyer: Port, date: 2024-05, amount: EUR 12k, description: Switches }
      - { order: PO 2, amount: EUR -3.50 }`;
    expect(await lines(orders)).toEqual([
      "PO/1 | 1 | a | Port | 2024-05 | EUR 12k | Switches | 5",
      "PO 2 | - | - | - | - | EUR -3.50 | - | 6",
    ]);
  });

  test("in the register and several ledgers", async () => {
    const fields = `orders: [{ order: 1, amount: EUR 1 }]
    ledger: [a.csv, { file: b.jsonl, currency: EUR }]`;
    const files = { "a.csv": "order,amount\n2,EUR 2\n", "b.jsonl": '{"order":"3","amount":"3"}\n' };
    expect(await lines(fields, files)).toEqual([
      "1 | - | - | - | - | EUR 1 | - | 4",
      "2 | - | - | - | - | EUR 2 | - | 2",
      "3 | - | - | - | - | EUR 3 | - | 1",
    ]);
  });

  test("none", async () => {
    expect(await lines("title: K")).toEqual([]);
  });
});

const HEAD = "order,lot,supplier,buyer,date,amount,description\n";

describe("a ledger in CSV", () => {
  const csv = (text: string | Buffer, fields = "ledger: { file: l.csv, currency: EUR }") =>
    lines(fields, { "l.csv": text });

  test("with every part, or with empty ones; blank lines are passed over", async () => {
    expect(
      await csv(`\n ,\n${HEAD}1,1,a,Port,2024-05-17,12000.00,Switches\n\n2,,,,,7,\n,,,,,,\n`.replace("\n ,", "")),
    ).toEqual(["1 | 1 | a | Port | 2024-05-17 | EUR 12,000.00 | Switches | 3", "2 | - | - | - | - | EUR 7 | - | 5"]);
  });

  test("N2: amounts with a currency, and bare ones with that of a column or of the ledger", async () => {
    const text = `order,amount,currency\n1,"EUR 1,200.00",\n2,10.2M,USD\n3,5,\n4,-7.25,EUR\n5,1200 GBP,GBP\n`;
    expect(await csv(text)).toEqual([
      "1 | - | - | - | - | EUR 1,200.00 | - | 2",
      "2 | - | - | - | - | USD 10.2M | - | 3",
      "3 | - | - | - | - | EUR 5 | - | 4",
      "4 | - | - | - | - | EUR -7.25 | - | 5",
      "5 | - | - | - | - | GBP 1,200 | - | 6",
    ]);
  });

  test("columns under other headings, without regard to case and spaces around them", async () => {
    const text = " PO number ;Net;LOT;x\nA;1;1;y\n";
    expect(
      await csv(text, "ledger: { file: l.csv, currency: EUR, columns: { order: PO number, amount: Net } }"),
    ).toEqual(["A | 1 | - | - | - | EUR 1 | - | 2"]);
  });

  test.each([",", ";", "\t", "|"])("divided by %j", async (separator) => {
    expect(await csv(`${["order", "amount"].join(separator)}\n${["1", "2.50"].join(separator)}\n`)).toEqual([
      "1 | - | - | - | - | EUR 2.50 | - | 2",
    ]);
  });

  test("with a byte order mark, carriage returns and no last line feed", async () => {
    expect(await csv("\uFEFForder,amount\r\n1,2\r\n3,4")).toEqual([
      "1 | - | - | - | - | EUR 2 | - | 2",
      "3 | - | - | - | - | EUR 4 | - | 3",
    ]);
  });

  test("with line breaks in quotes: lines are those of the file", async () => {
    expect(await csv('order,amount,description\n1,2,"one\ntwo\nthree"\n2,3,x\n')).toEqual([
      "1 | - | - | - | - | EUR 2 | one\ntwo\nthree | 2",
      "2 | - | - | - | - | EUR 3 | x | 5",
    ]);
  });

  test("with quotes that lie across the pieces in which the file is read", async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `${index},1.50,"line\n""${"x".repeat(index % 50)}"""\n`);
    const orders = await csv(`order,amount,description\n${rows.join("")}`);
    expect(orders.length).toBe(3000);
    expect(orders.at(-1)).toBe(`2999 | - | - | - | - | EUR 1.50 | line\n"${"x".repeat(49)}" | 6000`);
  });

  test("amounts include value added tax where the contract says so", async () => {
    const fields = "ledger: { file: l.csv, currency: EUR }\n    vat: included";
    expect(await csv("order,amount\n1,2\n2,EUR 3\n", fields)).toEqual([
      "1 | - | - | - | - | EUR 2 incl. VAT | - | 2",
      "2 | - | - | - | - | EUR 3 incl. VAT | - | 3",
    ]);
  });
});

describe("what is wrong with a ledger in CSV is said with its place, all of it", () => {
  const wrong = (text: string | Buffer, fields = "ledger: l.csv") => findings(fields, { "l.csv": text });

  test("amounts, dates, missing parts, fields too many or few, stray quotes", async () => {
    const text = `order,date,amount,currency,note
1,2024-02-30,1.5.0,EUR,x
,2024-02-28,EUR 1,,x
3,,,EUR,x
4,,12.345,EUR,x
5,2024-02-30,12,,x
6,,12,EURO,x
7,,EUR 12,USD,x
8,,EUR 12
9,,EUR 12,,x,y
10,,"EUR 12"3,,x
`;
    expect(await wrong(text)).toEqual([
      'l.csv:2:3 "2024-02-30" does not exist: February 2024 has 29 days [N4-date]',
      'l.csv:2:14 "1.5.0" is not a figure [N2-amount]',
      'l.csv:3:1 "order" is missing [F5]',
      'l.csv:4:1 "amount" is missing [F5]',
      'l.csv:5:4 "12.345" has more decimals than EUR has (2) [N2-decimals]',
      'l.csv:6:3 "2024-02-30" does not exist: February 2024 has 29 days [N4-date]',
      'l.csv:6:14 the amount "12" has no currency [N2-currency]',
      'l.csv:7:4 "EURO 12" is not an amount [N2-amount]',
      "l.csv:8:11 the amount is in EUR, its currency USD [N2-currency]",
      "l.csv:9:1 this row has 3 fields, and there are 5 headings [F1]",
      "l.csv:10:1 this row has 6 fields, and there are 5 headings [F1]",
      "l.csv:11:13 nothing may follow a closing quote [F1]",
    ]);
  });

  test("columns that are not there, with the headings that are, and the nearest", async () => {
    expect(await wrong("PO,lot,Amount (EUR)\n1,1,2\n")).toEqual([
      'l.csv:1:1 the ledger has no column "order"; its headings are "PO", "lot", "Amount (EUR)" [F5]',
      'l.csv:1:1 the ledger has no column "amount"; its headings are "PO", "lot", "Amount (EUR)" [F5]',
    ]);
    expect(await wrong("order,amount\n1,2\n", "ledger: { file: l.csv, columns: { lot: Lot no. } }")).toEqual([
      'l.csv:1:1 the ledger has no column "Lot no."; its headings are "order", "amount" [F5]',
    ]);
    expect(await wrong("order,amount,amount\n1,2,3\n")).toEqual(['l.csv:1:14 two columns are headed "amount" [F4]']);
  });

  test("a hint names the heading that may be meant", async () => {
    const error = await read("ledger: l.csv", { "l.csv": "PO,Amount (EUR)\n" }).catch((thrown: unknown) => thrown);
    expect(error instanceof DataError ? error.findings.map(({ hint }) => hint) : error).toEqual([
      "say in the register which it is: columns: { order: HEADING }",
      'if it is "Amount (EUR)", say so in the register: columns: { amount: Amount (EUR) }',
    ]);
  });

  test("no headings at all, other encodings, carriage returns alone", async () => {
    expect(await wrong("")).toEqual(["l.csv:1:1 the ledger is empty [F5]"]);
    expect(await wrong("\n \n")).toEqual(["l.csv:1:1 the ledger is empty [F5]"]);
    expect(await wrong(Buffer.from("order,amount\n\u00e9,1\n", "latin1"))).toEqual([
      "l.csv:2:1 the file is not valid UTF-8 here [F9]",
    ]);
    expect(await wrong(Buffer.from("\uFEFForder,amount\n", "utf16le"))).toEqual([
      "l.csv:1:1 the file is UTF-16, not UTF-8 [F9]",
    ]);
    expect(await wrong(Buffer.from("order,amount\n", "utf16le"))).toEqual([
      "l.csv:1:1 the file is UTF-16, not UTF-8 [F9]",
    ]);
    expect(await wrong("order,am\0ount\n")).toEqual(["l.csv:1:9 the file has a NUL character: it is no text [F9]"]);
    expect(await wrong("order,amount\r1,2\r")).toEqual([
      "l.csv:1:1 the lines of this file end with carriage returns alone [F1]",
    ]);
  });

  test("quotes that never close, in a short file or a long one", async () => {
    expect(await wrong('order,amount\n0,EUR 1\n1,"EUR 2\n3,EUR 4\n')).toEqual([
      "l.csv:3:3 the quote that opens here is never closed [F1]",
    ]);
    const rest = "2,EUR 1\n".repeat(300_000);
    expect(await wrong(`order,amount\n1,"EUR 2\n${rest}`)).toEqual([
      "l.csv:2:3 the quote that opens here is never closed [F1]",
    ]);
  });

  test("of very many mistakes, the first ten thousand", async () => {
    const found = await wrong(`order,amount\n${"1,2\n".repeat(20_000)}`);
    expect(found.length).toBeLessThan(30_000);
    expect(found.filter((text) => /mistakes: the rest of .*l\.csv was not read/.test(text)).length).toBe(1);
  });
});

describe("a ledger in JSON Lines", () => {
  const json = (text: string, fields = "ledger: { file: l.jsonl, currency: EUR }") =>
    findings(fields, { "l.jsonl": text });

  test("with texts or numbers, and keys of other systems", async () => {
    const text = `{"order":"1","lot":"1","amount":"EUR 1,200.00","at":{"x":[1]}}

{"order":2,"amount":1200.50,"currency":"USD","date":"2024-05","supplier":null,"lot":""}
`;
    expect(await json(text)).toEqual([
      "1 | 1 | - | - | - | EUR 1,200.00 | - | 1",
      "2 | - | - | - | 2024-05 | USD 1,200.50 | - | 3",
    ]);
  });

  test("with keys of other names", async () => {
    const fields = "ledger: { file: l.jsonl, columns: { order: id, amount: net } }";
    expect(await json('{"id":"a","net":"EUR 1","order":"x"}\n', fields)).toEqual(["a | - | - | - | - | EUR 1 | - | 1"]);
    expect(await json('{"id":"a","net":"EUR 1.005"}\n', fields)).toEqual([
      'l.jsonl:1:17 "1.005" has more decimals than EUR has (2) [N2-decimals]',
    ]);
  });

  test("what is wrong is said with its place", async () => {
    expect(await json('{"order":"1","amount":[]}\n[1]\n{"order"\n{"amount":"1"}\n')).toEqual([
      "l.jsonl:1:23 expected a single value, found a list [F2]",
      "l.jsonl:2:1 this is no order [F2]",
      "l.jsonl:3:9 colon expected [F1]",
      'l.jsonl:4:1 "order" is missing [F5]',
    ]);
  });
});

describe("a ledger in JSON", () => {
  const json = (text: string) => findings("ledger: { file: l.json, currency: EUR }", { "l.json": text });
  const [one, other] = ['{"order":"1","lot":"1","amount":1200.50}', '{"order":2,"amount":"EUR 3"}'];

  test.each([
    ["a list", `[${one},${other}]`],
    ["a list over lines", `[${one},${other}]\n`],
    ["a list under its name", `{"orders":[${one},${other}],"count":2}`],
    ["one a line", `${one}\n\n${other}`],
  ])("%s", async (_, text) => {
    const found = await json(text);
    expect(found.map((row) => row.replace(/\d+$/, "n"))).toEqual([
      "1 | 1 | - | - | - | EUR 1,200.50 | - | n",
      "2 | - | - | - | - | EUR 3 | - | n",
    ]);
  });

  test("may be one order, or none", async () => {
    expect(await json(`\n${one}`)).toEqual(["1 | 1 | - | - | - | EUR 1,200.50 | - | 2"]);
    expect(await json("[]")).toEqual([]);
  });

  test("what is wrong is said with its place", async () => {
    expect(await json('{"orders":[\n{"order":"1","amount":1.005},3,\n{"amount":"EUR 1"}]}')).toEqual([
      'l.json:2:23 "1.005" has more decimals than EUR has (2) [N2-decimals]',
      "l.json:2:30 this is no order [F2]",
      'l.json:3:1 "order" is missing [F5]',
    ]);
    expect(await json(`[\n${one},`)).toEqual(["l.json:2:42 value expected [F1]"]);
    const many = await json(`[${"1,".repeat(20_000)}1]`);
    expect(many.at(-1)).toMatch(/^l\.json:1:20002 more than 10000 mistakes/);
  });
});

describe("F7: an order that stands twice is counted never", () => {
  test("in one ledger, across ledgers, and beside the register", async () => {
    const fields = `orders: [{ order: A, amount: EUR 1 }, { order: A, amount: EUR 2 }]
    ledger: [a.csv, b.csv]`;
    const files = { "a.csv": "order,amount\nA,EUR 1\nB,EUR 2\n", "b.csv": "order,amount\nC,EUR 1\nB,EUR 2\nC,EUR 1\n" };
    const found = await findings(fields, files);
    expect(found.map((text) => text.replace(/register-\d+/, "register"))).toEqual([
      'register.yaml:4:43 the order "A" stands twice in this contract [F7]',
      'a.csv:2:1 the order "A" stands twice in this contract [F7]',
      'b.csv:3:1 the order "B" stands twice in this contract [F7]',
      'b.csv:4:1 the order "C" stands twice in this contract [F7]',
    ]);
  });
});

describe("the files of ledgers", () => {
  test("lie in the folder of the register, or below", async () => {
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "sub", "l.csv"), "order,amount\n1,EUR 2\n");
    expect(await lines("ledger: sub/l.csv")).toEqual(["1 | - | - | - | - | EUR 2 | - | 2"]);
  });

  test.each(["/etc/passwd", "../l.csv", "sub/../../l.csv", "C:\\l.csv", "\\\\host\\l.csv"])(
    "%s does not",
    async (file) => {
      const found = await findings(`ledger: ${file}`);
      expect(found.map((text) => text.replace(/register-\d+/, "register"))).toEqual([
        `register.yaml:4:13 "${file}" is not in the folder of the register [F6]`,
      ]);
    },
  );

  test("that are not there are named with the register that names them", async () => {
    const error = await read("ledger: none.csv").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error instanceof InputError ? [error.message, error.hint] : error).toEqual([
      `cannot read ${join(folder, "none.csv")}: no such file or folder`,
      expect.stringMatching(/register-\d+\.yaml:4:13 names it as a ledger$/),
    ]);
  });
});

test("orders are the same whatever form they are written in", async () => {
  const name = fc.stringMatching(/^[a-z,;" ]{1,6}$/).map((text) => `x${text.trim()}`);
  const order = fc.record({
    cents: fc.bigInt(-(10n ** 14n), 10n ** 14n),
    lot: name,
    date: fc.constantFrom("2024", "2024-05", "2024-05-17"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 5 }), async (orders) => {
      const rows = orders.map(({ cents, lot, date }, index) => {
        const [sign, size] = [cents < 0n ? "-" : "", cents < 0n ? -cents : cents];
        return {
          order: `${index}`,
          lot,
          date,
          amount: `${sign}${size / 100n}.${String(size % 100n).padStart(2, "0")}`,
        };
      });
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const csv = rows.map((row) => Object.values(row).map(quoted).join(";"));
      const yaml = rows.map((row) => JSON.stringify({ ...row, amount: `EUR ${row.amount}` }));
      const files = {
        "p.csv": `order;lot;date;amount\n${csv.join("\n")}\n`,
        "p.jsonl": rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
      };
      const shown = (found: readonly Order[]) =>
        found.map((each) => line({ ...each, position: () => ({ file: "", line: 0, column: 0, text: "" }) }));
      const inline = shown(await read(`orders: [${yaml.join(", ")}]`));
      expect(shown(await read("ledger: { file: p.csv, currency: EUR }", files))).toEqual(inline);
      expect(shown(await read("ledger: { file: p.jsonl, currency: EUR }", files))).toEqual(inline);
    }),
    seeded(40),
  );
});

describe("rows that cannot be read, where what is bad is skipped", () => {
  const BAD = `order,lot,date,amount
A,1,2024-03-01,100.00
B,1,2024-13-01,x12
C,1,2024-03-01,EUR 9,more
D,2,2024-03-01,50.00
Total,,,150.00
`;
  const opened = async (ledger: string, skipBad = true, others = "") => {
    writeFileSync(join(folder, "bad.csv"), ledger);
    const path = join(folder, `register-${registers++}.yaml`);
    const seats =
      "lots: [{ lot: 1, ceiling: EUR 1000, suppliers: [a] }, { lot: 2, ceilingPerSupplier: EUR 9, suppliers: [a] }]";
    const declared = "suppliers: [{ supplier: a, name: Alpha }]";
    writeFileSync(
      path,
      `${declared}\ncontracts: [{ contract: k, ${seats}, ledger: { file: bad.csv, currency: EUR } }${others}]\n`,
    );
    return openRegister(path, { skipBad });
  };

  test("are told by row, counted, and make what is ordered a bound", async () => {
    const register = await opened(BAD);
    const report = headroom(register, { at: { year: 2025 } });
    expect(await linesOf(report, "ceilingOf", "ordered", "left", "orders")).toEqual([
      "k/1 | ≥ EUR 100.00 | ≤ EUR 900 | 1",
      "k/2 a | ≥ EUR 50.00 | ≤ EUR -41 | 1",
    ]);
    expect((await closingOf(report)).filter((note) => note.includes("could not"))).toEqual([
      "2 rows of the ledgers of k could not be read: what is ordered is at least (≥) what the others say.",
    ]);
    const told = register.findings().map(({ severity, rule, position }) => `${severity} ${rule} ${position?.line}`);
    expect(told).toEqual(["warning N4-date 3", "warning N2-amount 3", "warning F1 4"]);
  });

  test("make bounds of all that is said of orders", async () => {
    const register = await opened(BAD);
    const at = { year: 2025 };
    const list = orders(register, { at });
    expect(await linesOf(list, "order", "leftAfter")).toEqual(["A | ≤ EUR 900", "D | ≤ EUR -41"]);
    expect(list.closing().summaries.map(({ amounts }) => amounts.map(formatMoney))).toEqual([["≥ EUR 150.00"]]);
    expect(list.closing().findings?.map(({ rule }) => rule)).toEqual(["L1-total"]);
    expect(await linesOf(orderGroups(register, { at }, { by: ["lot"] }), "lot", "ordered")).toEqual([
      "k/1 | ≥ EUR 100.00",
      "k/2 | ≥ EUR 50.00",
      "- | ≥ EUR 150.00",
    ]);
    expect(await linesOf(suppliers(register, { at }), "ordered")).toEqual(["≥ EUR 150.00"]);
    expect((await closingOf(total(register, { at }))).filter((line) => line.includes("ordered"))).toEqual([
      "Total ordered: ≥ EUR 150.00",
    ]);
  });

  test("say nothing of another contract", async () => {
    const other =
      ", { contract: m, lots: [{ lot: 1, ceiling: EUR 7 }], orders: [{ order: O, date: 2024, amount: EUR 2 }] }";
    const report = headroom(await opened(BAD, true, other), { at: { year: 2025 } });
    expect(await linesOf(report, "ceilingOf", "ordered")).toContain("m/1 | EUR 2");
    expect((await closingOf(report)).filter((note) => note.includes("ledgers of"))).toEqual([
      "2 rows of the ledgers of k could not be read: what is ordered is at least (≥) what the others say.",
    ]);
  });

  test("are none where all can be read", async () => {
    const register = await opened("order,lot,amount\n1,1,EUR 5\n");
    expect(await linesOf(headroom(register), "ordered")).toEqual(["EUR 5", "EUR 0"]);
    expect(register.findings()).toEqual([]);
  });

  test("are errors otherwise", async () => {
    await expect(linesOf(headroom(await opened(BAD, false)))).rejects.toThrow(DataError);
  });

  test("a ledger of which no row can be read says nothing, and that it does", async () => {
    const register = await opened("name,price\n1,2\n");
    const report = headroom(register);
    expect(await linesOf(report, "ordered")).toEqual(["≥ EUR 0", "≥ EUR 0"]);
    expect(register.findings().map(({ rule }) => rule)).toEqual(["F5", "F5"]);
  });
});
