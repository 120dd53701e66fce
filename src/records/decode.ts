import { type Attribution, UNATTRIBUTED } from "../model/claim.ts";
import type { Origin } from "../model/errors.ts";
import type { Money } from "../model/money.ts";
import type { RuleId } from "../model/rule.ts";
import type { Issue, Part, Path } from "../syntax/plain.ts";
import type { Recalled } from "./recalled.ts";
import type { Supplier } from "./supplier.ts";

/** What a record may refer to: the sources and suppliers of all the register's files. */
export interface References {
  /** `article 3` → source `article`, locator `3`; a sentence saying what is wrong where no such source exists. */
  readonly attribution: (text: string) => Attribution | Problem;
  readonly supplier: (reference: string) => Supplier | undefined;
  /** What references were found to name. */
  readonly recalled: Recalled<Supplier>;
  readonly noSupplier: (reference: string) => Problem;
}

export interface Problem {
  readonly rule: RuleId;
  readonly problem: string;
  readonly hint?: string;
}

export const isProblem = <T extends object | string>(result: T | Problem): result is Problem =>
  typeof result === "object" && "problem" in result;

/** The state of reading one record: where we are, what was wrong, and who speaks unless a fact says otherwise. */
export class Decoding {
  readonly issues: Issue[] = [];
  readonly references: References;
  readonly origin: Origin;
  by: Attribution = UNATTRIBUTED;
  /** Set where the amounts of the record include value added tax. */
  vat: Money["vat"];
  readonly #path: (string | number)[] = [];

  constructor(references: References, origin: Origin) {
    this.references = references;
    this.origin = origin;
  }

  enter(key: string | number): void {
    this.#path.push(key);
  }

  path(): Path {
    return [...this.#path];
  }

  leave(): void {
    this.#path.pop();
  }

  report(rule: RuleId, message: string, hint?: string): undefined {
    return this.reportAt([], rule, message, hint);
  }

  reportAt(below: Path, rule: RuleId, message: string, hint?: string, part: Part = "value"): undefined {
    this.issues.push({
      rule,
      message,
      hint,
      path: [...this.#path, ...below],
      part,
    });
    return undefined;
  }
}
