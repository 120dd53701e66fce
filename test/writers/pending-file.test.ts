import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OutputError } from "../../src/model/errors.ts";
import { type FileSystem, NODE_FILE_SYSTEM } from "../../src/writers/file-system.ts";
import { PendingFile } from "../../src/writers/pending-file.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-pending-"));
  file = join(folder, "contracts.yaml");
});
afterEach(() => rmSync(folder, { recursive: true }));

const errorWith = (code: string): Error => Object.assign(new Error(code), { code });

/** What fails, and what a file system does until then; the writes come in pieces of at most `most` bytes. */
interface Fault {
  /** The number of the call that fails, from 1. */
  readonly call: number;
  /** Whether nothing works from then on, as when the machine stops. */
  readonly crash: boolean;
}

class Stopped extends Error {}

/** The file system of this machine, which fails at one call. */
const failingAt = ({ call, crash }: Fault): { readonly files: FileSystem; readonly calls: () => number } => {
  let calls = 0;
  const step = (): void => {
    calls++;
    if (crash && calls >= call) throw new Stopped();
    if (calls === call) throw errorWith("EIO");
  };
  const counted =
    <Args extends readonly unknown[], Result>(run: (...args: Args) => Result) =>
    (...args: Args): Result => {
      step();
      return run(...args);
    };
  const real = NODE_FILE_SYSTEM;
  return {
    calls: () => calls,
    files: {
      realPath: counted(real.realPath),
      stat: counted(real.stat),
      create: counted(real.create),
      setMode: counted(real.setMode),
      write: counted((descriptor, bytes, offset) => real.write(descriptor, bytes.subarray(0, offset + 3), offset)),
      sync: counted(real.sync),
      close: counted(real.close),
      rename: counted(real.rename),
      link: counted(real.link),
      remove: counted(real.remove),
    },
  };
};

const NEVER: Fault = { call: Number.POSITIVE_INFINITY, crash: false };
const [OLD, NEW] = ["old: whole\n", "new: whole, and longer\n"];

const replaceWith = (files: FileSystem): void => {
  const pending = new PendingFile(file, files);
  pending.write(NEW.slice(0, 9));
  pending.write(NEW.slice(9));
  pending.replace();
};

const createWith = (files: FileSystem): void => {
  const pending = new PendingFile(file, files);
  pending.write(NEW);
  pending.create();
};

/** How many calls a faultless run takes. */
const callsOf = (run: (files: FileSystem) => void): number => {
  const { files, calls } = failingAt(NEVER);
  run(files);
  return calls();
};

describe("a file is replaced as a whole", () => {
  beforeEach(() => writeFileSync(file, OLD));

  test("with what was written, its permissions, and nothing left behind", () => {
    chmodSync(file, 0o640);
    replaceWith(NODE_FILE_SYSTEM);
    expect(readFileSync(file, "utf8")).toBe(NEW);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
  });

  test("through a link, which stays one", () => {
    const link = join(folder, "link.yaml");
    symlinkSync("contracts.yaml", link);
    const pending = new PendingFile(link);
    pending.write(NEW);
    pending.replace();
    expect(readFileSync(file, "utf8")).toBe(NEW);
    expect(readdirSync(folder, { withFileTypes: true }).map((entry) => entry.isSymbolicLink())).toEqual([false, true]);
  });

  test("whatever call fails: the old one stays, and the draft goes", () => {
    const calls = callsOf(replaceWith);
    expect(calls).toBeGreaterThan(12);
    for (let call = 1; call <= calls; call++) {
      writeFileSync(file, OLD);
      expect(() => replaceWith(failingAt({ call, crash: false }).files)).toThrow(OutputError);
      expect(readFileSync(file, "utf8")).toBe(OLD);
      expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
    }
  });

  test("whenever the machine stops: it is the old or the new one", () => {
    const calls = callsOf(replaceWith);
    for (let call = 1; call <= calls + 1; call++) {
      writeFileSync(file, OLD);
      try {
        replaceWith(failingAt({ call, crash: true }).files);
      } catch {}
      expect(readFileSync(file, "utf8")).toBe(call > calls ? NEW : OLD);
    }
  });
});

describe("a file is created as a whole", () => {
  test("with what was written, and nothing left behind", () => {
    createWith(NODE_FILE_SYSTEM);
    expect(readFileSync(file, "utf8")).toBe(NEW);
    expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
  });

  test("but never in the place of another", () => {
    writeFileSync(file, OLD);
    expect(() => createWith(NODE_FILE_SYSTEM)).toThrow("it is there already");
    expect(readFileSync(file, "utf8")).toBe(OLD);
    expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
  });

  test("nor of one that came in between", () => {
    const pending = new PendingFile(file);
    pending.write(NEW);
    writeFileSync(file, OLD);
    expect(() => pending.create()).toThrow("it is there already");
    expect(readFileSync(file, "utf8")).toBe(OLD);
  });

  test("also where the file system gives no file a second name", () => {
    const link = () => {
      throw errorWith("EPERM");
    };
    createWith({ ...NODE_FILE_SYSTEM, link });
    expect(readFileSync(file, "utf8")).toBe(NEW);
    expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
    expect(() => createWith({ ...NODE_FILE_SYSTEM, link })).toThrow(OutputError);
  });

  test("whenever the machine stops: it is whole, or not there", () => {
    const calls = callsOf(createWith);
    for (let call = 1; call <= calls; call++) {
      rmSync(file, { force: true });
      try {
        createWith(failingAt({ call, crash: true }).files);
      } catch {}
      const names = readdirSync(folder).filter((name) => !name.startsWith("."));
      if (names.length > 0) expect(readFileSync(file, "utf8")).toBe(NEW);
    }
  });
});

test("a draft that is discarded leaves nothing, and neither does one that never began", () => {
  const pending = new PendingFile(file);
  pending.discard();
  pending.write(NEW);
  pending.discard();
  expect(readdirSync(folder)).toEqual([]);
});

test("what is no file is not replaced", () => {
  mkdirSync(file);
  expect(() => replaceWith(NODE_FILE_SYSTEM)).toThrow("it is no regular file");
  expect(readdirSync(folder)).toEqual(["contracts.yaml"]);
});

test("a folder that is not there is an error", () => {
  expect(() => new PendingFile(join(folder, "none", "a.yaml")).write("a")).toThrow("no such file or folder");
});
