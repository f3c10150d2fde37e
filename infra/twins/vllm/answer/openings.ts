import { hash } from "../../../text/hash.ts";

/** How a model reacts when a prompt asks it to begin with one of a list of openings. */
export interface OpeningHabit {
  /**
   * Returns `answer`. For a certain share of the prompts that ask for an opening, `answer` is preceded by one of the
   * openings that the prompt lists.
   */
  begin(answer: string, prompt: string): string;
}

/**
 * Matches a list of openings in a prompt: a line about how to begin, which ends with a colon, then for each opening a
 * line that begins with a dash.
 */
const asked = /^[^\n]*(?:\bbegin\b|开头|开始)[^\n]*[:：]\n((?:- [^\n]+\n?)+)/imu;

/** The list of openings in a prompt, one of which the answer is to begin with; empty if the prompt contains no list. */
export function openingsAsked(prompt: string): readonly string[] {
  const [, list = ""] = asked.exec(prompt) ?? [];
  return list
    .split("\n")
    .filter((line) => line.startsWith("- "))
    .map((line) => line.slice(2).trim());
}

/** Removes from a question the sentence that asks for an answer that begins with one of the listed openings. */
export function withoutOpenings(question: string): string {
  return question.replace(asked, "").trimEnd();
}

/**
 * Creates a habit: of the prompts that ask for an opening, the fraction `share` (0 to 1) get one, spread as evenly as
 * possible.
 */
export function createOpeningHabit(share: number): OpeningHabit {
  let due = 0;
  return {
    begin(answer, prompt) {
      const openings = openingsAsked(prompt);
      if (openings.length === 0) return answer;
      due += share;
      if (due < 1 - 1e-9) return answer;
      due -= 1;
      return behind(openings[hash(withoutOpenings(prompt)) % openings.length] as string, answer);
    },
  };
}

/** Joins an opening and the rest of an answer, with a space in between unless the script is Chinese or Japanese. */
export function behind(opening: string, text: string): string {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(opening)
    ? opening + text
    : `${opening} ${text}`;
}
