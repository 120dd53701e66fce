import { bareCompanyName, FreeIds } from "../../model/company-name.ts";
import { addUnder, madeUnder } from "../../model/lists.ts";
import { registeredId } from "../../notices/stated-values.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { numberInDigits, numberWithZeros } from "./notations.ts";
import type { CellReader, Said, Seen } from "./read-cells.ts";

export interface NamedSupplier {
  readonly name: Said | undefined;
  readonly number: Said | undefined;
  readonly country: Said | undefined;
}

interface Draft {
  readonly id: string;
  readonly names: Map<string, Seen>;
  readonly aliases: Set<string>;
  readonly number: string | undefined;
  readonly country: Said | undefined;
}

/**
 * The suppliers that rows name. Those with one number in the register of a country are one supplier. So are those
 * without a number whose names are written alike. Whether any others are one is for people to say (T2).
 */
export class ImportedSuppliers {
  readonly #byKey = new Map<string, Draft>();
  readonly #ids = new FreeIds();
  readonly #otherNames: string | undefined;
  /** Numbers that were given their leading zeros again, with what was written. */
  readonly restored = new Map<string, string>();
  /** Numbers such as 0000000 and 12345678, which are nobody's, each with its first cell. */
  readonly fillers = new Map<string, string>();
  /** The cells that name suppliers without a number, by the name. */
  readonly byNameAlone = new Map<string, string[]>();

  constructor(otherNames: string | undefined) {
    this.#otherNames = otherNames;
  }

  get count(): number {
    return this.#byKey.size;
  }

  find({ name, number, country }: NamedSupplier): string | undefined {
    const stated = number === undefined ? undefined : registeredId(number.text);
    if (number !== undefined && stated === undefined) this.#fill(number);
    const written = stated && numberInDigits(stated, country?.text);
    const [called, ...others] = this.#namesIn(name?.text ?? written);
    const by = name ?? number;
    if (called === undefined || by === undefined) return undefined;
    const full = written === undefined ? undefined : numberWithZeros(written, country?.text);
    if (full !== undefined && written !== undefined && full !== written) this.restored.set(full, written);
    const draft = this.#draftOf(called, full, country);
    if (!draft.names.has(called)) draft.names.set(called, by);
    for (const other of others) draft.aliases.add(other);
    if (full === undefined) addUnder(this.byNameAlone, called, by.by);
    return draft.id;
  }

  #fill({ text, by }: Said): void {
    if (/\d/.test(text) && !this.fillers.has(text)) this.fillers.set(text, by);
  }

  #namesIn(text: string | undefined): readonly string[] {
    if (text === undefined || this.#otherNames === undefined) return text === undefined ? [] : [text];
    return text.split(this.#otherNames).flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
  }

  #draftOf(name: string, number: string | undefined, country: Said | undefined): Draft {
    const key = number === undefined ? `name ${name}` : `number ${country?.text ?? ""} ${number}`;
    const numbered = number !== undefined && country !== undefined ? `${country.text}:${number}` : undefined;
    return madeUnder(this.#byKey, key, () => {
      const id = numbered ?? this.#ids.of(name);
      return { id, names: new Map(), aliases: new Set<string>(), number, country };
    });
  }

  /**
   * Numbers beside which names stand that have nothing in common. Such a number may have been copied from another row.
   */
  get unlike(): readonly string[] {
    return [...this.#byKey.values()].flatMap(({ number, names, aliases }) => {
      const [first = "", ...others] = [...names.keys()];
      const other = others.find((name) => !aliases.has(name) && !areAkin(first, name));
      return number === undefined || other === undefined ? [] : [`${number} is ${first}, and ${other}`];
    });
  }

  /** The suppliers as they stand in a register. An alias is left out if it is the name of a supplier. */
  plain(): readonly { readonly plain: PlainMap; readonly seen: Seen }[] {
    const names = new Map([...this.#byKey.values()].flatMap((one) => [...one.names.keys()].map((name) => [name, one])));
    return [...this.#byKey.values()].flatMap((draft) => {
      const { id, names: own, aliases, number, country } = draft;
      const [first] = own.values();
      if (first === undefined) return [];
      const free = [...aliases].filter((alias) => !own.has(alias) && !names.has(alias));
      const plain = {
        supplier: id,
        name: Object.fromEntries([...own].map(([name, { by }]) => [by, name])),
        ...(free.length > 0 && { aliases: free }),
        ...(country !== undefined && { country: { [country.by]: country.text } }),
        ...(number !== undefined && { legalId: number }),
      };
      return [{ plain, seen: first }];
    });
  }
}

const wordsIn = (name: string): readonly string[] => bareCompanyName(name).split(" ");

/**
 * Whether two names may be one company's at first sight: a word in one begins with a word in the other, or one is the
 * other's initials.
 */
const areAkin = (one: string, other: string): boolean => {
  const [words, others] = [wordsIn(one), wordsIn(other)];
  const initials = (list: readonly string[]): string => list.map((word) => word.charAt(0)).join("");
  return (
    words.some((word) => others.some((each) => each.startsWith(word) || word.startsWith(each))) ||
    initials(words) === others.join("") ||
    initials(others) === words.join("")
  );
};

/**
 * The suppliers of a row. The columns of names, numbers and countries go together in the order in which they are
 * mapped.
 */
export const suppliersOn = (
  names: readonly (Said | undefined)[],
  numbers: readonly (Said | undefined)[],
  countries: readonly (Said | undefined)[],
  reader: CellReader,
): readonly NamedSupplier[] => {
  const width = Math.max(names.length, numbers.length);
  return Array.from({ length: width }, (_, at) => at).flatMap((at) => {
    const country = countries.length > 1 ? countries[at] : countries[0];
    return inCells(names[at], numbers[at], reader).map((one) => ({ ...one, country }));
  });
};

/** The suppliers of a cell. If it names several, the cell of their numbers must have as many. */
const inCells = (
  name: Said | undefined,
  number: Said | undefined,
  reader: CellReader,
): readonly Pick<NamedSupplier, "name" | "number">[] => {
  const [names, numbers] = [partsOf(name), partsOf(number)];
  if (name !== undefined && numbers.length > 0 && names.length > 0 && numbers.length !== names.length) {
    const message = `${names.length} suppliers stand here, and ${numbers.length} numbers beside them`;
    reader.report(name, "T2-count", message, "give each its number, or leave the numbers out");
    return [];
  }
  return Array.from({ length: Math.max(names.length, numbers.length) }, (_, at) => ({
    name: names[at],
    number: numbers[at],
  }));
};

const partsOf = (said: Said | undefined): readonly Said[] =>
  said === undefined ? [] : said.texts.map((text) => ({ ...said, text, texts: [text] }));
