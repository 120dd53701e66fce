import { lines, list, lots, one, type Rec, type Shapes, sources, suppliers, word } from "./shape.ts";

const group = (index: number, of: readonly string[]): Rec => ({
  group: `g${index}`,
  lots: of,
  ceiling: `EUR ${index + 2}M`,
});

const CYRILLIC: Readonly<Record<string, string>> = {
  a: "\u0430",
  c: "\u0441",
  e: "\u0435",
  o: "\u043E",
  p: "\u0440",
  x: "\u0445",
};

const callOffs = (n: number, of: (index: number) => string | undefined): Rec[] =>
  list(n, (i) => {
    const callOffOf = of(i);
    return one({ contract: `c${i}`, ...(callOffOf === undefined ? {} : { callOffOf }) });
  });

/** Registers in JSON Lines that have much of one thing. */
export const REGISTERS: Shapes = {
  "supplier name": (n) =>
    lines(
      { supplier: "s", name: word(3).repeat(n / 4) },
      { supplier: "t", name: `${word(3).repeat(n / 4)}x` },
      one({ lots: [{ lot: "1", suppliers: ["s", "t"] }] }),
    ),
  "names of look-alikes": (n) =>
    lines(
      ...list(n, (i) => ({
        supplier: `s${i}`,
        name: [..."coxpaecoxpaecoxpae"].map((l, k) => ((i >> k) & 1 ? CYRILLIC[l] : l)).join(""),
      })),
      one({ lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: list(n, (i) => `s${i}`) }] }),
    ),
  "names without Latin letters": (n) =>
    lines(
      ...list(n, (i) => ({
        supplier: `s${i}`,
        name: `\u65E5\u672C${"\u4E00".repeat(8)}${i % 2 ? "a" : "b"} ${i >> 1}`,
      })),
      one({ lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: list(n, (i) => `s${i}`) }] }),
    ),
  "name cyrillic": (n) =>
    lines({ supplier: "s", name: `${"a\u0430".repeat(n * 4)}b` }, one({ lots: [{ lot: "1", suppliers: ["s"] }] })),
  suppliers: (n) =>
    lines(...suppliers(n), one({ lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: list(n, (i) => `s${i}`) }] })),
  "suppliers name by case": (n) =>
    lines(
      ...list(n, (i) => ({
        supplier: `s${i}`,
        name: [..."northernexamplecompany"].map((l, k) => ((i >> k) & 1 ? l.toUpperCase() : l)).join(""),
      })),
      one({ lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: list(n, (i) => `s${i}`) }] }),
    ),
  "aliases of one": (n) =>
    lines(
      { supplier: "s", name: "S", aliases: list(n, (i) => `alias ${word(i)}${i}`) },
      one({ lots: [{ lot: "1", suppliers: ["s", ...list(n, (i) => `alias ${word(i)}${i}`)] }] }),
    ),
  "members of one": (n) =>
    lines(
      {
        supplier: "s",
        name: "S",
        kind: "grouping",
        members: list(n, (i) => ({ name: `m ${word(i)}${i}`, country: "BE" })),
      },
      one({ lots: [{ lot: "1", suppliers: ["s"] }] }),
    ),
  "succession chain": (n) =>
    lines(
      ...suppliers(n, (i) => (i < n - 1 ? { successions: [{ merged: "2020", into: `s${i + 1}` }] } : {})),
      one({ lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: list(n, (i) => `s${i}`) }] }),
    ),
  "succession ring": (n) =>
    lines(
      ...suppliers(n, (i) => ({ successions: [{ merged: "2020", into: `s${(i + 1) % n}` }] })),
      one({ lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: list(n, (i) => `s${i}`) }] }),
    ),
  "succession tail of ring": (n) =>
    lines(
      ...suppliers(n, (i) => ({ successions: [{ merged: "2020", into: `s${i === n - 1 ? n - 2 : i + 1}` }] })),
      one({ lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: list(n, (i) => `s${i}`) }] }),
    ),
  "successions of one": (n) =>
    lines(
      {
        supplier: "s",
        name: "S",
        successions: list(n, (i) => ({ renamed: `${2e3 + (i % 20)}`, from: `old ${word(i)}${i}` })),
      },
      one({ lots: [{ lot: "1", suppliers: ["s"] }] }),
    ),
  "lots with suppliers": (n) =>
    lines(
      ...suppliers(n),
      one({
        lots: lots(n, (i) => ({
          suppliers: [`s${i}`, `s${(i + 1) % n}`],
          offers: 2,
          service: `svc${i}`,
          title: word(i),
        })),
      }),
    ),
  "lots per supplier ceilings": (n) =>
    lines(
      ...suppliers(n),
      one({
        lots: list(n, (i) => ({
          lot: `${i}`,
          ceilingPerSupplier: "EUR 1M",
          suppliers: [`s${i}`, "s0"].slice(0, i ? 2 : 1),
        })),
      }),
    ),
  "lots unknown supplier": (n) =>
    lines(...suppliers(n), one({ lots: lots(n, (i) => ({ suppliers: [`x${word(i)}${i}`] })) })),
  "contracts suppliers": (n) =>
    lines(
      ...suppliers(n),
      ...list(n, (i) =>
        one({
          contract: `c${i}`,
          buyer: `B${i}`,
          lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: [`s${i}`, "s1"].slice(0, i === 1 ? 1 : 2) }],
        }),
      ),
    ),
  // As many groups as lots would be the square of them to read.
  "groups nested": (n) =>
    lines(one({ lots: lots(n), groups: list(Math.sqrt(n * 8), (i) => group(i, list(Math.min(n, i + 2), String))) })),
  "groups in pairs": (n) => lines(one({ lots: lots(n), groups: list(n - 1, (i) => group(i, [`${i}`, `${i + 1}`])) })),
  "groups in a ring": (n) =>
    lines(one({ lots: lots(n), groups: list(n, (i) => group(i, [`${i}`, `${(i + 1) % n}`])) })),
  "groups of three in a ring": (n) =>
    lines(one({ lots: lots(n), groups: list(n, (i) => group(i, [`${i}`, `${(i + 1) % n}`, `${(i + 2) % n}`])) })),
  "groups all alike": (n) => lines(one({ lots: lots(n), groups: list(n, (i) => group(i, list(8, String))) })),
  "groups of one lot each": (n) => lines(one({ lots: lots(n), groups: list(n, (i) => group(i, [`${i}`])) })),
  "groups in a tree": (n) =>
    lines(
      one({
        lots: lots(n),
        groups: list(n, (i) =>
          group(
            i,
            list(n, String)
              .filter((_, k) => k % 2 ** (i % 7) === 0)
              .slice(0, 8),
          ),
        ),
      }),
    ),
  sources: (n) =>
    lines(
      ...sources(n),
      one({ source: "q0", ceiling: Object.fromEntries(list(n, (i) => [`q${i}`, `EUR ${i + 1}M`])) }),
    ),
  "sources ceilings of lots": (n) =>
    lines(...sources(n), one({ ceiling: "EUR 1M", lots: lots(n, (i) => ({ ceiling: { [`q${i}`]: "EUR 1M" } })) })),
  "sources many facts": (n) =>
    lines(
      ...sources(n),
      one({
        source: "q0",
        title: "x",
        ...Object.fromEntries(
          ["buyer", "coordinator", "awarded", "estimate", "offers", "participants"].map((f) => [
            f,
            Object.fromEntries(
              list(n, (i) => [
                `q${i}`,
                f === "buyer" || f === "coordinator"
                  ? `B${i}`
                  : f === "awarded" || f === "estimate"
                    ? `EUR ${i}`
                    : `${i}`,
              ]),
            ),
          ]),
        ),
      }),
    ),
  "sources of supplier name": (n) =>
    lines(
      ...sources(n),
      { supplier: "s", name: Object.fromEntries(list(n, (i) => [`q${i}`, `N ${word(i)}${i}`])) },
      one({ lots: [{ lot: "1", suppliers: ["s"] }] }),
    ),
  "sources unknown": (n) => lines(...sources(n), one({ lots: lots(n, (i) => ({ source: `x${i}` })) })),
  modifications: (n) =>
    lines(
      one({
        regime: "classic",
        modifications: list(n, (i) => ({
          modification: `M${i}`,
          date: `${2010 + (i % 10)}`,
          lot: "1",
          amount: "EUR 1k",
          ground: "need",
        })),
      }),
    ),
  "modifications by lot": (n) =>
    lines(
      one({
        regime: "utilities",
        lots: lots(n),
        modifications: list(n, (i) => ({ modification: `M${i}`, date: "2020-01-01", lot: `${i}`, amount: "EUR 800k" })),
      }),
    ),
  "renewal decisions": (n) =>
    lines(
      one({
        term: "1 month + 100 renewals of 1 month",
        renewals: list(n, (i) => ({
          renewal: `${(i % 20) + 1}`,
          exercised: `2024-${String((i % 12) + 1).padStart(2, "0")}`,
        })),
      }),
    ),
  "lots of their own terms": (n) => lines(one({ lots: lots(n, () => ({ term: "2 months + 2 renewals of 1 year" })) })),
  "renewals many contracts": (n) =>
    lines(...list(n, (i) => one({ contract: `c${i}`, term: "1 month + 100 renewals of 1 month" }))),
  orders: (n) =>
    lines(
      ...suppliers(1),
      one({
        lots: [{ lot: "1", ceiling: "EUR 1k", suppliers: ["s0"] }],
        orders: list(n, (i) => ({
          order: `PO-${i}`,
          lot: "1",
          supplier: "s0",
          date: `2024-0${(i % 9) + 1}-01`,
          amount: "EUR 12",
          buyer: `B${i}`,
        })),
      }),
    ),
  "orders bad": (n) =>
    lines(
      ...suppliers(n),
      one({
        lots: lots(n),
        orders: list(n, (i) => ({
          order: `PO-${i}`,
          lot: `${i}`,
          supplier: `s${i}`,
          date: "2010-01-01",
          amount: "USD 12",
        })),
      }),
    ),
  "orders unknown lot": (n) =>
    lines(
      ...suppliers(n),
      one({
        lots: lots(n),
        orders: list(n, (i) => ({
          order: `PO-${i}`,
          lot: `x${i}`,
          supplier: `zz${i}`,
          date: "2010-01-01",
          amount: "USD 12",
        })),
      }),
    ),
  "orders unplaced": (n) =>
    lines(
      ...suppliers(n),
      one({ lots: lots(n), orders: list(n, (i) => ({ order: `PO-${i}`, date: "2024-01-01", amount: "EUR 12" })) }),
    ),
  "orders by supplier of all lots": (n) =>
    lines(
      ...suppliers(1),
      one({
        lots: lots(n, () => ({ suppliers: ["s0"] })),
        orders: list(n, (i) => ({ order: `PO-${i}`, supplier: "s0", date: "2024-01-01", amount: "EUR 12" })),
      }),
    ),
  "orders by suppliers of all lots": (n) =>
    lines(
      ...suppliers(n),
      one({
        lots: lots(n, (i) => ({ suppliers: [`s${i}`, `s${(i + 1) % n}`] })),
        orders: list(n, (i) => ({ order: `PO-${i}`, supplier: `s${i}`, date: "2024-01-01", amount: "EUR 12" })),
      }),
    ),
  "orders of one that left lot by lot": (n) => {
    const day = (i: number) => new Date(Date.UTC(2024, 0, 2 + i)).toISOString().slice(0, "2024-01-02".length);
    return lines(
      { supplier: "s", name: "S", successions: list(n, (i) => ({ left: day(i), contract: "c", lot: `${i}` })) },
      one({
        lots: lots(n, () => ({ suppliers: ["s"] })),
        orders: list(n, (i) => ({ order: `PO-${i}`, supplier: "s", date: day(i), amount: "EUR 12" })),
      }),
    );
  },
  "orders of unknown suppliers": (n) =>
    lines(
      one({
        lots: lots(n),
        orders: list(n, (i) => ({ order: `PO-${i}`, supplier: `z${i}`, date: "2024-01-01", amount: "EUR 12" })),
      }),
    ),
  "orders coarse dates": (n) =>
    lines(
      one({
        orders: list(n, (i) => ({ order: `PO-${i}`, buyer: `B${i}`, date: `${2e3 + (i % 24)}`, amount: "EUR 12" })),
      }),
    ),
  "orders under groups": (n) =>
    lines(
      one({
        lots: lots(n),
        groups: list(n, (i) => group(i, [`${i}`, `${(i + 1) % n}`])),
        orders: list(n, (i) => ({ order: `PO-${i}`, lot: `${i}`, date: "2024-01-01", amount: "EUR 12" })),
      }),
    ),
  "call-off chain": (n) => lines(...callOffs(n, (i) => (i === 0 ? undefined : `c${i - 1}`))),
  "call-off chain backwards": (n) => lines(...callOffs(n, (i) => (i === n - 1 ? undefined : `c${i + 1}`))),
  "call-off ring": (n) => lines(...callOffs(n, (i) => `c${(i + 1) % n}`)),
  "call-offs of one": (n) => lines(...callOffs(n, (i) => (i === 0 ? undefined : "c0"))),
  "call-offs of unknown": (n) => lines(...callOffs(n, (i) => `x${word(i)}`)),
  "successions from contracts": (n) =>
    lines(
      { supplier: "s", name: "S", successions: list(n, (i) => ({ left: "2022-06", contract: `c${i}`, lot: "1" })) },
      ...list(n, (i) => one({ contract: `c${i}`, lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: ["s"] }] })),
    ),
  settled: (n) =>
    lines(
      ...suppliers(n),
      one({
        lots: lots(n, (i) => ({ suppliers: [`s${i}`] })),
        settledContracts: list(n, (i) => ({ settled: `K${i}`, lots: [`${i}`], suppliers: [`s${i}`], value: "EUR 2M" })),
      }),
    ),
  "shared awards": (n) =>
    lines(
      one({ lots: lots(n), sharedAwards: list(n, (i) => ({ lots: [`${i}`, `${(i + 1) % n}`], value: "EUR 3M" })) }),
    ),
  ignores: (n) =>
    lines(
      one({
        lots: lots(n, () => ({ ceiling: "EUR 1M", estimate: "EUR 1k" })),
        ignore: list(n, () => ({ rule: "T4-estimate", reason: "r" })),
      }),
    ),
  reestimates: (n) => lines(one({ reestimate: "EUR 1M", lots: lots(n, () => ({ reestimate: "EUR 1k" })) })),
  "long title": (n) =>
    lines(
      one({
        title: "word ".repeat(n),
        buyer: "x".repeat(n * 4),
        description: "long text ".repeat(n),
        note: "a\n".repeat(n),
        lots: [{ lot: "1", title: "\u65E5\u672C".repeat(n) }],
      }),
    ),
  "long wrong amount": (n) => lines(one({ ceiling: `EUR ${"1,".repeat(n * 4)}` })),
  "unknown keys": (n) => lines(one(Object.fromEntries(list(n, (i) => [`k${word(i)}${i}`, "v"])))),
  "wrong words": (n) => lines(one({ lots: lots(n, (i) => ({ status: `awardd${i}` })) })),
  "deep lists": (n) => `{"contract":"c","lots":${"[".repeat(n)}${"]".repeat(n)}}
`,
  "tiny bad lines": (n) => "{}\n".repeat(n),
  "tiny broken lines": (n) => "{\n".repeat(n),
  escapes: (n) => `{"contract":"c","title":"${"\\u0041".repeat(n * 4)}","lots":[]}
`,
  "pretty json": (n) =>
    JSON.stringify(
      { suppliers: suppliers(n), contracts: [one({ lots: lots(n, (i) => ({ suppliers: [`s${i}`] })) })] },
      null,
      2,
    ),
};
