import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { archiveSurroundings } from "../../src/inputs/archives/documents.ts";
import type { NoticeInput } from "../../src/inputs/held-input.ts";
import { DataError, InputError, InputErrors, placeOf } from "../../src/model/errors.ts";
import { formatMoney } from "../../src/model/money.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { tarOf, zipOf } from "../archives.ts";
import { hasGit, makeRepository, withGit } from "../git-repository.ts";
import { someOf } from "../long.ts";

const register = (ledger = "l.csv", id = "k") =>
  `contracts:\n  - contract: ${id}\n    lots: [{ lot: 1 }]\n    ledger: { file: "${ledger}", currency: EUR }\n`;
const ledger = (amount: number) => `order,amount\n1,${amount}\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-around-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const write = (path: string, content: string | Buffer): string => {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

/** The amounts of all orders, or why there are none. */
const ordersAt = async (path: string, stdin?: Buffer): Promise<readonly string[]> => {
  const amounts: string[] = [];
  const input = async function* () {
    if (stdin !== undefined) yield stdin;
  };
  try {
    const opened = await openRegister(path, { stdin: input });
    for await (const batch of opened.contracts())
      for (const contract of batch)
        for await (const orders of opened.orders(contract))
          amounts.push(...orders.flatMap(({ amount }) => (amount === undefined ? [] : [formatMoney(amount)])));
    return amounts;
  } catch (error) {
    return refusalOf(error).map((text) => text.replaceAll(`${folder}/`, ""));
  }
};

const refusalOf = (error: unknown): readonly string[] => {
  if (error instanceof InputErrors) return error.errors.map(({ message }) => message);
  if (error instanceof InputError) return [error.message, error.hint ?? ""];
  if (!(error instanceof DataError)) throw error;
  return error.findings.map(({ message, position }) => `${position && placeOf(position)}: ${message}`);
};

describe("a ledger of a register on disk", () => {
  test("lies beside it, or below, also by links within the folder", async () => {
    write("c/below/l.csv", ledger(1));
    symlinkSync("below/l.csv", join(folder, "c/link.csv"));
    symlinkSync("below", join(folder, "c/way"));
    for (const name of ["below/l.csv", "./below/l.csv", "link.csv", "way/l.csv"])
      expect(await ordersAt(write("c/r.yaml", register(name)))).toEqual(["EUR 1"]);
  });

  test("lies beside the real file, where the register is a link, or in a folder that is one", async () => {
    write("real/r.yaml", register());
    write("real/l.csv", ledger(1));
    write("l.csv", ledger(2));
    symlinkSync("real/r.yaml", join(folder, "link.yaml"));
    symlinkSync("link.yaml", join(folder, "again.yaml"));
    symlinkSync("real", join(folder, "way"));
    for (const name of ["link.yaml", "again.yaml", "way/r.yaml"])
      expect(await ordersAt(join(folder, name))).toEqual(["EUR 1"]);
    const opened = await openRegister(join(folder, "link.yaml"));
    for await (const [contract] of opened.contracts())
      for (const one of contract?.ledgers ?? [])
        expect(contract && opened.ledgerPath(contract, one)).toBe(join(folder, "real", "l.csv"));
  });

  test.each(["/etc/passwd", "../l.csv", "a/../../l.csv", "..", "C:\\\\l.csv", "\\\\\\\\server\\\\l.csv"])(
    "is not named outside of the folder: %s",
    async (name) => {
      write("l.csv", ledger(1));
      expect(await ordersAt(write("c/r.yaml", register(name)))).toEqual([
        `c/r.yaml:4:21: "${name.replaceAll("\\\\", "\\")}" is not in the folder of the register`,
      ]);
    },
  );

  test.each([".env", ".git/config", "a/.l.csv", "l\\n.csv"])("is no hidden file: %s", async (name) => {
    expect(await ordersAt(write("r.yaml", register(name)))).toEqual([
      expect.stringMatching(/^r\.yaml:4:21: .* is hidden, and no ledger$/s),
    ]);
  });

  const OUTSIDE = '" leads out of the folder of the register';
  const IRREGULAR = '" is no regular file';
  test.each([
    ["a link to a file elsewhere", "../secret.csv", OUTSIDE],
    ["a link by a whole path", "/proc/self/environ", OUTSIDE],
    ["a link to a device", "/dev/zero", OUTSIDE],
    ["a link to a hidden file", ".git/config", OUTSIDE],
    ["a link to the folder itself", ".", OUTSIDE],
    ["a link to a folder", "below", IRREGULAR],
    ["a link to a pipe", "pipe", IRREGULAR],
    ["a link to a socket", "socket", IRREGULAR],
  ])("is not %s", async (_, target, why) => {
    write("secret.csv", ledger(1));
    write("c/.git/config", ledger(1));
    write("c/below/l.csv", ledger(1));
    execFileSync("mkfifo", [join(folder, "c/pipe")]);
    const server = createServer().listen(join(folder, "c/socket"));
    symlinkSync(target, join(folder, "c/l.csv"));
    expect(await ordersAt(write("c/r.yaml", register()))).toEqual([`c/r.yaml:4:21: "l.csv${why}`]);
    server.close();
  });

  test("is no pipe, which nobody waits for, nor a link to nothing or to itself", async () => {
    execFileSync("mkfifo", [join(folder, "l.csv")]);
    expect(await ordersAt(write("r.yaml", register()))).toEqual([`r.yaml:4:21: "l.csv${IRREGULAR}`]);
    symlinkSync("nowhere", join(folder, "m.csv"));
    const told = "r.yaml:4:21 names it as a ledger";
    expect(await ordersAt(write("r.yaml", register("m.csv")))).toEqual([
      "cannot read m.csv: no such file or folder",
      told,
    ]);
    symlinkSync("n.csv", join(folder, "n.csv"));
    expect(await ordersAt(write("r.yaml", register("n.csv")))).toEqual([
      "cannot read n.csv: its links lead in a circle",
      told,
    ]);
  });
});

