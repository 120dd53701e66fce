/** Fields of a row as people write them: `EUR 6M`, `≥ 53.9 %`, `EUR 1k to EUR 2k`; empty where nothing is said. */
export type ExpectedRow = Readonly<Record<string, string>>;

export interface Answer {
  /** A for who runs contracts, B for who looks at a market, C for who audits. */
  readonly id: string;
  readonly command: string;
  /** How the answer was worked out. */
  readonly why: string;
  readonly rows: readonly ExpectedRow[];
  readonly exits?: number;
}

/** What test/registers/county says on 2026-06-30, worked out by hand. */
export const COUNTY: readonly Answer[] = [
  {
    id: "A1",
    command: "headroom used:80..",
    why: `roads: 2,427.5k on lot 1 (800 + 400 + 600 + 500 + 14 + 13.5 + 100), 2,700k on lot 2 (1,200 + 900 + 450 + 150) and 20k
      on one of them: 5,147.5k of 6M are 85.79 %, and lot 2 is between 2,700k and 2,720k of 3M. The order of July is later.
      laptops: 120,000.50 + 330,499.50 of 500k for Byte, 499,999.99 + 0.01 for Core. cleaning: 150k + 50k of 200k. catering:
      200k + 139k of 300k. bridges: the two call-offs of 450k and 650k under 1M.`,
    rows: [
      {
        ceilingOf: "roads",
        ceiling: "EUR 6M",
        ordered: "EUR 5,147.5k",
        left: "EUR 852.5k",
        used: "85.8 %",
        use: "warning",
      },
      {
        ceilingOf: "roads/2",
        ceiling: "EUR 3M",
        ordered: "EUR 2.7M to EUR 2.72M",
        left: "EUR 280k to EUR 300k",
        used: "≥ 90 %",
        use: "warning",
      },
      { ceilingOf: "laptops/1 byte", ordered: "EUR 450.5k", left: "EUR 49.5k", used: "90.1 %", use: "warning" },
      { ceilingOf: "laptops/1 core", ordered: "EUR 500k", left: "EUR 0", used: "100 %", use: "exhausted" },
      { ceilingOf: "cleaning/1", ordered: "EUR 200k", left: "EUR 0", used: "100 %", use: "exhausted" },
      { ceilingOf: "catering/1", ordered: "EUR 339k", left: "EUR -39k", used: "113 %", use: "breach" },
      { ceilingOf: "ocds-marrow-bridges/1", ordered: "EUR 1.1M", left: "EUR -100k", used: "110 %", use: "breach" },
    ],
  },
  {
    id: "A2",
    command: 'fits "EUR 290k" --lot roads/2',
    why: "2,700k and 290k are within 3M; with the 20k that may lie here and the 50k of July they are 60k above it: nobody knows.",
    rows: [
      {
        ceilingOf: "roads",
        ordered: "EUR 5,147.5k to EUR 5,197.5k",
        leftAfter: "EUR 512.5k to EUR 562.5k",
        fits: "yes",
      },
      { ceilingOf: "roads/2", ordered: "EUR 2.7M to EUR 2.77M", leftAfter: "EUR -60k to EUR 10k", fits: "unknown" },
    ],
    exits: 1,
  },
  {
    id: "A2b",
    command: 'fits "EUR 130k" --lot roads/1',
    why: "4M and the modifications of 500k and 100k, less 2,427.5k to 2,447.5k, less 130k; the order of July is on lot 2.",
    rows: [
      { ceilingOf: "roads", leftAfter: "EUR 672.5k to EUR 722.5k", fits: "yes" },
      { ceilingOf: "roads/1", ceiling: "EUR 4.6M", leftAfter: "EUR 2,022.5k to EUR 2,042.5k", fits: "yes" },
    ],
  },
  {
    id: "A2c",
    command: "headroom lot:roads/2 --by buyer",
    why: "Who else draws on it: all of roads by buyer, and of lot 2 the council (1,200 + 900 + 150, and perhaps 20) and the harbour (450).",
    rows: [
      { ceilingOf: "roads", buyer: "Elsewhere Town", ordered: "EUR 100k" },
      // 800 + 400 + 1,200 + 900 + 500 + 14 + 13.5 + 150 + 20.
      { ceilingOf: "roads", buyer: "Marrow County Council", ordered: "EUR 3,997.5k" },
      { ceilingOf: "roads", buyer: "Marrow Harbour", ordered: "EUR 1,050k" },
      { ceilingOf: "roads/2", buyer: "Marrow County Council", ordered: "EUR 2,250k to EUR 2,270k" },
      { ceilingOf: "roads/2", buyer: "Marrow Harbour", ordered: "EUR 450k" },
    ],
  },
  {
    id: "A3",
    command: "headroom --burn runsOut:before-end",
    why: `From January to June 450k + 150k and perhaps 20k on lot 2 of roads: 100k to 103.3k a month, of which 280k to 300k last
      2.7 to 3 months, and the firm part ends in 6. What is used up has run out: Core, cleaning, the bridges; catering, too,
      but its firm part is over. Of buses/1 300k of 1.2M are left, at 50k a month, and it runs until 2029; of both lots 1M, at
      276,543.22 in six months. All of roads lasts 6.8 months at 124.6k.`,
    rows: [
      { ceilingOf: "roads/2", pace: "EUR 100,000 to EUR 103,333.33", monthsLeft: "2.7 to 3", firmEnd: "2026-12-31" },
      { ceilingOf: "laptops/1 core", pace: "EUR 83,333.33", monthsLeft: "0", firmEnd: "2026-12-08" },
      { ceilingOf: "cleaning/1", pace: "EUR 8,333.33", monthsLeft: "0", firmEnd: "2026-09-30" },
      { ceilingOf: "buses", pace: "GBP 46,090.54", monthsLeft: "21.6", firmEnd: "2029-04-09" },
      { ceilingOf: "buses/1", pace: "GBP 50,000", monthsLeft: "6", firmEnd: "2029-04-09" },
      { ceilingOf: "ocds-marrow-bridges/1", pace: "EUR 108,333.33", monthsLeft: "0", firmEnd: "2027-02-28Z" },
    ],
  },
  {
    id: "A4",
    command: "expiring --within 12m --renewals",
    why: `Until 2027-06-30. Terms end on the day before the begin comes round: laptops from 2024-12-09, trees from 2025-01-15. The
      first renewal of roads was exercised; its second, and the next of the software, end later; nobody decided that of catering.`,
    rows: [
      { contract: "catering", what: "firm", end: "2026-02-28", certainty: "certain" },
      { contract: "software", what: "firm", end: "2026-08-31", certainty: "certain" },
      { contract: "cleaning", what: "firm", end: "2026-09-30", certainty: "certain" },
      { contract: "laptops", what: "firm", end: "2026-12-08", certainty: "certain" },
      { contract: "roads", what: "firm", end: "2026-12-31", certainty: "certain" },
      { contract: "trees", what: "firm", end: "2027-01-14", certainty: "certain" },
      { contract: "hire", what: "firm", end: "2027-02-19", certainty: "certain" },
      { contract: "catering", what: "renewal 1", end: "2027-02-28", certainty: "possible" },
      { contract: "ocds-marrow-bridges", what: "firm", end: "2027-02-28Z", certainty: "certain" },
    ],
  },
  {
    id: "A5",
    command: "expiring --decisions",
    why: `Three months before the end of February are the end of November; nine before 2026-12-08 are 2026-03-08; 60 days before
      2026-08-31 are 2026-07-02; three months before the end of 2026 are the end of September, twelve before that of 2027 the
      end of 2026.`,
    rows: [
      { contract: "catering", act: "decide renewal 1", by: "2025-11-30", overdue: "overdue" },
      { contract: "laptops", act: "begin the next procedure", by: "2026-03-08", overdue: "overdue" },
      { contract: "roads", act: "review", by: "2026-05-15", overdue: "overdue" },
      { contract: "software", act: "give notice", by: "2026-07-02", overdue: "" },
      { contract: "roads", act: "decide renewal 2", by: "2026-09-30", overdue: "" },
      { contract: "roads", act: "begin the next procedure", by: "2026-12-31", overdue: "" },
    ],
  },
  {
    id: "A6",
    command: "orders lot:roads/2",
    why: "3M less each in turn; of the last only the contract's balance is certain: 6M less all 5,147.5k.",
    rows: [
      { date: "2024-09-15", order: "R-03", amount: "EUR 1.2M", ceilingOf: "roads/2", leftAfter: "EUR 1.8M" },
      { date: "2025-06-30", order: "R-05", amount: "EUR 900k", ceilingOf: "roads/2", leftAfter: "EUR 900k" },
      { date: "2026-03-31", order: "R-09", amount: "EUR 450k", ceilingOf: "roads/2", leftAfter: "EUR 450k" },
      { date: "2026-04-01", order: "R-10", amount: "EUR 150k", ceilingOf: "roads/2", leftAfter: "EUR 300k" },
      {
        date: "2026-06",
        order: "R-13",
        amount: "EUR 20k",
        ceilingOf: "roads",
        leftAfter: "EUR 852.5k",
        counts: "possible",
      },
    ],
  },
  {
    id: "A7",
    command: "orders --by buyer,year --fiscal-start 04",
    why: `Years from April: 2026-03-31 is of 2025/26, 2026-04-01 of 2026/27. The council in 2024/25: 400k + 1.2M + 120,000.50; in
      2025/26: 900k + 500k + 14k + 13.5k + 330,499.50 + 500k + 150k + 50k, and the call-off of 450k; in 2026/27: 150k + 20k +
      99k, and that of 650k. The harbour: 200k; 600k of roads and 12k; 450k and 139k. A credit of 23,456.78 takes away.`,
    rows: [
      { row: "group", buyer: "Elsewhere Town", year: "2026/27", orders: "1", ordered: "EUR 100k" },
      { row: "group", buyer: "Marrow County Council", year: "2023/24", orders: "1", ordered: "EUR 800k" },
      { row: "group", buyer: "Marrow County Council", year: "2024/25", orders: "3", ordered: "EUR 1,720,000.50" },
      { row: "group", buyer: "Marrow County Council", year: "2024/25", orders: "1", ordered: "5,000.5 hours" },
      { row: "group", buyer: "Marrow County Council", year: "2025/26", orders: "10", ordered: "EUR 2,907,999.50" },
      { row: "group", buyer: "Marrow County Council", year: "2025/26", orders: "1", ordered: "4,000 hours" },
      { row: "group", buyer: "Marrow County Council", year: "2026/27", orders: "4", ordered: "EUR 919k" },
      { row: "group", buyer: "Marrow Harbour", year: "2023/24", orders: "1", ordered: "EUR 200k" },
      { row: "group", buyer: "Marrow Harbour", year: "2024/25", orders: "2", ordered: "EUR 612k" },
      { row: "group", buyer: "Marrow Harbour", year: "2025/26", orders: "2", ordered: "EUR 589k" },
      { row: "group", buyer: "Northmoor Borough", year: "2025/26", orders: "3", ordered: "GBP 723,456.78" },
      { row: "group", buyer: "Northmoor Borough", year: "2026/27", orders: "2", ordered: "GBP 276,543.22" },
      { row: "total", ordered: "EUR 7,848k" },
      { row: "total", ordered: "GBP 1M" },
      { row: "total", ordered: "9,000.5 hours" },
    ],
  },
  {
    id: "A7b",
    command: "orders --by supplier,quarter contract:roads",
    why: "2026-Q1: 14k + 13.5k + 450k; 2026-Q2: 150k + 100k of some day in May + 20k of some day in June, on whatever lot.",
    rows: [
      { row: "group", name: "Stonebridge", quarter: "2024-Q2", ordered: "EUR 400k" },
      { row: "group", name: "Stonebridge", quarter: "2025-Q4", ordered: "EUR 500k" },
      { row: "group", name: "Tarmac & Sons", quarter: "2024-Q1", ordered: "EUR 800k" },
      { row: "group", name: "Tarmac & Sons", quarter: "2024-Q3", ordered: "EUR 1.2M" },
      { row: "group", name: "Tarmac & Sons", quarter: "2025-Q1", ordered: "EUR 600k" },
      { row: "group", name: "Tarmac & Sons", quarter: "2025-Q2", ordered: "EUR 900k" },
      { row: "group", name: "Tarmac & Sons", quarter: "2026-Q1", ordered: "EUR 477.5k" },
      { row: "group", name: "Tarmac & Sons", quarter: "2026-Q2", ordered: "EUR 270k" },
      { row: "total", ordered: "EUR 5,147.5k" },
    ],
  },
  {
    id: "A7c",
    command: "orders --by lot contract:roads",
    why: "The order that names no lot is possible on both, and certain in all.",
    rows: [
      { row: "group", lot: "roads/1", orders: "7", ordered: "EUR 2,427.5k", possible: "EUR 20k" },
      { row: "group", lot: "roads/2", orders: "4", ordered: "EUR 2,700k", possible: "EUR 20k" },
      { row: "total", ordered: "EUR 5,147.5k" },
    ],
  },
  {
    id: "A8",
    command: "headroom contract:hire",
    why: "12,000 less 5,000.5 and 4,000 hours; 9,000.5 of 12,000 are 75.004 %.",
    rows: [
      { ceilingOf: "hire/1", ceiling: "12,000 hours", ordered: "9,000.5 hours", left: "2,999.5 hours", used: "75 %" },
    ],
  },
  {
    id: "A9",
    command: "check --only L2",
    why: "500k and 100k are 15 % of 4M, and changes of works have to stay below 15 %.",
    rows: [{ severity: "warning", rule: "L2-threshold", line: "62" }],
  },
  {
    id: "A10",
    command: "headroom contract:catering --fail-on breach",
    why: "339k are more than 300k: exit code 1.",
    rows: [{ ceilingOf: "catering/1", use: "breach" }],
    exits: 1,
  },
  {
    id: "B1",
    command: "suppliers buyer:marrow currency:EUR --sort -awarded --limit 2",
    why: "2.8M of lot 2 alone, as nothing tells what lot 1 was awarded for; 180k + 310k.",
    rows: [
      { name: "Tarmac & Sons", awarded: "≥ EUR 2.8M", sole: "EUR 3M", shared: "EUR 4.6M", ordered: "EUR 4,247.5k" },
      { name: "Mop and Bucket", awarded: "EUR 490k", sole: "EUR 500k", shared: "EUR 0", ordered: "EUR 539k" },
    ],
  },
  {
    id: "B2",
    command: "total --by country",
    why: `Britain: the buses' 2M, at least, as nothing tells what trees may cost. Ireland: 6M + 1.5M + 200k + 300k + 40k + 1.2M.
      The notices of the bridges write their country in words.`,
    rows: [
      { row: "group", buyerCountry: "GB", lots: "3", ceiling: "≥ GBP 2M", awarded: "≥ GBP 1.8M", ordered: "≥ GBP 1M" },
      {
        row: "group",
        buyerCountry: "IE",
        lots: "8",
        ceiling: "EUR 9.24M",
        awarded: "≥ EUR 3.29M",
        ordered: "EUR 6,748k",
      },
      { row: "group", buyerCountry: "IE", lots: "8", ceiling: "12,000 hours", ordered: "9,000.5 hours" },
      { row: "group", buyerCountry: "", lots: "1", ceiling: "EUR 1M", ordered: "EUR 1.1M" },
      { row: "total", ceiling: "≥ EUR 10.24M" },
      { row: "total", ceiling: "≥ GBP 2M" },
      { row: "total", ceiling: "12,000 hours" },
    ],
  },
  {
    id: "B2b",
    command: "total --by cpv:2 contract:roads,hire,laptops",
    why: "45233141 and 45500000 are of division 45; roads may cost 6M however much its lots may.",
    rows: [
      { row: "group", cpv: "30000000", lots: "1", ceiling: "EUR 1.5M" },
      { row: "group", cpv: "45000000", lots: "3", ceiling: "EUR 6M" },
      { row: "group", cpv: "45000000", lots: "3", ceiling: "12,000 hours" },
      { row: "total", ceiling: "EUR 7.5M" },
      { row: "total", ceiling: "12,000 hours" },
    ],
  },
  {
    id: "B2c",
    command: "total --by procedure currency:EUR",
    why: "Direct: 200k + 1M; open: 6M + 1.5M; restricted: 1.2M; the software says nothing of its procedure.",
    rows: [
      { row: "group", procedureType: "direct", ceiling: "EUR 1.2M", awarded: "≥ EUR 180k", ordered: "EUR 1.3M" },
      { row: "group", procedureType: "negotiated", ceiling: "EUR 300k", awarded: "EUR 310k", ordered: "EUR 339k" },
      { row: "group", procedureType: "open", ceiling: "EUR 7.5M", awarded: "≥ EUR 2.8M", ordered: "EUR 6,197k" },
      { row: "group", procedureType: "restricted", ceiling: "EUR 1.2M", ordered: "EUR 12k" },
      { row: "group", procedureType: "", ceiling: "EUR 40k", ordered: "EUR 0" },
      { row: "total", ceiling: "EUR 10.24M", awarded: "≥ EUR 3.29M", ordered: "EUR 7,848k" },
    ],
  },
  {
    id: "B2d",
    command: "total --by month awardDate:2024-12..2025-02",
    why: "laptops in December, trees in January, the bridges in February.",
    rows: [
      { row: "group", month: "2024-12", ceiling: "EUR 1.5M", ordered: "EUR 1,049.5k" },
      { row: "group", month: "2025-01", ceiling: "", ordered: "" },
      { row: "group", month: "2025-02", ceiling: "EUR 1M", ordered: "EUR 1.1M" },
      { row: "total", ceiling: "≥ EUR 2.5M", ordered: "≥ EUR 2,149.5k" },
    ],
  },
  {
    id: "B3",
    command: "suppliers --shares",
    why: `2,800 and 490 of 3,290 are 85.106 % and 14.894 %, whose squares come to 7,464.9; 1.1 and 0.7 of 1.8 are 61.111 % and
      38.889 %: 5,246.9.`,
    rows: [
      {
        row: "supplier",
        currency: "EUR",
        rank: "1",
        name: "Tarmac & Sons",
        awarded: "EUR 2.8M",
        share: "85.1 %",
        cumulative: "85.1 %",
        hhi: "",
      },
      {
        row: "supplier",
        currency: "EUR",
        rank: "2",
        name: "Mop and Bucket",
        awarded: "EUR 490k",
        share: "14.9 %",
        cumulative: "100 %",
        hhi: "",
      },
      { row: "top", currency: "EUR", name: "All 2", awarded: "EUR 3.29M", share: "100 %", hhi: "" },
      { row: "total", awarded: "≥ EUR 3.29M" },
      {
        row: "supplier",
        currency: "GBP",
        rank: "1",
        name: "Swift Coaches",
        awarded: "GBP 1.1M",
        share: "61.1 %",
        cumulative: "61.1 %",
        hhi: "",
      },
      {
        row: "supplier",
        currency: "GBP",
        rank: "2",
        name: "Dale Buses",
        awarded: "GBP 0.7M",
        share: "38.9 %",
        cumulative: "100 %",
        hhi: "",
      },
      { row: "top", currency: "GBP", name: "All 2", awarded: "GBP 1.8M", share: "100 %", hhi: "" },
      { row: "total", awarded: "≥ GBP 1.8M" },
    ],
  },
  {
    id: "B4",
    command: "lots offers:1",
    why: "The notice of the bridges counts one bid, too.",
    rows: [
      { contract: "roads", lot: "2", ceiling: "EUR 3M", awarded: "EUR 2.8M" },
      { contract: "cleaning", lot: "1", ceiling: "EUR 200k", awarded: "EUR 180k" },
      { contract: "buses", lot: "2", ceiling: "GBP 0.8M", awarded: "GBP 0.7M" },
      { contract: "ocds-marrow-bridges", lot: "1", ceiling: "EUR 1M", awarded: "" },
    ],
  },
  {
    id: "B5",
    command: "lots procedure:direct --fields contract,lot,directAward,suppliers",
    why: "A code of the register, and words of the notice.",
    rows: [
      { contract: "cleaning", lot: "1", directAward: "urgency", suppliers: "Mop and Bucket" },
      {
        contract: "ocds-marrow-bridges",
        lot: "1",
        directAward: "Only one firm has the drawings",
        suppliers: "Span Engineers",
      },
    ],
  },
  {
    id: "B5b",
    command: "suppliers sme:yes --fields name,size,lots,awarded",
    why: "Small, micro and medium ones; of Delta and Span nothing tells.",
    rows: [
      { name: "Byte Brothers", size: "small", lots: "2", awarded: "" },
      { name: "Dale Buses", size: "small", lots: "2", awarded: "≥ GBP 0.7M" },
      { name: "Mop and Bucket", size: "micro", lots: "2", awarded: "EUR 490k" },
      { name: "Stonebridge", size: "medium", lots: "2", awarded: "" },
      { name: "Stonebridge", size: "medium", lots: "2", awarded: "" },
    ],
  },
  {
    id: "B5c",
    command: "contracts daysToAward:100.. --fields contract,callDate,awardDate,daysToAward",
    why: "29 days of June, 31 + 31 + 30 + 31 of the months between, 14 of November; 30, 30 + 31 + 30, 9.",
    rows: [
      { contract: "roads", callDate: "2023-06-01", awardDate: "2023-11-14", daysToAward: "166" },
      { contract: "laptops", callDate: "2024-08-01", awardDate: "2024-12-09", daysToAward: "130" },
    ],
  },
  {
    id: "B6",
    command: "headroom contract:ocds-marrow-bridges",
    why: "What was bought under it are the two call-offs, each a process of its own.",
    rows: [{ ceilingOf: "ocds-marrow-bridges/1", ceiling: "EUR 1M", ordered: "EUR 1.1M", left: "EUR -100k" }],
  },
  {
    id: "B7",
    command: "total --why contract:roads,laptops",
    why: "4.6M and 3M may not be spent under 6M; 500k each for three.",
    rows: [
      { action: "left out", ceilingOf: "roads/1", amount: "EUR 4.6M" },
      { action: "left out", ceilingOf: "roads/2", amount: "EUR 3M" },
      { action: "counted", ceilingOf: "roads", amount: "EUR 6M" },
      { action: "counted", ceilingOf: "laptops/1", amount: "EUR 1.5M" },
    ],
  },
  {
    id: "B8",
    command: "show cleaning",
    why: "All that is said of it, and what follows: a year from 2025-10-01.",
    rows: [
      { fact: "contract", value: "cleaning" },
      { fact: "title", value: "Cleaning after the flood" },
      { fact: "kind", value: "framework agreement" },
      { fact: "regime", value: "classic" },
      { fact: "procedureType", value: "direct" },
      { fact: "directAward", value: "urgency" },
      { fact: "nature", value: "services" },
      { fact: "cpv", value: "90910000" },
      { fact: "buyer", value: "Marrow County Council" },
      { fact: "buyerCountry", value: "IE" },
      { fact: "awardDate", value: "2025-10-01" },
      { fact: "term", value: "1 year" },
      { fact: "firm end", value: "2026-09-30" },
      { fact: "latest end", value: "2026-09-30" },
      { fact: "ends counted from", value: "the award" },
      { fact: "state", value: "firm" },
      { fact: "renewals left", value: "0" },
      { fact: "total of its lots", value: "EUR 200k" },
      { fact: "lot 1" },
    ],
  },
  {
    id: "C1",
    command: "headroom use:breach",
    why: "By the orders of a register, and by published call-offs.",
    rows: [
      { ceilingOf: "catering/1", used: "113 %", use: "breach" },
      { ceilingOf: "ocds-marrow-bridges/1", used: "110 %", use: "breach" },
    ],
  },
  {
    id: "C2",
    command: "check --only T4-awarded,T4-sum,T10",
    why: "roads declares 6M, and its lots 4.6M and 3M; 310k were awarded under 300k.",
    rows: [
      { severity: "warning", rule: "T4-sum", line: "36" },
      { severity: "warning", rule: "T4-awarded", line: "140" },
    ],
  },
  {
    id: "C3",
    command: "check --only D2",
    why: "Six years, and no reason.",
    rows: [{ severity: "warning", rule: "D2-length", line: "198" }],
  },
  {
    id: "C4",
    command: "check --only D1-order,D1-undecided,L1-seat,L1-buyer,L1-unplaced",
    why: `Files in their order: two of the ledger, then the contracts' own: a renewal that nobody decided, an order two weeks
      before the award, and one with Core, which has no seat.`,
    rows: [
      { rule: "L1-buyer", line: "12" },
      { rule: "L1-unplaced", line: "14" },
      { rule: "D1-undecided", line: "126" },
      { rule: "D1-order", line: "142" },
      { rule: "L1-seat", line: "208" },
    ],
  },
  {
    id: "C5",
    command: "check --only L2",
    why: "As above: small changes of works have to stay below 15 % in all.",
    rows: [{ severity: "warning", rule: "L2-threshold", line: "62" }],
  },
  {
    id: "C6",
    command: "lots is:framework missing:ceiling",
    why: "Of the diggers hours are limited, of the trees nothing is.",
    rows: [
      { contract: "hire", lot: "1", quantity: "12,000 hours" },
      { contract: "trees", lot: "1", quantity: "" },
    ],
  },
  {
    id: "C6b",
    command: "check --only L1-maximum",
    why: "Only the trees have no maximum of any kind.",
    rows: [{ severity: "info", rule: "L1-maximum", line: "162" }],
  },
  {
    id: "C7",
    command: "compare",
    why: "1.31M is neither cut nor rounded to 1.2M.",
    rows: [
      {
        record: "legal/1",
        fact: "ceiling",
        source: "notices",
        value: "EUR 1.2M",
        otherSource: "council",
        otherValue: "EUR 1.31M",
        difference: "EUR 110k",
        verdict: "contradicts",
      },
    ],
  },
  {
    id: "C8",
    command: "orders --sample 5 --seed 7 --fields contract,order",
    why: "Of 31 orders those with the smallest `printf '7\\n%s\\n%s' CONTRACT ORDER | sha256sum`.",
    rows: [
      { contract: "roads", order: "R-05" },
      { contract: "roads", order: "R-11" },
      { contract: "cleaning", order: "C-2" },
      { contract: "buses", order: "B-1" },
      { contract: "buses", order: "B-4" },
    ],
  },
  {
    id: "C9",
    command: 'check --only L5 --split-below "EUR 15k" --split-days 30',
    why: "14k and 13.5k with one supplier within six days; an order to the second of a cascade that says of nobody that it declined.",
    rows: [
      { severity: "warning", rule: "L5-split", line: "38" },
      { severity: "warning", rule: "L5-cascade", line: "38" },
    ],
  },
  {
    id: "C9b",
    command: "contracts is:undecided --fields contract,firmEnd,latestEnd,state",
    why: "Its firm part is over, and its renewal could run.",
    rows: [{ contract: "catering", firmEnd: "2026-02-28", latestEnd: "2027-02-28", state: "ended or renewal 1" }],
  },
];
