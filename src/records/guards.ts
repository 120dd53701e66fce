import type { StatedAmount } from "../model/amount.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { Quantity } from "../model/quantity.ts";

// What a field says is unknown to the compiler where fields are gone through by their tables.

export const isText = (value: unknown): value is string => typeof value === "string";

export const isDate = (value: unknown): value is PartialDate =>
  typeof value === "object" && value !== null && "year" in value;

export const isAmount = (value: unknown): value is StatedAmount =>
  value === "withheld" || (typeof value === "object" && value !== null && "minor" in value);

export const isQuantity = (value: unknown): value is Quantity =>
  typeof value === "object" && value !== null && "count" in value && "approximate" in value;
