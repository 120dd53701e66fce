import { DataError } from "../../model/errors.ts";
import type { Register } from "../../records/register.ts";
import { countLines, type NoticeDocument } from "../archives/documents.ts";
import { assembleRegister } from "../assemble-register.ts";
import { CHUNK_BYTES, readChunks } from "../bytes.ts";
import { blocksOf } from "../line-blocks.ts";
import { NoticeReader, type ScannedNotices } from "../notices.ts";
import { NO_SURROUNDINGS } from "../surroundings.ts";
import type { FilePart, PartReply } from "./part-messages.ts";
import { ProcedureCounts, ProcedureNumbers } from "./procedure-counts.ts";

/** How much is read before it is told. */
const TOLD_BYTES = 1 << 20;

const UNABLE: PartReply = { kind: "unable" };

/** Reads a part of a file of notices, one a line, as if it were all of the file. */
export class PartReading {
  readonly #part: FilePart;
  readonly #pass: (bytes: number) => void;
  readonly #counts = new ProcedureCounts();

  constructor(part: FilePart, pass: (bytes: number) => void) {
    this.#part = part;
    this.#pass = pass;
  }

  /** First reading: which procedures the part tells of. */
  scan(): PartReply {
    const numbers = new ProcedureNumbers();
    let lines = 0;
    for (const document of this.#documents(1)) {
      this.#counts.add(document, numbers);
      lines += countLines(document.bytes);
    }
    // Notices that name no procedure are told apart by what all parts hold.
    return numbers.anyWithout ? UNABLE : { kind: "scanned", lines, procedures: numbers.all() };
  }

  /** Second reading: the answer of a register that holds the part alone. */
  async answer(firstLine: number, ask: (register: Register) => Promise<string>): Promise<PartReply> {
    try {
      const register = await this.#register(firstLine);
      const answer = await ask(register);
      if (register.findings().length > 0) return UNABLE;
      return { kind: "answered", answer, assumptions: register.assumptions() };
    } catch (error) {
      if (error instanceof DataError) return UNABLE;
      throw error;
    }
  }

  async #register(firstLine: number): Promise<Register> {
    const documents = () => this.#documents(firstLine);
    const counts = async () => this.#counts;
    const notices: ScannedNotices = {
      registers: [],
      reader: (suppliers, skipBad) => new NoticeReader({ documents, counts }, suppliers, skipBad),
    };
    const parts = {
      documents: [],
      lines: [],
      notices,
      aliases: [],
      skipBad: false,
      lenient: false,
      surroundingsOf: () => NO_SURROUNDINGS,
    };
    return { ...(await assembleRegister(parts, [])), name: this.#part.file, isDefault: false };
  }

  *#documents(firstLine: number): Generator<NoticeDocument> {
    const { path, file } = this.#part;
    let line = firstLine;
    for (const bytes of blocksOf(this.#chunks(path), () => {
      throw new DataError([]);
    })) {
      yield { kind: "lines", file, bytes, firstLine: line };
      line += countLines(bytes);
    }
  }

  *#chunks(path: string): Generator<Buffer> {
    let passed = 0;
    for (const chunk of readChunks(path, CHUNK_BYTES, this.#part)) {
      yield chunk;
      passed += chunk.length;
      if (passed < TOLD_BYTES) continue;
      this.#pass(passed);
      passed = 0;
    }
    this.#pass(passed);
  }
}
