import { isHan, isLetter, isSpace } from "../../window/characters.ts";
import { NO, peek, slice, WAIT, type Window } from "../../window/window.ts";
import { grade } from "../grade.ts";
import { judgeEnglish } from "./en.ts";
import { evidence } from "./evidence.ts";
import { judgeHangul } from "./ko.ts";
import { judgeWestern } from "./western.ts";
import { languages, type Words } from "./words.ts";

/** Words with more characters than this are not looked up, since no word in the rules is longer. */
const longest = 20;
/** If more words than this precede a possible border in its clause, they are not examined as a possible subject. */
const mostFew = 8;
/** A short subject has at most this many words, including the word that introduces it. */
const tailWords = 4;

/** Grades, in a text that is written with spaces, how well a clause could be divided between two words. */
export interface Spaced {
  /**
   * Rates the position before the word at `index` as a soft border (where a clause may be divided): returns a grade, NO
   * or WAIT. Call it once per word, and again after WAIT. `far`: whether the position is far enough from the previous
   * border; otherwise the word is only used to detect the language.
   */
  judge(window: Window, index: number, far: boolean): number;
}

/** Creates a judge of soft borders for one text, whose language is detected from the function words seen so far. */
export function createSpaced(): Spaced {
  const scores = new Array<number>(languages.length).fill(0);
  return {
    judge(window, index, far) {
      const right = wordFrom(window, index);
      if (right === undefined) return WAIT;
      for (const language of evidence(right)) scores[language] = (scores[language] ?? 0) + 1;
      if (right === "" || index === 0 || !far) return NO;
      const words = around(window, index, right);
      if (/^\p{Script=Hangul}/u.test(right)) return judgeHangul(words);
      if (/^\p{Script=Cyrillic}/u.test(right)) return judgeWestern(words, "ru");
      const best = Math.max(...scores);
      if (best === 0) return NO;
      // While the text so far fits several languages equally well, the lowest of their grades is used.
      let answer: number = grade.phrase;
      languages.forEach((language, index) => {
        if (scores[index] === best)
          answer = Math.min(answer, language === "en" ? judgeEnglish(words) : judgeWestern(words, language));
      });
      return answer;
    },
  };
}

const isPart = (c: string): boolean => (isLetter(c) && !isHan(c)) || c === "'" || c === "’" || c === "-";

/**
 * The word that begins at `index`; "" if no space follows the word, or it is longer than any word in the rules;
 * undefined while the word's end is not known.
 */
function wordFrom(window: Window, index: number): string | undefined {
  let word = "";
  for (let at = index; at - index <= longest; at++) {
    const c = peek(window, at);
    if (c === undefined) return undefined;
    if (!isPart(c)) return isSpace(c) ? word : "";
    word += c;
  }
  return "";
}

/** The word that ends before `index`. */
function wordBefore(window: Window, index: number): string {
  let word = "";
  for (let at = index - 1; index - at <= longest + 1; at--) {
    const c = peek(window, at) ?? "";
    if (!isPart(c)) return isSpace(c) || c === "" ? word : "";
    word = c + word;
  }
  return "";
}

function around(window: Window, index: number, right: string): Words {
  const end = index - 1;
  const left = wordBefore(window, end);
  const beforeLeft = peek(window, end - left.length - 1) ?? "";
  const second = left === "" || !isSpace(beforeLeft) ? "" : wordBefore(window, end - left.length - 1);
  const counted = /[\d½⅓⅔¼¾]/.test(peek(window, end - left.length - 2) ?? "");
  const opening =
    window.points
      .slice(0, longest)
      .join("")
      .split(/[^\p{L}]/u, 1)[0] ?? "";
  const said = slice(window, Math.max(0, end - (mostFew + 1) * longest), end).split(/\s+/u);
  const few = said.length <= mostFew ? said : [];
  const tail = said.slice(-tailWords);
  return { opening, few, tail, second, left, right, beforeLeft, mark: peek(window, end - 1) ?? "", counted };
}
