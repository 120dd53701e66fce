/** The ids of contracts that ids of lots may begin with, as `cloud-i` in `cloud-i/2`. */
export const contractsNamedIn = (ids: Iterable<string>): ReadonlySet<string> => {
  const contracts = new Set<string>();
  for (const id of ids)
    for (let slash = id.indexOf("/"); slash !== -1; slash = id.indexOf("/", slash + 1))
      contracts.add(id.slice(0, slash));
  return contracts;
};

/**
 * Tells which lots are asked for, each by its id or by that of its contract and its own. The two are put together only
 * where the contract is named: among many lots that takes longer than all else that is asked of them.
 */
export const lotsAskedFor = (ids: readonly string[]): ((contract: string, lot: string) => boolean) => {
  const wanted = new Set(ids);
  const contracts = contractsNamedIn(ids);
  return (contract, lot) => wanted.has(lot) || (contracts.has(contract) && wanted.has(`${contract}/${lot}`));
};