test("a ledger of a register that comes through a pipe lies nowhere", async () => {
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  write("l.csv", ledger(1));
  expect(await ordersAt("-", Buffer.from(register()))).toEqual([
    '<stdin>:4:21: there is no folder to read "l.csv" from: this register came through a pipe',
  ]);
  expect(await ordersAt("-", gzipSync(register()))).toEqual([expect.stringContaining("came through a pipe")]);
});

describe.skipIf(!hasGit)(withGit("a ledger of a register at a revision"), () => {
  test("is that of the commit, whatever lies on disk or in the folder that one asks from", async () => {
    const { commit, git, remove, folder: top } = makeRepository();
    const lines = '{"contract":"j","lots":[{"lot":"1"}],"ledger":{"file":"o.jsonl","currency":"EUR"}}\n';
    const packed = zipOf({ "r.yaml": register(), "l.csv": ledger(7) });
    commit({ "r.yaml": register(), "l.csv": ledger(1), "c/r.yaml": register(), "c/l.csv": ledger(2) });
    commit({ "j/r.jsonl": lines, "j/o.jsonl": '{"order":"1","amount":"3"}\n' });
    writeFileSync(join(top, "packed.zip"), packed);
    mkdirSync(join(top, "links"));
    symlinkSync("../c/r.yaml", join(top, "links/r.yaml"));
    symlinkSync("c", join(top, "way"));
    git("add", "--all");
    git("commit", "--quiet", "--message", "Links");
    for (const path of ["l.csv", "c/l.csv", "links/l.csv"]) writeFileSync(join(top, path), ledger(666));
    for (const here of ["", "c", "links"]) {
      vi.spyOn(process, "cwd").mockReturnValue(join(top, here));
      expect(await ordersAt("git:HEAD:r.yaml")).toEqual(["EUR 1"]);
      const paths = ["c", "c/", "c/r.yaml", "links", "links/r.yaml", "way", "way/r.yaml"];
      for (const path of here === "" ? paths : someOf(paths, 4))
        expect(await ordersAt(`git:HEAD:${path}`)).toEqual(["EUR 2"]);
      expect(await ordersAt("git:HEAD:j")).toEqual(["EUR 3"]);
      expect(await ordersAt("git:HEAD:packed.zip")).toEqual(["EUR 7"]);
    }
    vi.spyOn(process, "cwd").mockReturnValue(join(top, "c"));
    expect(await ordersAt("git:HEAD:./r.yaml")).toEqual(["EUR 2"]);
    expect(await ordersAt("git:HEAD:../r.yaml")).toEqual(["EUR 1"]);
    expect(await ordersAt("git:HEAD:../../r.yaml")).toEqual([
      "cannot read git:HEAD:../../r.yaml: it leads out of the repository",
      "paths count from the top of the repository; ./ stands for this folder",
    ]);
    remove();
  });

  test("is a file of the commit and of the register's folder", async () => {
    const { commit, git, remove, folder: top } = makeRepository();
    vi.spyOn(process, "cwd").mockReturnValue(top);
    commit({ "c/a.yaml": register("below", "a"), "c/below/l.csv": ledger(1), "secret.csv": ledger(2) });
    commit({
      "c/b.yaml": register("up.csv", "b"),
      "c/d.yaml": register("out.csv", "d"),
      "c/e.yaml": register("in.csv", "e"),
    });
    commit({ "c/f.yaml": register("none.csv", "f"), "c/g.yaml": register("round.csv", "g") });
    commit({ "c/h.yaml": register("hidden.csv", "h"), "c/.hidden/l.csv": ledger(3) });
    const links = {
      "up.csv": "../secret.csv",
      "out.csv": "/etc/passwd",
      "in.csv": "way/l.csv",
      way: "below",
      "hidden.csv": ".hidden/l.csv",
    };
    for (const [name, target] of Object.entries({ ...links, "round.csv": "round.csv" }))
      symlinkSync(target, join(top, "c", name));
    git("add", "--all");
    git("commit", "--quiet", "--message", "Links");
    const at = async (name: string) => (await ordersAt(`git:HEAD:c/${name}`))[0];
    expect(await at("a.yaml")).toBe('git:HEAD:c/a.yaml:4:21: "below" is no regular file');
    expect(await at("b.yaml")).toBe('git:HEAD:c/b.yaml:4:21: "up.csv" leads out of the folder of the register');
    expect(await at("d.yaml")).toBe('git:HEAD:c/d.yaml:4:21: "out.csv" leads out of the folder of the register');
    expect(await at("e.yaml")).toBe("EUR 1");
    expect(await at("h.yaml")).toBe('git:HEAD:c/h.yaml:4:21: "hidden.csv" leads out of the folder of the register');
    const missing = "cannot read git:HEAD:c/none.csv: there is no such file or folder at that revision";
    expect(await ordersAt("git:HEAD:c/f.yaml")).toEqual([missing, "git:HEAD:c/f.yaml:4:21 names it as a ledger"]);
    expect(await at("g.yaml")).toBe("cannot read git:HEAD:c/round.csv: its links lead in a circle");
    // Of a folder, each link that leads nowhere is told.
    expect(await ordersAt("git:HEAD:c")).toEqual([
      "cannot read git:HEAD:c/out.csv: it is a link, and it leads out of the repository",
      "cannot read git:HEAD:c/round.csv: it is a link, and it leads to itself",
    ]);
    remove();
  });
});

