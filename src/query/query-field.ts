/** How the values of a field are compared. */
export type FieldType = "id" | "text" | "amount" | "date" | "count" | "state" | "presence";

/** What some fields belong to that only one command has in view; all others are asked of lots. */
export type RowKind = "orders" | "headroom";

/** A field that can be asked for. */
export interface QueryField {
  readonly name: string;
  readonly type: FieldType;
  readonly meaning: string;
  readonly example: string;
  /** The only command that can be asked for it; any can where it is left out. */
  readonly only?: RowKind;
}
