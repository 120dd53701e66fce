import type { Supplier } from "../../model/contract.ts";
import { type Codec, isProblem, listOf } from "../decode.ts";
import { text } from "./scalars.ts";

/** A supplier named by id, name or alias. */
const supplierReference: Codec<Supplier> = {
  schema: text.schema,
  decode: (value, at) => {
    const written = text.decode(value, at);
    if (written === undefined) return undefined;
    const supplier = at.references.supplier(written);
    return isProblem(supplier) ? at.report(supplier.rule, supplier.problem, supplier.hint) : supplier;
  },
};

/** An empty list says that nobody holds the lot. */
const seatList = listOf(supplierReference, 0);
export const seats: Codec<readonly Supplier[]> = {
  schema: seatList.schema,
  decode: (value, at) => {
    const suppliers = seatList.decode(value, at);
    // A supplier named twice, be it by an alias, holds one seat (T2).
    return suppliers === undefined || suppliers.length < 2 ? suppliers : [...new Set(suppliers)];
  },
};
