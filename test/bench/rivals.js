/** The same two questions put to other tools: arguments for totals by supplier, and for the suppliers of one lot. */

const JQ_TOTALS = `
  [inputs | .lots[]? | .suppliers as $all | (.ceiling[4:] | tonumber) as $amount
    | {supplier: $all[], sole: ($all | length == 1), $amount}]
  | group_by(.supplier, .sole) | map({supplier: .[0].supplier, sole: .[0].sole, total: (map(.amount) | add)})`;

const MLR_TOTALS = `
  if (is_present($lots)) {
    for (_, lot in $lots) {
      num amount = float(substr(lot["ceiling"], 4, -1));
      str kind = length(lot["suppliers"]) == 1 ? "sole" : "shared";
      for (_, supplier in lot["suppliers"]) { @totals[supplier][kind] += amount }
    }
  }
  end { emit @totals, "supplier" }`;

/** Of releases of OCDS: how many lots each supplier holds, and the ceilings of those that it holds alone and with others. */
export const JQ_RELEASES = `
  [inputs | (.parties | map({key: .id, value: "\\(.identifier.scheme):\\(.identifier.id)"}) | from_entries) as $ids
    | [.awards[] | select(.status == "active")] | group_by(.relatedLots[0])[]
    | (map(.maximumValue.amount) | max) as $amount | ([.[].suppliers[].id | $ids[.]] | unique) as $all
    | {supplier: $all[], sole: ($all | length == 1), $amount}]
  | group_by(.supplier) | map({
      supplier: .[0].supplier,
      lots: length,
      sole: (map(select(.sole).amount) | add),
      shared: (map(select(.sole | not).amount) | add)
    })`;

/** `lines` is the register in JSON Lines, `records` the same seats in the format of GNU recutils. */
export const rivals = ({ lines, records }, { contract, lot }) => [
  {
    command: "jq",
    totals: ["-n", "-c", JQ_TOTALS, lines],
    oneLot: ["-c", `select(.contract == "${contract}") | .lots[] | select(.lot == "${lot}") | .suppliers`, lines],
  },
  {
    command: "mlr",
    totals: ["--ijsonl", "--ojson", "put", "-q", MLR_TOTALS, lines],
    oneLot: [
      "--ijsonl",
      "--ojson",
      "filter",
      `$contract == "${contract}"`,
      "then",
      "put",
      "-q",
      `for (_, lot in $lots) { if (lot["lot"] == ${lot}) { emit1 {"suppliers": joinv(lot["suppliers"], ",")} } }`,
      lines,
    ],
  },
  {
    command: "recsel",
    totals: ["-G", "Supplier,Kind", "-p", "Supplier,Kind,Sum(Amount)", records],
    oneLot: ["-e", `Lot = "${contract}/${lot}"`, "-P", "Supplier", records],
  },
];
