import {
  chmodSync,
  chownSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PendingFile, writeWhole } from "../../src/writers/pending-file.ts";
import { targetOf } from "../../src/writers/target.ts";
import { withFaults } from "../faults/faults.ts";

let folder = "";
let file = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-pending-"));
  file = at("contracts.yaml");
});
afterEach(() => rmSync(folder, { recursive: true }));

const [OLD, NEW] = ["old: whole\n", "new: whole, and longer\n"];

const pendingAt = (path: string, replaced?: string): PendingFile => {
  const target = targetOf(path);
  if (target.kind !== "file") throw new Error(`${path} is no file`);
  return new PendingFile(target, replaced);
};

/** Writes in two pieces; between them, something else may happen to the file. */
const writeTo = (
  path: string,
  { replaced, meanwhile = () => {} }: { replaced?: string; meanwhile?: () => void } = {},
): void => {
  const pending = pendingAt(path, replaced);
  try {
    pending.write(NEW.slice(0, 9));
    meanwhile();
    pending.write(NEW.slice(9));
    pending.commit();
  } finally {
    pending.discard();
  }
};

describe("a file is replaced as a whole", () => {
  beforeEach(() => writeFileSync(file, OLD));

  test("with what was written, its permissions, and nothing left behind", () => {
    chmodSync(file, 0o640);
    writeTo(file);
    expect(readFileSync(file, "utf8")).toBe(NEW);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
  });

  test("through links, which stay", () => {
    symlinkSync("contracts.yaml", at("link.yaml"));
    symlinkSync(at("link.yaml"), at("z.yaml"));
    writeTo(at("z.yaml"));
    expect(readFileSync(file, "utf8")).toBe(NEW);
    const links = readdirSync(folder, { withFileTypes: true }).map((entry) => entry.isSymbolicLink());
    expect(links).toEqual([false, true, true]);
  });

  test.runIf(process.geteuid?.() === 0)("and keeps its owner, its group and all of its mode", () => {
    chownSync(file, 1234, 5678);
    chmodSync(file, 0o2750);
    writeTo(file);
    expect(statSync(file)).toMatchObject({ uid: 1234, gid: 5678 });
    expect(statSync(file).mode & 0o7777).toBe(0o2750);
    expect(readFileSync(file, "utf8")).toBe(NEW);
  });

  test.each([
    ["EPERM", "it belongs to another user or group, and would become yours"],
    ["EIO", "input/output error"],
  ])("but not where it would become another user's: %s", async (code, message) => {
    const foreign = { ...statSync(file, { bigint: true }), uid: 4_000_000n };
    const pending = new PendingFile({ kind: "file", name: file, path: file, before: foreign });
    const fail = () => withFaults({ folder, only: "fchownSync", at: 1, code }, () => pending.write(NEW));
    await expect(fail()).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
  });

  test("but not where it has other names, which would go on with the old text", () => {
    linkSync(file, at("other.yaml"));
    expect(() => writeTo(file)).toThrow("it has 2 names (hard links), and only this one would change");
    expect(readFileSync(at("other.yaml"), "utf8")).toBe(OLD);
  });

  test("also where the draft of a killed process is still its second name", () => {
    linkSync(file, at(".lotbook-killed"));
    writeFileSync(at(".lotbook-other"), "another's draft");
    writeTo(file);
    expect(readFileSync(file, "utf8")).toBe(NEW);
    expect(readdirSync(folder)).toEqual([".lotbook-other", "contracts.yaml"]);
  });

  test("but not where it may not be written to, although its folder may", async () => {
    const fail = () => withFaults({ folder, only: "accessSync", at: 1, code: "EACCES" }, () => writeTo(file));
    await expect(fail()).rejects.toThrow("permission denied");
    expect(readFileSync(file, "utf8")).toBe(OLD);
  });

  test.skipIf(process.geteuid?.() === 0)("but not where it is read-only", () => {
    chmodSync(file, 0o444);
    expect(() => writeTo(file)).toThrow("permission denied");
    expect(readFileSync(file, "utf8")).toBe(OLD);
  });
});

