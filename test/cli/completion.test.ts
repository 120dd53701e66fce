import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { typedLine } from "../../src/cli/completion.ts";
import { COMMANDS } from "../../src/commands/commands.ts";
import { runInProcess, type World } from "../cases/run-in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-completion-"));
const at = (name: string): string => join(folder, name);
const twoContracts = at("two.yaml");

beforeAll(() => {
  writeFileSync(
    twoContracts,
    `queries: [{ query: late, find: "latestEnd:..2026" }]
sources: [{ source: gazette, title: The Gazette }]
suppliers:
  - { supplier: quay, name: Quay and Mast, aliases: [Old Quay], members: [{ name: Numen, country: ES }] }
  - { supplier: hidden, name: "Evil\\u202e" }
contracts:
  - contract: harbour
    title: Harbour
    buyer: Port, of "Example"
    lots: [{ lot: 1, title: Networks, service: IaaS, suppliers: [quay] }]
  - contract: fleet
    buyer: City
    lots: [{ lot: 1, title: Vans, service: "ev\\u202eil", suppliers: [hidden] }, { lot: 2, service: ~odd.. }]
  - { contract: empty, ceiling: EUR 1M, buyer: "No\\u202ebody", lots: [] }
`,
  );
  mkdirSync(at("here"));
  mkdirSync(at("here/contracts"));
  for (const name of ["a.yaml", "b.zip", "note.txt", ".hidden.yaml"]) writeFileSync(at(`here/${name}`), "");
  writeFileSync(at("huge.yaml"), `# ${"x".repeat(5 << 20)}\ncontracts: [{ contract: huge }]\n`);
  mkdirSync(at("many"));
  for (let index = 0; index < 600; index++) writeFileSync(at(`many/${index}.yaml`), "contracts: []\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is offered for the last of the words, as fish is told it, without what it means. */
const offered = async (words: readonly string[], world: World = {}): Promise<readonly string[]> => {
  const { stdout, stderr, exitCode } = await runInProcess(["__complete", "fish", ...words], world);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0] ?? "");
};

describe("commands, options and topics", () => {
  test("commands, with what they answer", async () => {
    expect(await offered([""])).toEqual([...COMMANDS.map(({ name }) => name), "help"]);
    expect(await offered(["to"])).toEqual(["total"]);
    expect((await runInProcess(["__complete", "zsh", "lot"])).stdout).toBe(
      "lots\twhat each lot is, its ceiling, and who holds it\n",
    );
    expect(await offered(["--at", "2018", "to"])).toEqual(["total"]);
  });

  test("help takes a command or a topic, once", async () => {
    expect(await offered(["help", "or"])).toEqual(["orders", "orders"]);
    expect(await offered(["help", "quer"])).toEqual(["queries"]);
    expect(await offered(["--", "help", "quer"])).toEqual(["queries"]);
    expect(await offered(["help", "queries", ""])).toEqual([]);
  });

  test("nothing follows a command that does not exist", async () => {
    expect(await offered(["nope", ""])).toEqual([]);
  });

  test("options of the command and those of all, without those that it refuses, hide or has", async () => {
    expect(await offered(["total", "--s"])).toEqual(["--split", "--supplier", "--skip-bad", "--sort"]);
    expect(await offered(["headroom", "--fi"])).toEqual(["--fields"]);
    expect(await offered(["init", "--d"])).toEqual([]);
    expect(await offered(["lots", "--sort", "lot", "--s"])).toEqual(["--supplier", "--skip-bad"]);
    expect(await offered(["lots", "--lot", "1", "--lo"])).toEqual(["--lot", "--locale"]);
    expect(await offered(["lots", "-"])).toContain("--help");
    expect(await offered(["--he"])).toEqual(["--help"]);
  });

  test("behind -- there are no options", async () => {
    expect(await offered(["lots", "--", "--s"])).toEqual([]);
  });
});

describe("values of options", () => {
  test.each([
    [["lots", "--format", "js"], ["json"]],
    [["lots", "-f", "nd"], ["ndjson"]],
    [["convert", "-f", "js"], ["jsonl"]],
    [["lots", "--format=cs"], ["--format=csv"]],
    [
      ["lots", "--color", "a"],
      ["auto", "always"],
    ],
    [["total", "--by", "de"], ["deployment"]],
    [["total", "--by", "service,de"], ["service,deployment"]],
    [["total", "--by", "service,se"], []],
    [["lots", "--fields", "lot,ti"], ["lot,title"]],
    [["lots", "--json=lot,ti"], ["--json=lot,title"]],
    [["lots", "--sort", "lot,-ceilingP"], ["lot,-ceilingPerSupplier"]],
    [["check", "--only", "N3-r"], ["N3-rounding"]],
    [["headroom", "--fail-on", "br"], ["breach"]],
    [["lots", "--prefer", "d"], ["digit"]],
    [
      ["lots", "--lot", ""],
      ["1", "2", "3"],
    ],
    [["lots", "--supplier", "te"], ["telecom-italia"]],
    [["lots", "--contract", "cl"], ["cloud-i"]],
    [["report", "--title", ""], []],
  ])("%j", async (words, wanted) => {
    expect(await offered(words)).toEqual(wanted);
  });
});

describe("words that are no query", () => {
  test.each([
    [
      ["show", "cl"],
      ["cloud-i", "cloud-team-alliance"],
    ],
    [
      ["show", "cloud-i/"],
      ["cloud-i/1", "cloud-i/2", "cloud-i/3"],
    ],
    [["schema", "lo"], ["lots"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish", "powershell"],
    ],
  ])("%j", async (words, wanted) => {
    expect(await offered(words)).toEqual(wanted);
  });
});

describe("queries", () => {
  test.each([
    [["serv"], ["service:"]],
    [["-serv"], ["-service:"]],
    [["lot:2 AND serv"], ["lot:2 AND service:"]],
    [["(serv"], ["(service:"]],
    [["service:"], ["service:iaas", "service:paas"]],
    [["service:PA"], ["service:PaaS"]],
    [["service:iaas,p"], ["service:iaas,paas"]],
    [["-service:p"], ["-service:paas"]],
    [["service!=p"], ["service!=paas"]],
    [["title:pri"], ['title:"private cloud infrastructure"']],
    [['title:"pri'], ['title:"private cloud infrastructure"']],
    [["supplier:a"], ["supplier:accenture", "supplier:atos"]],
    [["supplier:nume"], ["supplier:numergy"]],
    [["supplierId:a"], ["supplierId:accenture", "supplierId:atos"]],
    [["is:sh"], ["is:shared"]],
    [["has:firm"], ["has:firmEnd"]],
    [["latestEnd:"], ["latestEnd:today..", "latestEnd:..today", "latestEnd:today..today+6m"]],
    [["ceiling:"], []],
    [["nonsense:"], []],
    [["use:"], []],
    [["x".repeat(2_000)], []],
  ])("%j", async ([word = ""], wanted) => {
    expect(await offered(["lots", word])).toEqual(wanted);
  });

  test("fields of other rows only where they are asked", async () => {
    expect(await offered(["lots", "use"])).toEqual(["user:"]);
    expect(await offered(["headroom", "use"])).toEqual(["user:", "used:", "use:"]);
    expect(await offered(["headroom", "use:b"])).toEqual(["use:breach"]);
    expect(await offered(["orders", "description:"])).toEqual([]);
  });
});

describe("data", () => {
  test("those that the line names answer, wherever they stand", async () => {
    for (const words of [
      [twoContracts, "contract:"],
      ["-d", twoContracts, "contract:"],
      [`--data=${twoContracts}`, "contract:"],
      ["--at", "2020", "--skip-bad", "-d", twoContracts, "contract:"],
    ])
      expect(await offered(["lots", ...words])).toEqual(["contract:harbour", "contract:fleet", "contract:empty"]);
    expect(await offered(["show", twoContracts, "har"])).toEqual(["harbour", "harbour/1"]);
  });

  test("else one's own, as the commands find them", async () => {
    const env = { LOTBOOK_DATA: twoContracts };
    expect(await offered(["lots", "contract:h"], { env })).toEqual(["contract:harbour"]);
  });

  test("large data are not read while somebody types", async () => {
    const large = at("large.yaml");
    writeFileSync(large, `contracts: [{ contract: harbour, lots: [{ lot: 1 }] }]\n#${" ".repeat(4 * 2 ** 20)}\n`);
    expect(await offered(["lots", large, "contract:"])).toEqual([]);
    expect(await offered(["lots", twoContracts, large, "contract:"])).toEqual([]);
  });

  test("of several contracts, lots have their whole ids", async () => {
    expect(await offered(["lots", twoContracts, "lot:"])).toEqual(["lot:harbour/1", "lot:fleet/1", "lot:fleet/2"]);
  });

  test("sources, and queries that the register names", async () => {
    expect(await offered(["lots", twoContracts, "--prefer", ""])).toEqual(["gazette"]);
    expect(await offered(["lots", twoContracts, "source:"])).toEqual(["source:gazette"]);
    expect(await offered(["lots", twoContracts, ":"])).toEqual([":late"]);
  });

  test("notices are sources", async () => {
    const [first] = await offered(["lots", join(import.meta.dirname, "../../examples/award-notice.xml"), "source:"]);
    expect(first).toMatch(/^source:\d{8}-\d{4}$/);
  });

  test("values are quoted where the language asks for it, and left out where they hide something", async () => {
    const lots = (word: string) => offered(["lots", twoContracts, word]);
    expect(await lots("buyer:")).toEqual(['buyer:"port, of \\"example\\""', "buyer:city"]);
    expect(await lots("service:")).toEqual(["service:iaas", 'service:"~odd.."']);
    expect(await lots("supplier:old")).toEqual(['supplier:"old quay"']);
    const { stdout } = await runInProcess(["__complete", "zsh", "lots", twoContracts, "supplierId:"]);
    expect(stdout).toBe("supplierId:quay\tQuay and Mast\nsupplierId:hidden\tEvil<U+202E>\n");
  });

  test("what is wrong, too much, or in a pipe has none", async () => {
    writeFileSync(at("broken.yaml"), "contracts: [\n");
    for (const data of [at("broken.yaml"), at("huge.yaml"), at("many"), at("nowhere.yaml"), "-"])
      expect(await offered(["lots", "-d", data, "contract:"], { input: Buffer.from("contracts: []") })).toEqual([]);
  });

  test("reading ends where it takes too long", async () => {
    let now = 0;
    const clock = () => {
      now += 1_000;
      return now;
    };
    expect(await offered(["lots", "contract:"], { now: clock })).toEqual(["contract:cloud-i"]);
  });
});

describe("paths", () => {
  test("data by their names, folders with what ends them, hidden ones where they are asked for", async () => {
    const here = (start: string) => offered(["check", at(`here/${start}`)]);
    expect(await here("")).toEqual([at("here/a.yaml"), at("here/b.zip"), at("here/contracts/")]);
    expect(await here(".h")).toEqual([at("here/.hidden.yaml")]);
    expect(await here("no")).toEqual([]);
    expect(await offered(["lots", "-o", at("here/no")])).toEqual([at("here/note.txt")]);
    expect(await offered(["lots", at("here/a")])).toEqual([at("here/a.yaml")]);
    expect(await offered(["lots", "-d", "builtin:"])).toEqual(["builtin:cloud-i"]);
  });
});

const BREAKS = " \t\n\"'><=;|&(:";

describe("what bash has typed", () => {
  test.each([
    ["lotbook lots ser", ["lots"], "ser", "service:", "service:"],
    ["X=1 lotbook lots --lot 1", ["lots", "--lot"], "1", "1", "1 "],
    ["lotbook lots service:pa", ["lots"], "service:pa", "service:paas", "paas "],
    ["lotbook lots --format=js", ["lots"], "--format=js", "--format=json", "json "],
    ['lotbook lots title:\\"pub', ["lots"], 'title:"pub', 'title:"public cloud"', '\\"public\\ cloud\\" '],
    ["lotbook lots 'title:\"pub", ["lots"], 'title:"pub', 'title:"public cloud"', 'title:"public cloud"'],
    ["lotbook lots 'x:it", ["lots"], "x:it", "x:it's", "x:it'\\''s"],
    ['lotbook lots "x:$', ["lots"], "x:$", 'x:$(a`b\\c"', 'x:\\$(a\\`b\\\\c\\"'],
    ['lotbook lots "a\\$b', ["lots"], "a$b", "a$bc", "a\\$bc"],
    ['lotbook lots "x:a', ["lots"], "x:a", "x:a!b", undefined],
    ["lotbook lots it\\'s", ["lots"], "it's", "it's!", "it\\'s\\! "],
    ["lotbook lots 'a b' c", ["lots", "a b"], "c", "c;d", "c\\;d "],
    ["lotbook lots 'a'b", ["lots"], "ab", "abc", "bc "],
    ["lotbook ", [], "", "lots", "lots "],
    ["lotbook lots a:B", ["lots"], "a:B", "other", undefined],
    ["", [], "", "lots", "lots "],
  ])("%s", (line, before, current, word, written) => {
    const typed = typedLine("bash", [BREAKS, line]);
    expect(typed?.before).toEqual(before);
    expect(typed?.current).toBe(current);
    expect(typed?.write(word, "")).toBe(written);
  });
});

test("PowerShell takes words in its own quotes", () => {
  const typed = typedLine("powershell", ["lots", "=service:"]);
  expect(typed?.current).toBe("service:");
  expect(typed?.write("service:paas", "a")).toBe("service:paas\tservice:paas\ta");
  expect(typed?.write("x:it's $(y)", "")).toBe("'x:it''s $(y)'\tx:it's $(y)\t");
  for (const word of ["$a", "a b", "a;b", "a$"]) expect(typed?.write(word, "")).toBe(`'${word}'\t${word}\t`);
});

test("there are scripts for four shells", async () => {
  for (const shell of ["bash", "zsh", "fish", "powershell"])
    expect((await runInProcess(["completion", shell])).stdout).toMatch(new RegExp(`__complete ${shell} `));
  expect((await runInProcess(["__complete", "tcsh", ""])).exitCode).toBe(2);
});
