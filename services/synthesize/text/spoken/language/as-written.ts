/** Matches symbols that belong to a number, as in -5 or 10%: to drop one would change the meaning. */
const signs = /[-‐‑−–—~～〜+±=≠≈<>≤≥×÷√∛%‰°℃℉№/\p{Sc}&@§^²³]/u;
const figure = /[\p{N}∞]/u;
const letter = /[\p{L}\p{M}]/u;

/**
 * Whether the character at `index` is a symbol to be passed on as written, in a language without rules for it: an
 * engine knows the symbols of its own language, and dropping one would join numbers or reverse their meaning.
 */
export function staysAsWritten(text: string, index: number): boolean {
  const c = text[index] ?? "";
  const previous = text[index - 1] ?? "";
  const following = text[index + 1] ?? "";
  if (c === "¿" || c === "¡") return true;
  // These marks stay as written in a number, as in 3.14, 1,000, 14:30 and 12'000; a full stop stays before º: "n.º".
  if (/[.,:٫٬'’]/.test(c))
    return figure.test(previous) && figure.test(following) ? true : c === "." && /[ºª]/.test(following);
  if (!signs.test(c)) return false;
  if (/[%‰°℃℉№§&@+=×÷±√∛≠≈≤≥\p{Sc}]/u.test(c)) return true;
  const left = figure.test(previous) || (previous === " " && figure.test(text[index - 2] ?? ""));
  const right = figure.test(following) || (following === " " && figure.test(text[index + 2] ?? ""));
  // A dash between words is a pause, and a hyphen inside a word belongs to the word: neither is a symbol to pass on.
  if (/[‐‑-]/.test(c) && letter.test(previous) && letter.test(following)) return false;
  if (/[—–]/.test(c) && previous === " " && following === " ") return left && right;
  return left || right || (/[/]/.test(c) && letter.test(previous) && letter.test(following));
}
