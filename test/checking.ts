import { type CheckOptions, check } from "../src/engine/check/check.ts";
import type { Finding } from "../src/model/errors.ts";
import { rulesNamed } from "../src/model/rule.ts";
import { openRegister } from "../src/register/open-register.ts";

/** Everything that a check finds in a register written in a test. */
export const findingsIn = async (text: string, options: CheckOptions = {}): Promise<readonly Finding[]> => {
  const register = await openRegister("-", {
    lenient: true,
    positions: true,
    async *stdin() {
      yield new TextEncoder().encode(text);
    },
  });
  return (await check(register, { verbose: true, ...options })).findings;
};

/** A finding in a line: `error T4-child: lot k/1: …`. */
export const lineOf = ({ severity, rule, message }: Finding): string => `${severity} ${rule}: ${message}`;

/** What is found of one rule in a register written in a test, in lines. */
export const linesFound = async (rule: string, text: string): Promise<string[]> =>
  (await findingsIn(text, { only: rulesNamed(rule) })).map(lineOf);

const HEAD = `
sources: [{ source: p, title: P }, { source: q, title: Q }]
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }, { supplier: c, name: Gamma }]
`;

/** What is found of one rule in a contract that is written as a flow map after `contract: k`; sources are p and q, suppliers a, b and c. */
export const found = (rule: string, contract: string): Promise<string[]> =>
  linesFound(rule, `${HEAD}contracts: [{ contract: k, ${contract} }]`);
