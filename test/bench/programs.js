/** The programs that are measured, as Node starts them. */
import { fileURLToPath } from "node:url";

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

export const PACKAGE = beside("../../");
export const LOTBOOK = beside("../../bin/lotbook.js");

export const lotbook = (...args) => ({ command: process.execPath, args: [LOTBOOK, ...args] });

/** A yardstick of this folder: what a script without lotbook would do. */
export const yardstick = (name, ...args) => ({ command: process.execPath, args: [beside(name), ...args] });
