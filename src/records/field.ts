import { type Fact, UNATTRIBUTED } from "../model/claim.ts";
import { type Codec, type Decoding, factOf } from "./codec.ts";
import type { FactKind, Value, ValueKind } from "./kinds.ts";

/**
 * Where the value of a field stands in a release package of OCDS, as a path there, or under which words it is counted
 * among the losses that writing a package tells of.
 */
export type Place = { readonly at: string } | { readonly lost: string };

export const at = (path: string): Place => ({ at: path });
export const lost = (words: string): Place => ({ lost: words });

export interface Shown {
  readonly title: string;
  readonly shown: "known" | "never";
}

export interface Asked {
  readonly example: string;
  readonly name?: string;
  /** What is asked, where that differs from what a column says. */
  readonly meaning?: string;
}

interface Traits {
  /** Its key in registers, where that is not the name of the field. */
  readonly key?: string;
  readonly says: string;
  /** What it says in columns and queries, where that differs from what a register has it say. */
  readonly meaning?: string;
  readonly example: string;
  readonly ocds?: Place;
  readonly column?: Shown;
  readonly asked?: Asked;
}

/**
 * Whether a record has a value of the field: `required` and `usual`, always, for of the latter one goes without saying;
 * `optional`, where it is stated; `aside`, never, for it only says how to read the rest.
 */
type Presence = "required" | "usual" | "optional" | "aside";

/** A named part of a record: how it is read, what it means, and how it looks. */
export interface Field<T, P extends Presence = Presence> extends Traits {
  readonly presence: P;
  readonly codec: Codec<T>;
  /** Of which kind its values are; left out of records within records. */
  readonly kind?: ValueKind;
  /** The kind once more where it is a fact, of which several sources may each say their own. */
  readonly fact?: FactKind;
  /**
   * The value of a record that states none; of a required field it only stands in a record that is then refused. A
   * method, as the next, so that a field of any type is a field of unknown.
   */
  fallback?(record: object): T;
  /** What its value says of the fields that are read after it; such a field is read before all others. */
  effect?(value: T, at: Decoding): void;
}

/** What a record has besides its fields: it is worked out while the record is read, and never written. */
export interface Given<T> {
  readonly presence: "given";
  give(at: Decoding): T;
}

export const given = <T>(give: (at: Decoding) => T): Given<T> => ({ presence: "given", give });

type Kinded<K> = { readonly kind: K };

export const required = <T, K extends ValueKind, const Tr extends Traits>(
  value: Value<T, K>,
  fallback: NoInfer<T>,
  traits: Tr,
): Field<T, "required"> & Kinded<K> & Tr => ({
  presence: "required",
  codec: value,
  kind: value.kind,
  fallback: () => fallback,
  ...traits,
});

/** A field of which one value goes without saying; it may depend on the others. */
export const usual = <T, K extends ValueKind, const Tr extends Traits>(
  value: Value<T, K>,
  fallback: (record: never) => NoInfer<T>,
  traits: Tr,
): Field<T, "usual"> & Kinded<K> & Tr => ({
  presence: "usual",
  codec: value,
  kind: value.kind,
  fallback,
  ...traits,
});

export const optional = <T, K extends ValueKind, const Tr extends Traits>(
  value: Value<T, K>,
  traits: Tr,
): Field<T, "optional"> & Kinded<K> & Tr => ({ presence: "optional", codec: value, kind: value.kind, ...traits });

/** What sources state: one value, or what each of several says. */
export const fact = <T, K extends FactKind, const Tr extends Traits>(
  value: Value<T, K>,
  traits: Tr,
): Field<Fact<T>, "optional"> & Kinded<K> & Tr & { readonly fact: K } => ({
  presence: "optional",
  codec: factOf(value),
  kind: value.kind,
  fact: value.kind,
  ...traits,
});

export const requiredFact = <T, K extends FactKind, const Tr extends Traits>(
  value: Value<T, K>,
  fallback: NoInfer<T>,
  traits: Tr,
): Field<Fact<T>, "required"> & Kinded<K> & Tr & { readonly fact: K } => ({
  ...fact(value, traits),
  presence: "required",
  fallback: () => [{ value: fallback, by: UNATTRIBUTED }],
});

export const list = <T, K extends ValueKind, const Tr extends Traits>(
  value: Value<readonly T[], K>,
  traits: Tr,
): Field<readonly T[], "usual"> & Kinded<K> & Tr => usual<readonly T[], K, Tr>(value, () => [], traits);

/** Records within a record; none where they are left out. */
export const records = <T, const Tr extends Traits>(
  codec: Codec<readonly T[]>,
  traits: Tr,
): Field<readonly T[], "usual"> & Tr => ({ ...traits, presence: "usual", codec, fallback: () => [] });

/** Records without which a record cannot be, even if there are none. */
export const requiredRecords = <T, const Tr extends Traits>(
  codec: Codec<readonly T[]>,
  traits: Tr,
): Field<readonly T[], "required"> & Tr => ({ ...records(codec, traits), presence: "required" });

/** Records within a record of which none is not the same as nothing said, or a single one. */
export const nested = <T, const Tr extends Traits>(codec: Codec<T>, traits: Tr): Field<T, "optional"> & Tr => ({
  ...traits,
  presence: "optional",
  codec,
});
