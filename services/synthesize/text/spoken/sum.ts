import type { Mapped } from "./mapped.ts";

/** A sum in figures with what it comes to: `5 - 6 = -1`, `2+10-100=-88`. Its length is bounded, so that a long row of figures costs little. */
const sums =
  /(?<![\d.,:/\p{L}-])\d{1,15}(?:[.,]\d{1,15})?(?:\s?[-+−–]\s?\d{1,15}(?:[.,]\d{1,15})?){1,12}(?=\s?=\s?[-−]?\d)/gu;

/**
 * Writes sums with a sign of minus and spaces. A hyphen between numbers means many things in every language, a span, a telephone or an
 * address, and what it means in a sum is told by its equals sign alone.
 */
export function writeSums(mapped: Mapped): void {
  const signs = [...mapped.text.matchAll(sums)].flatMap(({ 0: sum, index }) =>
    [...sum.matchAll(/\s?([-+−–])\s?/g)].map((sign) => ({ start: index + sign.index, sign: sign[0] })),
  );
  // From the end on, so that the places before a sign stay where they are.
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
