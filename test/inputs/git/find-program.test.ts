import { describe, expect, test } from "vitest";
import { findProgram, type ProgramPlaces } from "../../../src/inputs/git/ask-git.ts";

const places = (path: string, files: readonly string[], more: Partial<ProgramPlaces> = {}): ProgramPlaces => ({
  platform: "linux",
  path,
  extensions: undefined,
  folder: "/home/me",
  isProgram: (file) => files.includes(file),
  ...more,
});

describe("a program in PATH", () => {
  test("is the first one", () => {
    const files = ["/usr/bin/git", "/opt/bin/git"];
    expect(findProgram("git", places("/nowhere:/opt/bin:/usr/bin", files))).toBe("/opt/bin/git");
    expect(findProgram("git", places("/nowhere", files))).toBeUndefined();
    expect(findProgram("git", places("", files))).toBeUndefined();
    expect(findProgram("git", { ...places("", files), path: undefined })).toBeUndefined();
  });

  test.each([":", ".", "./", "bin", "../me", "~/bin", "/home/me", "/home/me/", "/home/./me", "/home/you/../me"])(
    "is not looked for where one stands: %s",
    (entry) => {
      const usual = places(`${entry}:/usr/bin`, ["/usr/bin/git"]);
      const isHere = (file: string) => !file.startsWith("/usr/bin/") || file === "/usr/bin/git";
      expect(findProgram("git", { ...usual, isProgram: isHere })).toBe("/usr/bin/git");
    },
  );

  test("is found where the present folder was deleted", () => {
    expect(findProgram("git", places("/usr/bin", ["/usr/bin/git"], { folder: undefined }))).toBe("/usr/bin/git");
  });
});

describe("a program in Windows' PATH", () => {
  const windows = (path: string, files: readonly string[], extensions?: string): ProgramPlaces => ({
    platform: "win32",
    path,
    extensions,
    folder: "C:\\Work\\contracts",
    isProgram: (file) => files.includes(file),
  });
  const PROGRAM = "C:\\Program Files\\Git\\cmd\\git.exe";

  test("has one of the extensions of programs, in their order", () => {
    const path = '"C:\\Program Files\\Git\\cmd"';
    expect(findProgram("git", windows(path, [PROGRAM]))).toBe(PROGRAM);
    expect(findProgram("git", windows(path, [PROGRAM], ".EXE;.COM"))).toBe(PROGRAM);
    const both = [PROGRAM, PROGRAM.replace("exe", "com")];
    expect(findProgram("git", windows(path, both, ".EXE;.COM"))).toBe(PROGRAM);
    expect(findProgram("git", windows(path, both, ".COM;.EXE"))).toBe(both[1]);
  });

  test("is no script, which would need a shell", () => {
    const path = "C:\\scripts;C:\\Program Files\\Git\\cmd";
    expect(findProgram("git", windows(path, ["C:\\scripts\\git.cmd", PROGRAM], ".CMD;.BAT;.EXE"))).toBe(PROGRAM);
    expect(findProgram("git", windows("C:\\scripts", ["C:\\scripts\\git.cmd"], ".CMD"))).toBeUndefined();
  });

  test.each(["", ".", "bin", "C:bin", "\\bin", "/bin", "C:\\work\\CONTRACTS", "c:/Work/contracts/", '"."', "C:"])(
    "is not looked for where one stands: %s",
    (entry) => {
      const usual = windows(`${entry};C:\\Program Files\\Git\\cmd`, []);
      const isHere = (file: string) => !file.startsWith("C:\\Program Files") || file === PROGRAM;
      expect(findProgram("git", { ...usual, isProgram: isHere })).toBe(PROGRAM);
    },
  );

  test("may lie on another machine that is named in full", () => {
    expect(findProgram("git", windows("\\\\server\\tools", ["\\\\server\\tools\\git.exe"]))).toBe(
      "\\\\server\\tools\\git.exe",
    );
  });
});
