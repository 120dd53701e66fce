/** More than any notice needs; what goes beyond is refused before it takes all memory. */
export const MAX_LENGTH = 64 * 2 ** 20;
export const MAX_DEPTH = 100;
export const MAX_ELEMENTS = 2_000_000;
