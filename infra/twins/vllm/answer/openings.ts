import { hash } from "../../../text/hash.ts";

/** How a model takes it that it is asked to begin with one of some openings. */
export interface OpeningHabit {
  /** The answer to a prompt, with an opening before it if the prompt asks for one and this answer is one of those that follow. */
  begin(answer: string, prompt: string): string;
}

/** A list of openings in a prompt: a line that ends with a colon and speaks of how to begin, then a line with a dash for each. */
const asked = /^[^\n]*(?:\bbegin\b|开头|开始)[^\n]*[:：]\n((?:- [^\n]+\n?)+)/imu;

/** Those that a prompt asks for; none if it asks for none. */
export function openingsAsked(prompt: string): readonly string[] {
  const [, list = ""] = asked.exec(prompt) ?? [];
  return list
    .split("\n")
    .filter((line) => line.startsWith("- "))
    .map((line) => line.slice(2).trim());
}

/** A question without the list. */
export function withoutOpenings(question: string): string {
  return question.replace(asked, "").trimEnd();
}

/** Follows in `share` of the answers that are asked for one, 0 to 1, spread as evenly as can be. */
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

/** A text behind an opening: in Latin script with a space between. */
export function behind(opening: string, text: string): string {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(opening)
    ? opening + text
    : `${opening} ${text}`;
}
