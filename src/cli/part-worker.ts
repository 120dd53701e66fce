import { parentPort, workerData } from "node:worker_threads";
import { totalPart } from "../engine/total.ts";
import type { FilePart, PartQuestion, PartReply } from "../readers/notices/part-messages.ts";
import { PartReading } from "../readers/notices/part-reading.ts";

/** The program of a thread that answers for one part of a file; see `readers/notices/parts.ts`, which starts it. */
const part: FilePart = workerData;

const say = (reply: PartReply): void => parentPort?.postMessage(reply);

const reading = new PartReading(part, (bytes) => say({ kind: "passed", bytes }));

parentPort?.on("message", async (asked: PartQuestion) => {
  if (asked.kind === "scan") say(reading.scan());
  else say(await reading.answer(asked.firstLine, (register) => totalPart(register, asked.question)));
});
