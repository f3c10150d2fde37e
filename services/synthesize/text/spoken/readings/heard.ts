/** Languages without spaces between words: spaces are ignored when their readings are compared. */
const unspaced = /^(?:zh|cmn|yue|ja|mix)(?:-|$)/;

/** Returns the separator between two clauses of a text: a space, or nothing in a language without spaces. */
export const joint = (lang: string): string => (unspaced.test(lang.toLowerCase()) ? "" : " ");

/**
 * Reduces a spoken text to what can be heard, so that two texts that sound the same become equal. Pause marks are
 * dropped, letters become lower case, a hyphen between words becomes a space, and in Chinese 〇 becomes 零.
 */
export function heard(lang: string, spoken: string): string {
  const plain = spoken.normalize("NFKC").toLowerCase();
  if (joint(lang) === "") return plain.replace(/[\p{P}\s]/gu, "").replaceAll("〇", "零");
  return plain
    .replace(/['‘’]/g, "")
    .replace(/[\p{Pd}−]/gu, " ")
    .replace(/\p{P}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Symbols that should never reach a voice. As `heard` drops them, a reading is checked for them separately. */
export const leftOver = /[*#_@%&/\\[\]{}]/;

/**
 * Whether a reading is one of the accepted ones. In an accepted reading `{a|b}` stands for a or b, and `{a|}` for a or
 * nothing: if all combinations of alternatives were written out, there would be thousands. An empty accepted reading
 * stands for silence.
 */
export function isAccepted(lang: string, spoken: string, accepted: readonly string[]): boolean {
  const got = heard(lang, spoken);
  const letters = got.replaceAll(" ", "");
  const mayBegin = (start: string) => letters.startsWith(heard(lang, start).replaceAll(" ", ""));
  return accepted.some((one) =>
    expand(one, mayBegin).some(
      (whole) => heard(lang, whole) === got && (leftOver.test(whole) || !leftOver.test(spoken)),
    ),
  );
}

/**
 * Expands the alternatives in an accepted reading: `a {b|c}` stands for `a b` and `a c`. Omits readings whose start
 * `mayBegin` rejects.
 */
function expand(accepted: string, mayBegin: (start: string) => boolean): string[] {
  let starts = [""];
  for (const [, plain = "", choices] of accepted.matchAll(/([^{}]*)(?:\{([^{}]*)\})?/g)) {
    const ends = choices === undefined ? [plain] : choices.split("|").map((choice) => plain + choice);
    starts = [...new Set(starts.flatMap((start) => ends.map((end) => start + end)))].filter(mayBegin);
  }
  return starts;
}
