/** The yardstick: what a script without lotbook would do. `node bare.js totals FILE` or `node bare.js lot FILE CONTRACT LOT`. */
import { readFileSync } from "node:fs";

const [question, file, contract, lot] = process.argv.slice(2);
const names = new Map();
const totals = new Map();
let found = [];
for (const line of readFileSync(file, "utf8").split("\n")) {
  if (line === "") continue;
  const record = JSON.parse(line);
  if (record.supplier !== undefined) names.set(record.supplier, record.name);
  for (const { lot: id, ceiling, suppliers } of record.lots ?? []) {
    if (question === "lot") {
      if (record.contract === contract && id === lot) found = suppliers;
      continue;
    }
    const amount = Number(ceiling.slice(4));
    for (const supplier of suppliers) {
      const total = totals.get(supplier) ?? { sole: 0, shared: 0 };
      total[suppliers.length === 1 ? "sole" : "shared"] += amount;
      totals.set(supplier, total);
    }
  }
}
if (question === "lot") {
  console.log(JSON.stringify(found.map((supplier) => ({ id: supplier, name: names.get(supplier) }))));
} else {
  for (const [supplier, { sole, shared }] of totals) console.log(`${names.get(supplier)}\t${sole}\t${shared}`);
}
