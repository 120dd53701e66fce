/** How much is measured: all of it, or within a minute. Targets are meant for the full sizes. */
const FULL = {
  pairs: 20,
  rounds: 5,
  lots: [1_000, 10_000, 100_000],
  notices: 1_000,
  orders: 1_000_000,
  releases: 1e9,
  stored: 100_000,
};

const QUICK = {
  pairs: 5,
  rounds: 2,
  lots: [1_000, 5_000],
  notices: 150,
  orders: 50_000,
  releases: 1e7,
  stored: 1_000,
};

export const sizesFor = ({ quick, pairs }) => {
  const sizes = quick ? QUICK : FULL;
  return { ...sizes, pairs: pairs ?? sizes.pairs, targetOf: (target) => (quick ? undefined : target) };
};
