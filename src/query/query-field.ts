/** How the values of a field are compared. */
export type FieldType = "id" | "text" | "amount" | "date" | "count" | "state" | "presence";

/** A field that can be asked for. */
export interface QueryField {
  readonly name: string;
  readonly type: FieldType;
  readonly meaning: string;
  readonly example: string;
}
