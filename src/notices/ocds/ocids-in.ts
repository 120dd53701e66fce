/** Without the quote before it, of which there are too many to look behind each. */
const KEY = Buffer.from('ocid"');
const [SPACE, QUOTE, COLON] = [0x20, 0x22, 0x3a];

/** The offset of the next byte that is no white space. */
const skipSpace = (bytes: Buffer, start: number): number => {
  let at = start;
  while ((bytes[at] ?? COLON) <= SPACE) at++;
  return at;
};

/**
 * What may be the ocids in a document or a line, as bytes, found without reading it: whatever text follows `"ocid":`, in
 * whatever part. One that is written with escapes is given as written.
 */
export function* ocidsIn(document: Buffer): Generator<Buffer> {
  for (let key = document.indexOf(KEY); key !== -1; key = document.indexOf(KEY, key + KEY.length)) {
    const colon = skipSpace(document, key + KEY.length);
    if (document[key - 1] !== QUOTE || document[colon] !== COLON) continue;
    const start = skipSpace(document, colon + 1);
    if (document[start] !== QUOTE) continue;
    const end = document.indexOf(QUOTE, start + 1);
    if (end === -1) return;
    yield document.subarray(start + 1, end);
  }
}
