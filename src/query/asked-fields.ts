import type { Preference } from "../model/claim.ts";
import { contractCodec } from "../records/contract.ts";
import type { ValueKind } from "../records/kinds.ts";
import { LOT, lotCodec } from "../records/lot.ts";
import { orderCodec } from "../records/order.ts";
import { type NamedField, saidIn } from "../records/record.ts";
import type { FieldType, QueryField } from "./query.ts";
import type { Subject } from "./subject.ts";

interface AskedField extends QueryField {
  readonly of: "contract" | "lot" | "order";
  readonly kind: ValueKind;
  /** What the preferred source says in it, of a lot before its contract; undefined where nothing is said, or no such record is in view. */
  readonly statedOf: (subject: Pick<Subject, "contract" | "lot" | "order">, preference: Preference) => unknown;
}

/** How the values of each kind are compared; of the others nothing can be asked. */
const TYPES: Readonly<Partial<Record<ValueKind, FieldType>>> = {
  id: "id",
  text: "text",
  texts: "text",
  amount: "amount",
  amounts: "amount",
  date: "date",
  quantity: "count",
};

const askedIn = (of: AskedField["of"], fields: readonly NamedField[]): readonly AskedField[] =>
  fields.flatMap(({ name, kind, asked, fact, says, meaning = says }) => {
    if (asked === undefined) return [];
    const type = kind && TYPES[kind];
    if (kind === undefined || type === undefined) throw new TypeError(`nothing can be asked of ${name}`);
    const ofLot = of === "contract" && name in LOT;
    const statedOf: AskedField["statedOf"] = (subject, preference) => {
      const record = of === "order" ? subject.order?.order : subject[of];
      const ofItsLot = ofLot ? saidIn({ name, fact }, subject.lot, preference) : undefined;
      return ofItsLot ?? (record && saidIn({ name, fact }, record, preference));
    };
    const { example } = asked;
    const query = { name: asked.name ?? name, type, meaning: asked.meaning ?? meaning, example };
    return [{ ...query, ...(of === "order" && { only: "orders" as const }), of, kind, statedOf }];
  });

export const ASKED_OF_CONTRACTS = askedIn("contract", contractCodec.fields);
export const ASKED_OF_LOTS = askedIn("lot", lotCodec.fields);
export const ASKED_OF_ORDERS = askedIn("order", orderCodec.fields);

const BY_NAME = new Map(
  [...ASKED_OF_CONTRACTS, ...ASKED_OF_LOTS, ...ASKED_OF_ORDERS].map((field) => [field.name, field]),
);

export const askedField = (name: string, type: FieldType): AskedField | undefined => {
  const field = BY_NAME.get(name);
  return field?.type === type ? field : undefined;
};

/** A field of the query language that nothing answers: a defect, never the answer of another field. */
export const unanswered = (name: string): Error => new TypeError(`no answer to the field ${name}`);
