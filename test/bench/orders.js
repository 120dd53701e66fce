/** A contract with a ledger to measure with: made up, the same every time. */
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { basename } from "node:path";

const LOTS = 34;
const SUPPLIERS = 100;

export const ORDERS_SHAPE = `${LOTS} lots, ${SUPPLIERS} suppliers`;

/** A linear congruential generator: small, and the same everywhere. */
const randomly = (seed) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
};

const two = (number) => String(number).padStart(2, "0");

/** Writes a ledger of so many orders in CSV. */
const writeLedger = (file, count) => {
  const next = randomly(count);
  const descriptor = openSync(file, "w");
  let text = "order,lot,supplier,buyer,date,amount,description\n";
  for (let index = 1; index <= count; index++) {
    const date = `${2021 + next(4)}-${two(1 + next(12))}-${two(1 + next(28))}`;
    const amount = `${1 + next(20_000)}.${two(next(100))}`;
    text += `PO-${index},${1 + next(LOTS)},s${next(SUPPLIERS)},Department ${next(40)},${date},${amount},"Delivery ${index}, as agreed"\n`;
    if (text.length < 1_000_000) continue;
    writeSync(descriptor, text);
    text = "";
  }
  writeSync(descriptor, text);
  closeSync(descriptor);
};

/** Writes a register of one contract with a ledger of so many orders beside it. */
export const writeOrders = (register, ledger, count) => {
  writeLedger(ledger, count);
  const suppliers = Array.from({ length: SUPPLIERS }, (_, index) => `s${index}`);
  const lots = Array.from({ length: LOTS }, (_, index) => ({
    lot: String(index + 1),
    ceiling: "EUR 500M",
    suppliers,
  }));
  const contract = {
    contract: "supplies",
    startDate: "2021-01-01",
    term: "4 years",
    ceiling: "EUR 15bn",
    lots,
    ledger: { file: basename(ledger), currency: "EUR" },
  };
  const records = [...suppliers.map((supplier) => ({ supplier, name: `Supplier ${supplier}` })), contract];
  writeFileSync(register, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
};
