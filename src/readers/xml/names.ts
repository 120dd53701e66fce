import type { XmlElement } from "./element.ts";

/** Which elements to keep; the others are left out with all that is in them. Asked about each name of a document once. */
export type KeepElement = (name: string, namespace: string) => boolean;

/** The name of an element. */
export interface XmlName {
  readonly name: string;
  readonly namespace: string;
  readonly kept: boolean;
  /** What is wrong with it. */
  readonly problem: string | undefined;
}

type Attributes = XmlElement["attributes"];

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

/** What prefixes mean in a part of a document ("Namespaces in XML 1.0"). Each name is worked out once. */
export class NameScope {
  readonly #keep: KeepElement;
  readonly #declared: ReadonlyMap<string, string>;
  readonly #outer: NameScope | undefined;
  readonly #names = new Map<string, XmlName>();

  constructor(
    keep: KeepElement,
    declared: ReadonlyMap<string, string> = new Map([["xml", XML_NAMESPACE]]),
    outer?: NameScope,
  ) {
    this.#keep = keep;
    this.#declared = declared;
    this.#outer = outer;
  }

  /** The scope within an element that has these attributes. */
  within(attributes: Attributes): NameScope {
    let declared: Map<string, string> | undefined;
    for (const name in attributes) {
      if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
      declared ??= new Map();
      declared.set(name.slice("xmlns:".length), attributes[name] ?? "");
    }
    return declared === undefined ? this : new NameScope(this.#keep, declared, this);
  }

  /** The name of an element as its tag writes it. */
  nameOf(written: string): XmlName {
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const colon = written.indexOf(":");
    const local = written.slice(colon + 1);
    const namespace = this.#uriOf(colon === -1 ? "" : written.slice(0, colon)) ?? "";
    const name = { name: local, namespace, kept: this.#keep(local, namespace), problem: this.#problemOf(written) };
    this.#names.set(written, name);
    return name;
  }

  /** What is wrong with the names of attributes. */
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
