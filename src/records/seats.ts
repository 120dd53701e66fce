import { repeats } from "../model/lists.ts";
import { isMap } from "../syntax/plain.ts";
import { type Codec, listOf } from "./codec.ts";
import type { Value } from "./kinds.ts";
import type { Supplier } from "./supplier.ts";
import { text } from "./values.ts";

const supplierReference: Codec<Supplier> = {
  schema: text.schema,
  encode: (supplier) => supplier.id,
  decode: (value, at) => {
    const written = text.decode(value, at);
    if (written === undefined) return undefined;
    const supplier = at.references.supplier(written);
    if (supplier !== undefined) return supplier;
    const { rule, problem, hint } = at.references.noSupplier(written);
    return at.report(rule, problem, hint);
  },
  decodeQuickly: (json, { references }) =>
    json.string() ? references.recalled.find(json, references.supplier) : undefined,
};

export const calledHere: Codec<ReadonlyMap<Supplier, string>> = {
  schema: () => ({ type: "object", additionalProperties: text.schema() }),
  encode: (names) =>
    names.size === 0 ? undefined : Object.fromEntries([...names].map(([supplier, name]) => [supplier.id, name])),
  decode: (value, at) => {
    if (!isMap(value)) return at.report("F2", "expected a map of suppliers and names", "write { bt: BT plc }");
    const names = new Map<Supplier, string>();
    for (const [reference, written] of Object.entries(value)) {
      at.enter(reference);
      const supplier = supplierReference.decode(reference, at);
      const name = text.decode(written, at);
      if (supplier !== undefined && name !== undefined) names.set(supplier, name);
      at.leave();
    }
    return names;
  },
};

/** An empty list says that nobody holds the lot. */
const seatList = listOf(supplierReference, 0);
export const seats: Value<readonly Supplier[], "suppliers"> = {
  kind: "suppliers",
  schema: seatList.schema,
  encode: seatList.encode,
  decode: (value, at) => {
    const suppliers = seatList.decode(value, at);
    return suppliers && withoutRepeats(suppliers);
  },
  decodeQuickly: (json, at) => {
    const suppliers = seatList.decodeQuickly?.(json, at);
    return suppliers && withoutRepeats(suppliers);
  },
};

/** A supplier named twice, be it by an alias, holds one seat (T2). */
const withoutRepeats = (suppliers: readonly Supplier[]): readonly Supplier[] =>
  repeats(suppliers) ? [...new Set(suppliers)] : suppliers;
