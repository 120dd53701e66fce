import { ORDER_GROUPINGS, orderGroupColumns } from "../engine/orders/order-groups.ts";
import { ORDER_COLUMNS } from "../engine/orders/order-rows.ts";
import type { Sampling } from "../engine/orders/order-sample.ts";
import { orderGroups, orderSample, orders } from "../engine/orders/orders.ts";
import { UsageError } from "../model/errors.ts";
import type { Call, CommandBody } from "./command.ts";
import { FISCAL_START, fiscalStartOf, groupingsOf } from "./groupings.ts";

const groupOptions = (call: Call) => {
  const by = groupingsOf(call.text("by"), ORDER_GROUPINGS, "orders");
  const fiscalStart = fiscalStartOf(call.text("fiscal-start"), by);
  return fiscalStart === undefined ? { by } : { by, fiscalStart };
};

const samplingOf = (call: Call): Sampling | undefined => {
  const text = call.text("sample");
  const [seed, byAmount] = [call.text("seed"), call.flag("by-amount")];
  if (text === undefined) {
    if (seed === undefined && !byAmount) return undefined;
    throw new UsageError(`--${byAmount ? "by-amount" : "seed"} is for samples`, "add --sample 25");
  }
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(`--sample "${text}" is not a number of orders`, "a whole number: --sample 25");
  return { size: Number(text), seed: seed ?? "1", byAmount };
};

export const ordersCommand: CommandBody = {
  options: [
    {
      flags: "--by <key,key>",
      description: `one row for each value of a key, or of two: ${ORDER_GROUPINGS.join(", ")}`,
      offers: ORDER_GROUPINGS,
    },
    FISCAL_START,
    { flags: "--sample <n>", description: "a sample of so many orders, the same each time it is drawn" },
    { flags: "--seed <text>", description: "draws another sample (default: 1)" },
    { flags: "--by-amount", description: "a sample in which each unit of money has the same chance" },
  ],
  selects: true,
  asks: "orders",
  examples: [
    "lotbook orders lot:1 --data examples/fleet.yaml --at 2025-06-30",
    "lotbook orders amount:50k.. date:2025 --data examples/fleet.yaml --at 2025-06-30",
    "lotbook orders --by supplier,quarter --data examples/fleet.yaml --at 2025-06-30",
    "lotbook orders --by year --fiscal-start 04 --data examples/fleet.yaml --at 2025-06-30",
    "lotbook orders --sample 3 --seed 7 --data examples/fleet.yaml --at 2025-06-30",
  ],
  columns: ORDER_COLUMNS,
  variants: Object.fromEntries(ORDER_GROUPINGS.map((by) => [`--by ${by}`, orderGroupColumns([by])])),
  run: async (call) => {
    const [grouping, sampling] = [groupOptions(call), samplingOf(call)];
    if (grouping.by.length > 0 && sampling !== undefined)
      throw new UsageError("--by and --sample cannot be combined", "give one of them");
    const { register, selection } = await call.ask();
    if (grouping.by.length > 0) await call.answer(orderGroups(register, selection, grouping));
    else if (sampling !== undefined) await call.answer(orderSample(register, selection, sampling));
    else await call.answer(orders(register, selection));
    return 0;
  },
};