/** An archive held in memory. */
const inputOf = (bytes: Buffer, file: string, onRead = () => {}): NoticeInput => {
  const chunks = () => {
    onRead();
    return [bytes];
  };
  const content = /z$/.test(file) ? "gzip" : "zip";
  return { kind: "notices", content, file, path: undefined, named: true, size: bytes.length, kept: undefined, chunks };
};

describe("a ledger of a register in an archive", () => {
  const FILES = { "c/r.yaml": register("orders/l.csv"), "c/orders/l.csv": ledger(1), "l.csv": ledger(2) };

  beforeEach(() => {
    write("orders/l.csv", ledger(666));
    write("c/orders/l.csv", ledger(666));
    vi.spyOn(process, "cwd").mockReturnValue(folder);
  });

  test("is that of the archive", async () => {
    const tar = await tarOf(FILES);
    const archives = { "a.zip": zipOf(FILES), "a.tar": tar, "a.tgz": gzipSync(tar) };
    for (const [name, bytes] of Object.entries(archives)) {
      expect(await ordersAt(write(name, bytes))).toEqual(["EUR 1"]);
      expect(await ordersAt("-", bytes)).toEqual(["EUR 1"]);
    }
    for (const [name, bytes] of Object.entries(archives)) {
      const one = await tarOf({ "l.csv": ledger(3), [name]: bytes });
      expect(await ordersAt(write("outer.tar", one))).toEqual(["EUR 1"]);
    }
  });

  test("is found by its name alone, however that is written", async () => {
    for (const [name, other] of [
      ["./c/r.yaml", "c/orders/l.csv"],
      ["c/r.yaml", "./c/./orders/l.csv"],
      ["c\\r.yaml", "c\\orders\\l.csv"],
      ["../../c/r.yaml", "../../c/orders/l.csv"],
    ] as const)
      expect(await ordersAt(write("a.zip", zipOf({ [name]: register("orders/l.csv"), [other]: ledger(1) })))).toEqual([
        "EUR 1",
      ]);
  });

  test("is never a file beside the archive, nor one that its names lead to", async () => {
    const alone = (name: string, file = "l.csv") => zipOf({ [name]: register(file) });
    write("l.csv", ledger(666));
    expect(await ordersAt(write("a.zip", alone("r.yaml")))).toEqual([
      "cannot read a.zip!/l.csv: there is no such file in the archive",
      "a.zip!/r.yaml:4:21 names it as a ledger",
    ]);
    const up = `${"../".repeat(12)}${folder.slice(1)}`;
    for (const name of [`${up}/r.yaml`, `${folder}/r.yaml`, "../r.yaml"])
      expect((await ordersAt(write("a.zip", alone(name))))[0]).toMatch(/no such file in the archive$/);
  });

  test("lies beside a register that is only compressed", async () => {
    write("l.csv", ledger(4));
    expect(await ordersAt(write("r.yaml.gz", gzipSync(register())))).toEqual(["EUR 4"]);
    expect(
      await ordersAt(write("a.zip", zipOf({ "c/r.yaml.gz": gzipSync(register()), "c/l.csv": ledger(5) }))),
    ).toEqual(["EUR 5"]);
  });

  test("is the first where several names mean one file, which the archive is told of", async () => {
    expect(
      await ordersAt(write("a.zip", zipOf({ "r.yaml": register(), "l.csv": ledger(1), "./l.csv": ledger(2) }))),
    ).toEqual(["EUR 1"]);
  });

  test.each([
    ["./l.csv", "c/l.csv"],
    ["o/./l.csv", "c/o/l.csv"],
    ["o//l.csv", "c/o/l.csv"],
    ["/l.csv", "c/l.csv"],
    ["o/../l.csv", "c/l.csv"],
    ["o//../p/.././l.csv", "c/l.csv"],
    ["../l.csv", "c/../l.csv"],
    ["o/../../../l.csv", "c/../../l.csv"],
  ])("is named without steps that lead nowhere: %s", (name, path) => {
    const input = inputOf(zipOf(FILES), "a.zip");
    expect(archiveSurroundings(input)("a.zip!/c/r.yaml").expect(name)).toBe(`a.zip!/${path}`);
  });

  test("is read in one go with all others that are looked out for", async () => {
    const files = Object.fromEntries([...Array(100).keys()].map((id) => [`l${id}.csv`, ledger(id)]));
    const bytes = gzipSync(await tarOf(files));
    let times = 0;
    const packed = archiveSurroundings(inputOf(bytes, "a.tgz", () => times++));
    const around = packed("a.tgz!/r.yaml");
    for (const name of Object.keys(files)) expect(around.expect(name)).toBe(`a.tgz!/${name}`);
    for (const [name, text] of Object.entries(files)) {
      const opened = await around.open(name);
      expect("chunks" in opened && Buffer.concat([...opened.chunks()]).toString()).toBe(text);
    }
    expect(times).toBe(1);
  });
});

test("where two registers go by one name, what they name is not guessed", async () => {
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  write("a.zip!/r.yaml", register("l.csv", "other"));
  write("a.zip!/l.csv", ledger(1));
  write("a.zip", zipOf({ "r.yaml": register(), "l.csv": ledger(2) }));
  expect((await ordersAt(folder))[0]).toContain("it is not clear which");
});
