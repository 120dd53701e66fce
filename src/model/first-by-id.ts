/** Records by their ids, for those who look up many; of several with one id the first, as a search would find it. */
export const firstById = <T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> => {
  const byId = new Map<string, T>();
  for (const record of records) if (!byId.has(record.id)) byId.set(record.id, record);
  return byId;
};
