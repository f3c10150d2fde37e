/** The requested part of a file: from its first byte to its last, inclusive. */
export interface Part {
  readonly first: number;
  readonly last: number;
}

/**
 * The part of a file of `size` bytes that a `Range` header requests: undefined if the header is absent or may be
 * ignored (RFC 9110, 14.2), for example because it requests several parts; "none" if the file has no byte of the part.
 */
export function readRange(header: string | undefined, size: number): Part | "none" | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return undefined;
  if (from === "") {
    const length = Math.min(Number(to), size);
    return length === 0 ? "none" : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  if (to !== "" && Number(to) < first) return undefined;
  return first >= size ? "none" : { first, last: Math.min(to === "" ? size - 1 : Number(to), size - 1) };
}
