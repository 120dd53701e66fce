/** What is left of ceilings under many orders, and who ordered when, to Miller doing as much with the same file. */
import { join } from "node:path";
import { peakMemory, timeInTurns } from "./measure.js";
import { ORDERS_SHAPE, writeOrders } from "./orders.js";
import { lotbook } from "./programs.js";
import { Section } from "./section.js";

const miller = (ledger, ...verbs) => ({ command: "mlr", args: ["--icsv", "--ojson", ...verbs, ledger] });

const summed = ["stats1", "-a", "sum", "-f", "amount"];

/** Each question, what Miller does to add up as much, and how much longer it may take. */
const questionsOf = (register, ledger) => [
  {
    what: "headroom, to mlr adding up by lot",
    ours: lotbook("headroom", "--at", "2025-01-01", "-d", register),
    theirs: miller(ledger, ...summed, "-g", "lot"),
    target: 0.6,
  },
  {
    what: "orders --by buyer,month, to mlr doing the same",
    ours: lotbook("orders", "--by", "buyer,month", "--json", "-d", register),
    theirs: miller(ledger, "put", '$month = sub($date, "-..$", "")', "then", ...summed, "-g", "buyer,month"),
    target: 1,
  },
];

export const measureOrders = (folder, { orders, rounds, targetOf }) => {
  const section = new Section(`${orders} orders in CSV`, `to what is named, for ${ORDERS_SHAPE}`);
  const [few, all] = [orders / 10, orders].map((count) => {
    const [register, ledger] = ["jsonl", "csv"].map((ending) => join(folder, `orders-${count}.${ending}`));
    writeOrders(register, ledger, count);
    return questionsOf(register, ledger);
  });
  const hasMiller = section.hasPeer("mlr");
  all.forEach(({ what, ours, theirs, target }, index) => {
    if (hasMiller) section.ratio(what, timeInTurns([ours, theirs], rounds), targetOf(target));
    const detail = `${peakMemory(few[index].ours).toFixed(0)} MB for a tenth`;
    section.figure("  peak memory", peakMemory(ours), "MB", { detail });
  });
  return [section];
};
