import { readText } from "../../services/cli/read.ts";

/** How a transcript compares with what was to be said. */
export interface Comparison {
  /** Words, in Chinese characters, that are wrong, missing or too many. */
  readonly errors: number;
  /** Words that were to be said. */
  readonly words: number;
  /** Facts that were not heard. */
  readonly lost: readonly string[];
}

/**
 * Compares what was heard with a reply. Both are first put into words by Duet's own rules, since an ear writes figures
 * as it likes: `$125` and "one hundred and twenty-five dollars" are the same.
 */
export function compare(
  written: string,
  facts: readonly (readonly string[])[],
  heard: string,
  language: "en" | "zh",
): Comparison {
  const words = (text: string) => wordsOf(text, language);
  const wanted = words(written);
  const got = words(heard);
  const holds = (fact: string) => ` ${got.join(" ")} `.includes(` ${words(fact).join(" ")} `);
  return {
    errors: distance(wanted, got),
    words: wanted.length,
    lost: facts.flatMap((ways) => (ways.some(holds) ? [] : [ways[0] as string])),
  };
}

function wordsOf(text: string, language: "en" | "zh"): string[] {
  const spoken = readText(text, { language })
    .map((clause) => clause.spoken)
    .join(" ")
    .toLowerCase();
  if (language === "zh") return spoken.match(/\p{Script=Han}|[a-z]+/gu) ?? [];
  // "and" in a number is said or not, as one likes.
  return (spoken.replace(/[’']/g, "").match(/[a-z0-9]+/g) ?? []).filter((word) => word !== "and");
}

/** Levenshtein's distance. */
function distance(one: readonly string[], other: readonly string[]): number {
  let row = other.map((_, index) => index + 1);
  for (const [line, word] of one.entries()) {
    let corner = line;
    let left = line + 1;
    row = other.map((candidate, index) => {
      const above = row[index] as number;
      left = Math.min(left + 1, above + 1, corner + (candidate === word ? 0 : 1));
      corner = above;
      return left;
    });
  }
  return row.at(-1) ?? one.length;
}