describe("what changed meanwhile is not overwritten", () => {
  const longer = `${OLD}added: meanwhile\n`;
  const changes: Readonly<Record<string, () => void>> = {
    "text added": () => writeFileSync(file, longer),
    "another file in its place": () => {
      writeFileSync(at("new"), OLD);
      renameSync(at("new"), file);
    },
    "other permissions": () => chmodSync(file, 0o600),
    "another name": () => linkSync(file, at("other.yaml")),
    "its end": () => unlinkSync(file),
  };

  test.each(Object.keys(changes))("%s", (name) => {
    writeFileSync(file, OLD, { mode: 0o644 });
    expect(() => writeTo(file, { meanwhile: changes[name] ?? expect.unreachable })).toThrow(
      name === "its end" ? "no such file" : "it changed meanwhile",
    );
    const texts = readdirSync(folder).map((entry) => readFileSync(at(entry), "utf8"));
    expect(texts).not.toContain(NEW);
    if (name === "text added") expect(texts).toEqual([longer]);
  });

  test("a link that leads elsewhere", () => {
    writeFileSync(at("one"), OLD);
    writeFileSync(at("two"), OLD);
    symlinkSync("one", file);
    const meanwhile = () => {
      unlinkSync(file);
      symlinkSync("two", file);
    };
    expect(() => writeTo(file, { meanwhile })).toThrow("it changed meanwhile");
    expect(readFileSync(at("one"), "utf8")).toBe(OLD);
  });

  test("text of the same length at the same time, where the old text is known", () => {
    writeFileSync(file, OLD.replace("whole", "other"));
    expect(() => writeTo(file, { replaced: OLD })).toThrow("it changed meanwhile");
    writeFileSync(file, `\uFEFF${OLD}`);
    writeTo(file, { replaced: OLD });
    expect(readFileSync(file, "utf8")).toBe(NEW);
  });

  test("a file that came into being", () => {
    expect(() => writeTo(file, { meanwhile: () => writeFileSync(file, OLD) })).toThrow("it is there already");
    expect(readFileSync(file, "utf8")).toBe(OLD);
    expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
  });
});

test.runIf(process.platform === "linux")("nothing stays open of what was written, nor of its folder", () => {
  const open = () => readdirSync("/proc/self/fd").length;
  const before = open();
  writeTo(file);
  writeTo(file);
  expect(open()).toBe(before);
});

describe("a file is created as a whole", () => {
  test("with what was written, and nothing left behind", () => {
    writeTo(file);
    expect(readFileSync(file, "utf8")).toBe(NEW);
    expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
    expect(statSync(file).nlink).toBe(1);
  });

  test("where a link says that it should be", () => {
    symlinkSync("there.yaml", file);
    writeTo(file);
    expect(readFileSync(at("there.yaml"), "utf8")).toBe(NEW);
    expect(readdirSync(folder)).toEqual(["contracts.yaml", "there.yaml"]);
  });

  test("under a name as long as names can be", () => {
    const long = at(`${"é".repeat(125)}.yaml`);
    writeTo(long);
    writeTo(long);
    expect(readFileSync(long, "utf8")).toBe(NEW);
    expect(() => writeTo(`${long}l`)).toThrow("too long");
  });

  test("also where the file system gives no file a second name", async () => {
    const noLinks = { folder, only: "linkSync", at: 1, code: "EPERM" };
    await withFaults(noLinks, () => writeTo(file));
    expect(readFileSync(file, "utf8")).toBe(NEW);
    const other = at("other.yaml");
    const meanwhile = () => writeFileSync(other, OLD);
    await expect(withFaults(noLinks, () => writeTo(other, { meanwhile }))).rejects.toThrow("it is there already");
    expect(readdirSync(folder)).toEqual(["contracts.yaml", "other.yaml"]);
  });
});

test.each([
  ["EINVAL", undefined],
  ["EIO", "is written, but may not last if the machine stops: "],
])("a folder that cannot be made to last, by %s", async (code, message) => {
  // The draft is made to last first.
  const { result } = await withFaults({ folder, only: "fsyncSync", at: 2, code }, () =>
    Promise.resolve()
      .then(() => writeTo(file))
      .catch((error: Error) => error.message),
  );
  if (message === undefined) expect(result).toBeUndefined();
  else expect(result).toContain(message);
  expect(readFileSync(file, "utf8")).toBe(NEW);
});

test.each([
  [undefined, "is not written"],
  [OLD, "stays as it was"],
])("who interrupts hears what became of the file: %j", async (before, told) => {
  if (before !== undefined) writeFileSync(file, before);
  let ended = 0;
  const watch = () => ({ interruption: () => ({ signal: "SIGINT", exitCode: 130 }), end: () => ended++ });
  await expect(writeWhole(file, [NEW], watch)).rejects.toMatchObject({
    message: `interrupted: ${file} ${told}`,
    exitCode: 130,
  });
  expect(readdirSync(folder).map((name) => readFileSync(at(name), "utf8"))).toEqual(
    before === undefined ? [] : [before],
  );
  expect(ended).toBe(1);
});

test("a draft that is discarded leaves nothing, and neither does one that never began", () => {
  const pending = pendingAt(file);
  pending.discard();
  pending.write(NEW);
  pending.discard();
  expect(readdirSync(folder)).toEqual([]);
});

test("a folder that is not there is an error", () => {
  expect(() => writeTo(join(folder, "none", "a.yaml"))).toThrow("no such file or folder");
});
