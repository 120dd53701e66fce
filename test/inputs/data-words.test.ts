import { describe, expect, test } from "vitest";
import { namesData } from "../../src/inputs/data-words.ts";
import { runInProcess } from "../cases/run-in-process.ts";

const named = (words: readonly string[], platform: NodeJS.Platform = "linux") =>
  words.map((word) => [word, namesData(word, platform)]);

const all = (words: readonly string[], names: "surely" | "perhaps" | undefined) => words.map((word) => [word, names]);

describe("words that name data", () => {
  test.each([
    [
      "by their ending",
      "a.yaml a.yml a.jsonl a.json a.xml a.csv a.zip a.gz a.tar a.tgz a.parquet a.store A.YAML x.tar.gz .yaml",
    ],
    ["by where they begin", "- ./a ../a . .. /a ~/a ./a:b git:HEAD:a git:HEAD builtin:cloud-i https://a.example/b"],
  ])("surely, %s", (_, words) => {
    expect(named(words.split(" "))).toEqual(all(words.split(" "), "surely"));
  });

  test("perhaps, by a separator, which the ids of lots have, too", () => {
    expect(named(["contracts/", "cloud-i/2", "a/b c"])).toEqual(all(["contracts/", "cloud-i/2", "a/b c"], "perhaps"));
  });

  test("not where a query says what to look for", () => {
    const words = [
      "lot:cloud-i/2",
      "title:a.yaml",
      "-title:a/b",
      "(lot:a/1",
      "((lot:a/1",
      "-(lot:a/1",
      "NOT lot:a/1",
      'title:"a/b"',
      '"a/b.yaml"',
      "lot=a/1",
      "lot!=a/1",
      "ceiling>10M/2",
      "any(lot:a/1)",
      "@queries/late.query",
      ":late",
      "contracts",
      "cloud",
      "-fleet",
      "10.2M",
      "..2017",
    ];
    expect(named(words)).toEqual(all(words, undefined));
  });

  test("with a drive of Windows, wherever it is", () => {
    const words = ["C:\\data", "c:/data.yaml", "D:\\"];
    expect(named(words)).toEqual(all(words, "surely"));
    expect(named(["c:data", "field:/x"])).toEqual(all(["c:data", "field:/x"], undefined));
  });

  test("on Windows, with its separators and drives, which elsewhere are letters of names", () => {
    const words = ["C:\\data", "c:data", "C:/data", "\\\\server\\data", "\\data", ".\\data", "..\\data"];
    expect(named(words, "win32")).toEqual(all(words, "surely"));
    expect(named(["data\\new", "data/new"], "win32")).toEqual(all(["data\\new", "data/new"], "perhaps"));
    expect(named(["data\\new"])).toEqual(all(["data\\new"], undefined));
  });
});

describe("data that cannot be meant so", () => {
  const hintFor = async (...paths: readonly string[]): Promise<readonly [exitCode: number, said: string]> => {
    const { stderr, exitCode } = await runInProcess(["lots", ...paths]);
    return [exitCode, stderr.trimEnd().replace(/\n +hint: /, "; ")];
  };

  test("paths as Windows writes them are answered with what is there", async () => {
    expect(await hintFor("examples\\fleet.yaml")).toEqual([
      66,
      "lotbook: cannot read examples\\fleet.yaml: no such file or folder; did you mean examples/fleet.yaml?",
    ]);
    expect((await hintFor(".\\examples\\flet.yaml"))[1]).toMatch(/did you mean \.\/examples\/fleet\.yaml\?$/);
    expect(await hintFor("C:\\none\\fleet.yaml")).toEqual([
      66,
      "lotbook: cannot read C:\\none\\fleet.yaml: no such file or folder; this is how Windows writes a path; here, folders begin at /",
    ]);
  });

  test("standard input named twice is refused, in whatever way", async () => {
    const said = [2, expect.stringMatching(/^lotbook: - stands for standard input, and is named twice; name it once/)];
    expect([await hintFor("-", "-"), await hintFor("-", "--data", "-")]).toEqual([said, said]);
  });
});
