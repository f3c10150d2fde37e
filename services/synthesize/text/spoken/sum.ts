import type { Mapped } from "./mapped.ts";

/**
 * Matches the left side of a written-out sum with its result, such as `5 - 6 = -1`. It matches only sums up to some
 * length, so that a long row of numbers does not take long to search.
 */
const sums =
  /(?<![\d.,:/\p{L}-])\d{1,15}(?:[.,]\d{1,15})?(?:\s?[-+−–]\s?\d{1,15}(?:[.,]\d{1,15})?){1,12}(?=\s?=\s?[-−]?\d)/gu;

/**
 * Rewrites sums with a real minus sign and with spaces around signs. In every language a hyphen between numbers may be
 * that of a range, a telephone number or an address; only an equals sign further on shows that the hyphen is a minus.
 */
export function writeSums(mapped: Mapped): void {
  const signs = [...mapped.text.matchAll(sums)].flatMap(({ 0: sum, index }) =>
    [...sum.matchAll(/\s?([-+−–])\s?/g)].map((sign) => ({ start: index + sign.index, sign: sign[0] })),
  );
  // The signs are changed from the last to the first, so that a change does not move those still to be changed.
  for (const { start, sign } of signs.reverse()) {
    const end = start + sign.length;
    const written = ` ${sign.trim() === "+" ? "+" : "−"} `;
    mapped.text = mapped.text.slice(0, start) + written + mapped.text.slice(end);
    if (sign.length === written.length) continue;
    const [from, to] = [mapped.from[start] ?? 0, mapped.to[end - 1] ?? 0];
    mapped.from.splice(start, sign.length, ...Array.from(written, () => from));
    mapped.to.splice(start, sign.length, ...Array.from(written, () => to));
  }
}
