/** Languages that put no space between words, so that none is compared. */
const unspaced = /^(?:zh|cmn|yue|ja|mix)(?:-|$)/;

/** What joins the clauses of a text of a language. */
export const joint = (lang: string): string => (unspaced.test(lang.toLowerCase()) ? "" : " ");

/**
 * What is compared of two readings, so that they count as one where nobody hears a difference: letters in any case, words, figures and
 * signs. Marks of pause do not count, nor does the way in which words are joined; 〇 is 零.
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

/** Marks that no voice should be given, which `heard` would pass over. */
export const leftOver = /[*#_@%&/\\[\]{}]/;

/**
 * Whether a reading is one of those that are right. `{a|b}` in one of them stands for either, `{a|}` also for nothing: what may be said in several
 * ways at several places comes to thousands of readings. An empty one is right where silence is.
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

/** The readings that one with choices stands for, but for those of which no beginning is to be gone on with. */
function expand(accepted: string, mayBegin: (start: string) => boolean): string[] {
  let starts = [""];
  for (const [, plain = "", choices] of accepted.matchAll(/([^{}]*)(?:\{([^{}]*)\})?/g)) {
    const ends = choices === undefined ? [plain] : choices.split("|").map((choice) => plain + choice);
    starts = [...new Set(starts.flatMap((start) => ends.map((end) => start + end)))].filter(mayBegin);
  }
  return starts;
}
