import { Beginning, type Content } from "../content.ts";

interface Peeked {
  readonly content: Content;
  readonly isEmpty: boolean;
  /** All its bytes, once. Each chunk may change when the next is asked for. */
  readonly chunks: AsyncIterable<Buffer>;
  readonly close: () => Promise<void>;
}

export const peek = async (chunks: AsyncIterable<Buffer>): Promise<Peeked> => {
  const beginning = new Beginning();
  const source = chunks[Symbol.asyncIterator]();
  const content = await readOn(source, beginning);
  const close = async () => void (await source.return?.());
  return { content, isEmpty: beginning.isEmpty, chunks: following(beginning, source), close };
};

const readOn = async (source: AsyncIterator<Buffer>, beginning: Beginning): Promise<Content> => {
  for (;;) {
    const { done, value } = await source.next();
    const content = done === true ? beginning.finish() : beginning.add(value);
    if (content !== undefined) return content;
  }
};

async function* following(beginning: Beginning, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* beginning.chunks;
  for (let step = await source.next(); step.done !== true; step = await source.next()) yield step.value;
}
