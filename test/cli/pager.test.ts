import { describe, expect, test } from "vitest";
import { PagedSink, pagerCommand } from "../../src/cli/pager.ts";
import { runInProcess } from "../cases/run-in-process.ts";

describe("the command of the pager", () => {
  const command = (env: Readonly<Record<string, string>>, platform: NodeJS.Platform = "linux") =>
    pagerCommand({ env, platform });

  test("is less where nothing is said, and nothing on Windows, which has none", () => {
    expect(command({})).toEqual(["less", "-FRX"]);
    expect(command({}, "win32")).toEqual([]);
    expect(command({ PAGER: "more" }, "win32")).toEqual(["more"]);
  });

  test("is lotbook's own before that of all programs", () => {
    expect(command({ PAGER: "more", LOTBOOK_PAGER: "less -S" })).toEqual(["less", "-S"]);
    expect(command({ PAGER: "more" })).toEqual(["more"]);
  });

  test.each(["", " ", "cat"])('is none for "%s"', (written) => {
    expect(command({ PAGER: written })).toEqual([]);
    expect(command({ PAGER: "more", LOTBOOK_PAGER: written })).toEqual([]);
  });

  test("has words that no shell sees", () => {
    expect(command({ PAGER: `"/opt/my less" -P 'a b' $(rm) ; x` })).toEqual([
      "/opt/my less",
      "-P",
      "a b",
      "$(rm)",
      ";",
      "x",
    ]);
  });
});

describe("an answer on a screen of five rows and ten columns", () => {
  const shown = (...pieces: readonly string[]) => {
    const written: string[] = [];
    const told: string[] = [];
    const terminal = { write: (text: string) => void written.push(text), isTerminal: true, columns: 10, rows: 5 };
    const paged: string[] = [];
    const sink = new PagedSink(terminal, 5, {
      open: () => ({ write: (text) => void paged.push(text), end: async () => void told.push("end") }),
      before: () => told.push("before"),
      watch: () => ({ interruption: () => undefined, end: () => told.push("unwatched") }),
    });
    for (const piece of pieces) sink.write(piece);
    return { sink, written, paged, told };
  };

  test("is written as it is where it fits, at the end", async () => {
    const { sink, written, paged, told } = shown("1\n2\n", "3\n4\n");
    expect(written).toEqual([]);
    await sink.end();
    expect({ written, paged, told }).toEqual({ written: ["1\n2\n3\n4\n"], paged: [], told: [] });
  });

  test("is the pager's from the first line on where it does not", async () => {
    const { sink, written, paged, told } = shown("1\n2\n3\n", "4\n5\n", "6\n");
    await sink.end();
    expect({ written, paged }).toEqual({ written: [], paged: ["1\n2\n3\n4\n5\n", "6\n"] });
    expect(told).toEqual(["before", "end", "unwatched"]);
    sink.write("later");
    expect(written).toEqual(["later"]);
  });

  test("is longer where the terminal breaks its lines", async () => {
    const { sink, paged } = shown(`first\n${"x".repeat(41)}`);
    await sink.end();
    expect(paged).toHaveLength(1);
  });
});

describe("what is longer than the screen goes to the pager", () => {
  test.each(["help registers", "help lots", "fields"])("%s", async (line) => {
    const shown = async (...more: readonly string[]) => {
      const pages: string[] = [];
      const page = (text: string) => void pages.push(text);
      const { stdout } = await runInProcess([...line.split(" "), ...more], { terminal: 80, rows: 24, page });
      return { stdout, paged: pages.join("") };
    };
    const whole = await shown("--no-pager");
    expect(whole.stdout.split("\n").length).toBeGreaterThan(24);
    expect(whole.paged).toBe("");
    expect(await shown()).toEqual({ stdout: "", paged: whole.stdout });
  });

  test("and what is not, to the screen", async () => {
    const pages: string[] = [];
    const page = (text: string) => void pages.push(text);
    const { stdout } = await runInProcess(["help", "exit-codes"], { terminal: 200, rows: 200, page });
    expect(stdout).toContain("Exit codes");
    expect(pages).toEqual([]);
  });
});
