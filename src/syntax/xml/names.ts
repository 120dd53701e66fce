import type { XmlElement } from "./element.ts";

/** Says which elements to keep. The others are left out with all that is in them. The answer is remembered by name. */
export type KeepElement = (name: string, namespace: string) => boolean;

export interface XmlName {
  readonly name: string;
  readonly namespace: string;
  readonly kept: boolean;
  /** What is wrong with it, as a message; undefined where nothing is. */
  readonly problem: string | undefined;
}

type Attributes = XmlElement["attributes"];

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const MOST_REMEMBERED = 1000;

/**
 * What prefixes mean in a part of a document ("Namespaces in XML 1.0"). Documents of one kind declare the same prefixes
 * and use the same names: what was worked out for one serves the next.
 */
export class NameScope {
  static readonly #outermost = new WeakMap<KeepElement, NameScope>();
  readonly #keep: KeepElement;
  readonly #declared: ReadonlyMap<string, string>;
  readonly #outer: NameScope | undefined;
  readonly #names = new Map<string, XmlName>();
  readonly #inner = new Map<string, NameScope>();

  private constructor(keep: KeepElement, declared: ReadonlyMap<string, string>, outer?: NameScope) {
    this.#keep = keep;
    this.#declared = declared;
    this.#outer = outer;
  }

  /** The scope around the root. Documents of which the same elements are kept share it. */
  static outermost(keep: KeepElement): NameScope {
    const scope = NameScope.#outermost.get(keep) ?? new NameScope(keep, new Map([["xml", XML_NAMESPACE]]));
    NameScope.#outermost.set(keep, scope);
    return scope;
  }

  /** The scope within an element that has these attributes. */
  within(attributes: Attributes): NameScope {
    const declared = new Map<string, string>();
    for (const name in attributes) {
      if (name === "xmlns" || name.startsWith("xmlns:")) {
        declared.set(name.slice("xmlns:".length), attributes[name] ?? "");
      }
    }
    if (declared.size === 0) return this;
    const key = JSON.stringify([...declared]);
    const known = this.#inner.get(key);
    if (known !== undefined) return known;
    const scope = new NameScope(this.#keep, declared, this);
    if (this.#inner.size < MOST_REMEMBERED) this.#inner.set(key, scope);
    return scope;
  }

  /** Resolves the name of an element as its tag writes it. */
  nameOf(written: string): XmlName {
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const colon = written.indexOf(":");
    const local = written.slice(colon + 1);
    const namespace = this.#uriOf(colon === -1 ? "" : written.slice(0, colon)) ?? "";
    const name = { name: local, namespace, kept: this.#keep(local, namespace), problem: this.#problemOf(written) };
    if (this.#names.size < MOST_REMEMBERED) this.#names.set(written, name);
    return name;
  }

  /** What is wrong with the names of these attributes, as a message; undefined where nothing is. */
  problemIn(attributes: Attributes): string | undefined {
    for (const name in attributes) {
      const problem = name.startsWith("xmlns:") ? undefined : this.#problemOf(name);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #problemOf(written: string): string | undefined {
    const colon = written.indexOf(":");
    if (colon === -1) return undefined;
    const prefix = written.slice(0, colon);
    if (colon === 0 || colon === written.length - 1 || written.includes(":", colon + 1)) {
      return `malformed name: ${written}`;
    }
    return this.#uriOf(prefix) ? undefined : `the namespace prefix ${prefix} is not declared`;
  }

  #uriOf(prefix: string): string | undefined {
    return this.#declared.get(prefix) ?? (this.#outer === undefined ? undefined : this.#outer.#uriOf(prefix));
  }
}
