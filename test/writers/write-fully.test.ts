import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { targetOf } from "../../src/writers/target.ts";
import { writeFully } from "../../src/writers/write-fully.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-pipe-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(process.platform === "win32")(
  "a pipe that does not block, and is full, is written to again until it took everything",
  async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const text = "0123456789 äöü\n".repeat(40_000);
    const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const copy = join(folder, "copy");
    const reader = spawn("sh", ["-c", 'sleep 0.2; cat "$1" > "$2"', "sh", pipe, copy], { stdio: "ignore" });
    const ended = once(reader, "close");
    writeFully(descriptor, text);
    // More than a pipe holds was taken: the reader is there, and sees the end.
    closeSync(descriptor);
    await ended;
    expect(readFileSync(copy, "utf8") === text).toBe(true);
    if (process.platform !== "linux") return;
    // What somebody else has the other end of may be written to, and nothing that the program has both ends of.
    const [one, other] = [0, 1].map(() => openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
    expect(() => targetOf(`/dev/fd/${one}`)).toThrow("open for itself");
    closeSync(other ?? -1);
    expect(targetOf(`/dev/fd/${one}`)).toMatchObject({ kind: "stream", descriptor: one });
    closeSync(one ?? -1);
  },
);
