import { expect, test } from "vitest";
import { OutputBuffer, ProgressLine } from "../../src/cli/answer-writer.ts";
import type { AnswerSink } from "../../src/cli/io.ts";
import { runInProcess } from "../cases/run-in-process.ts";

const sinkTo = (written: (text: string) => void): AnswerSink => ({
  write: written,
  writeBytes: (bytes) => written(`<${bytes.length} bytes>`),
  isTerminal: false,
  columns: undefined,
});

test("a long answer leaves while it is written: it is never held in memory as a whole", () => {
  let written = "";
  const buffer = new OutputBuffer(
    sinkTo((text) => {
      written += text;
    }),
  );
  const piece = "x".repeat(1000);
  for (let length = piece.length; length <= 1e6; length += piece.length) {
    buffer.write(piece);
    expect(length - written.length).toBeLessThan(100_000);
  }
  buffer.flush();
  expect(written).toBe(piece.repeat(1000));
});

test("bytes come after the text before them, and before the text after them", () => {
  const written: string[] = [];
  const buffer = new OutputBuffer(sinkTo((text) => written.push(text)));
  buffer.write("before");
  buffer.write(new Uint8Array(3));
  buffer.write("after");
  buffer.flush();
  expect(written).toEqual(["before", "<3 bytes>", "after"]);
});

const MB = 1e6;

/** A line on a terminal of so many columns, and what was written there. */
const lineOn = (columns: number | undefined) => {
  const written: string[] = [];
  let time = 0;
  const sink = { write: (text: string) => void written.push(text), isTerminal: true, columns };
  const line = new ProgressLine(sink, () => time);
  return { line, written, wait: (milliseconds: number) => (time += milliseconds) };
};

test("nothing in the first second, then at most five lines a second", () => {
  const { line, written, wait } = lineOn(80);
  for (let step = 0; step < 30; step++) {
    line.show({ files: step, bytes: step * MB, total: 60 * MB });
    wait(100);
  }
  expect(written).toHaveLength(10);
  expect(written[0]).toBe("\r10 files, 10 of 60 MB, 10 MB/s, 5 s left\u001b[K");
});

test("what is counted has commas, and one file is one", () => {
  const { line, written, wait } = lineOn(undefined);
  wait(2000);
  line.show({ files: 1, bytes: 1500 * MB, total: 12_000 * MB });
  wait(2000);
  line.show({ files: 1_234_567, bytes: 12_000 * MB, total: 12_000 * MB });
  wait(2000);
  line.show({ files: 0, bytes: 12_000 * MB, total: 12_000 * MB });
  expect(written).toEqual([
    "\r1 file, 1,500 of 12,000 MB, 750 MB/s, 14 s left\u001b[K",
    "\r1,234,567 files, 12,000 of 12,000 MB, 3,000 MB/s, 0 s left\u001b[K",
    "\r12,000 of 12,000 MB, 2,000 MB/s, 0 s left\u001b[K",
  ]);
});

test("it fits the terminal, and is wiped once", () => {
  const { line, written, wait } = lineOn(20);
  line.wipe();
  wait(1000);
  line.show({ files: 100, bytes: MB, total: 2 * MB });
  line.wipe();
  line.wipe();
  expect(written).toEqual(["\r100 files, 1 of 2 M\u001b[K", "\r\u001b[K"]);
});

/** A clock that goes on by so much whenever it is looked at. */
const clock = (step: number) => {
  let time = 0;
  return () => (time += step);
};

test("a long run shows on a terminal how far it is, and leaves no trace before the answer", async () => {
  const argv = ["contracts", "--fields", "contract", "-d", "test/notices/folder"];
  const screen: string[] = [];
  const { stdout, stderr, exitCode } = await runInProcess(argv, {
    terminal: 80,
    env: { NO_COLOR: "1" },
    now: clock(500),
    watch: (text) => screen.push(text),
  });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("00100200-2024");
  expect(screen[screen.findIndex((text) => text.includes("00100200-2024")) - 1]).toBe("\r\u001b[K");
  const [, ...parts] = stderr.split("\r");
  expect(parts.at(-1)).toMatch(/^\u001b\[Knote: /);
  expect(parts.slice(0, -1)).not.toEqual([]);
  for (const part of parts.slice(0, -1))
    expect(part).toMatch(/^(?:\d files?, )?0 of 0 MB, 0 MB\/s, \d+ s left\u001b\[K$/);
});

test("registers in JSON Lines and archives are counted, too", async () => {
  const { stderr } = await runInProcess(["total", "-d", "test/registers/lines.jsonl"], {
    terminal: 80,
    now: clock(900),
  });
  expect(stderr).toMatch(/^\r0 of 0 MB.*\u001b\[K.*\r\u001b\[K$/s);
});

test("nothing in a pipe, and nothing on a terminal that cannot wipe a line", async () => {
  const argv = ["total", "-d", "test/registers/lines.jsonl"];
  expect((await runInProcess(argv, { now: clock(900) })).stderr).toBe("");
  expect((await runInProcess(argv, { terminal: 80, env: { TERM: "dumb" }, now: clock(900) })).stderr).toBe("");
});
