import type { Preference } from "../../model/claim.ts";
import type { Finding } from "../../model/errors.ts";
import type { Contract } from "../../records/contract.ts";

/** What one rule, or a few that belong together, find in a contract. */
export type ContractRule = (contract: Contract, preference: Preference) => readonly Finding[];
