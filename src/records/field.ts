import { type Fact, UNATTRIBUTED } from "../model/claim.ts";
import { type Codec, type Decoding, factOf } from "./codec.ts";
import type { FactKind, Value, ValueKind } from "./kinds.ts";

/**
 * The place of a field in a release package of OCDS: its path there, or the words under which it is counted among the
 * losses that writing a package reports.
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
  /** What a query asks for, where that differs from what a column says. */
  readonly meaning?: string;
}

interface Traits {
  /** The field's key in registers, where that is not its name. */
  readonly key?: string;
  readonly says: string;
  /** What it means in columns and queries, where that differs from what it says in a register. */
  readonly meaning?: string;
  readonly example: string;
  readonly ocds?: Place;
  readonly column?: Shown;
  readonly asked?: Asked;
}

/**
 * When a record has a value of the field. `required` and `usual`: always, because a `usual` field has a value that goes
 * without saying. `optional`: where it is stated. `aside`: never, because it only says how to read the rest.
 */
type Presence = "required" | "usual" | "optional" | "aside";

/** A named part of a record: how it is read, what it means, and how it looks. */
export interface Field<T, P extends Presence = Presence> extends Traits {
  readonly presence: P;
  readonly codec: Codec<T>;
  /** The kind of its values. Left out for records within records. */
  readonly kind?: ValueKind;
  /** The kind again, where the field is a fact that several sources may each state. */
  readonly fact?: FactKind;
  /**
   * The value for a record that states none. For a required field, the record is refused anyway. This and the next are
   * methods, so that a field of any type is a field of unknown.
   */
  fallback?(record: object): T;
  /**
   * Applies what the value says of the fields that are read after it. Fields with an effect are read before all others.
   */
  effect?(value: T, at: Decoding): void;
}

/** A part of a record that is no field. It is worked out while the record is read, and never written. */
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

/** A field with a value that goes without saying, which may depend on the other fields. */
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

/** A field that sources state: one value, or what each of several says. */
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

/** Records that must be stated within a record, even as an empty list. */
export const requiredRecords = <T, const Tr extends Traits>(
  codec: Codec<readonly T[]>,
  traits: Tr,
): Field<readonly T[], "required"> & Tr => ({ ...records(codec, traits), presence: "required" });

/** Records within a record, or a single one, where none is not the same as nothing said. */
export const nested = <T, const Tr extends Traits>(codec: Codec<T>, traits: Tr): Field<T, "optional"> & Tr => ({
  ...traits,
  presence: "optional",
  codec,
});
