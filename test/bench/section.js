/** A section of the benchmark: its rows, and how they look on a screen and on the page of the manual. */
import { versionOf } from "./measure.js";

const HEADINGS = ["what", "figure", "target", "kept?", "times"];

const DIGITS = { MB: 0, ms: 0, s: 1, "×": 2 };

const written = (figure, unit) => `${figure.toFixed(DIGITS[unit])} ${unit}`;

/** Of milliseconds, in the unit that people read them in. */
const duration = (milliseconds) =>
  milliseconds < 1000 ? written(milliseconds, "ms") : written(milliseconds / 1000, "s");

export class Section {
  rows = [];

  /** `beside` says what the ratios are to. */
  constructor(heading, beside = "") {
    this.heading = heading;
    this.beside = beside;
  }

  /** A figure; `target` is how much it may be at most. */
  figure(what, figure, unit, { target, detail = "" } = {}) {
    const limit = target === undefined ? "" : `≤ ${target} ${unit}`;
    const verdict = target === undefined ? "" : figure <= target ? "kept" : "MISSED";
    this.rows.push([what, written(figure, unit), limit, verdict, detail]);
  }

  /** How many times as long the first of two times is. */
  ratio(what, [time, other], target) {
    this.figure(what, time / other, "×", { target, detail: `${duration(time)} to ${duration(other)}` });
  }

  /** Whether a program is installed; the section says so where it is not. */
  hasPeer(command) {
    const installed = versionOf(command) !== undefined;
    if (!installed) this.absent(command);
    return installed;
  }

  absent(what, detail = "") {
    this.rows.push([what, "not found", "", "", detail]);
  }

  toText() {
    const widths = HEADINGS.map((heading, index) =>
      Math.max(heading.length, ...this.rows.map((row) => row[index].length)),
    );
    const lines = [HEADINGS, ...this.rows].map((row) =>
      row.map((cell, index) => (index === 1 ? cell.padStart(widths[index]) : cell.padEnd(widths[index]))),
    );
    const heading = [this.heading, this.beside].filter(Boolean).join(", ");
    return [heading, ...lines.map((cells) => `  ${cells.join("  ").trimEnd()}`)].join("\n");
  }

  toMarkdown() {
    const rows = this.rows.map((row) => `| ${row.map((cell) => cell.trim()).join(" | ")} |`);
    const beside = this.beside === "" ? [] : ["", `Ratios are ${this.beside}.`];
    return [
      `## ${this.heading}`,
      ...beside,
      "",
      `| ${HEADINGS.join(" | ")} |`,
      "| --- | --: | --: | --- | --- |",
      ...rows,
    ].join("\n");
  }
}
