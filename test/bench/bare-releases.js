/**
 * The yardstick: what a script would do that reads releases of OCDS line by line, with JSON.parse and a Map. It prints of
 * each supplier how many lots it holds, and the ceilings of those that it holds alone and with others.
 * `node bare-releases.js FILE`
 */
import { createReadStream } from "node:fs";

const totals = new Map();

const readLine = (line) => {
  if (line === "") return;
  const { parties, awards } = JSON.parse(line);
  const identifiers = new Map(parties.map(({ id, identifier }) => [id, `${identifier.scheme}:${identifier.id}`]));
  const lots = new Map();
  for (const { status, relatedLots, suppliers, maximumValue } of awards) {
    if (status !== "active") continue;
    for (const id of relatedLots) {
      const lot = lots.get(id) ?? { ceiling: 0, suppliers: new Set() };
      lots.set(id, lot);
      lot.ceiling = Math.max(lot.ceiling, maximumValue.amount);
      for (const supplier of suppliers) lot.suppliers.add(identifiers.get(supplier.id));
    }
  }
  for (const { ceiling, suppliers } of lots.values()) {
    for (const supplier of suppliers) {
      const total = totals.get(supplier) ?? { lots: 0, sole: 0, shared: 0 };
      totals.set(supplier, total);
      total.lots++;
      total[suppliers.size === 1 ? "sole" : "shared"] += ceiling;
    }
  }
};

let rest = "";
for await (const chunk of createReadStream(process.argv[2], { encoding: "utf8", highWaterMark: 1 << 20 })) {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) readLine(line);
}
readLine(rest);
for (const [supplier, { lots, sole, shared }] of totals) console.log(`${supplier}\t${lots}\t${sole}\t${shared}`);
