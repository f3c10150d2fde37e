import { isSpace } from "../window/characters.ts";
import { NO, peek, slice, type Window } from "../window/window.ts";
import { grade } from "./grade.ts";
import { fold } from "./han/fold.ts";

// Speakers take a breath before a quotation, as before a colon, if a word announces it.

const quotes = '“"「『';

/** Whether a character begins, or may begin, a quotation. */
export const isQuote = (c: string): boolean => c !== "" && quotes.includes(c);

/** Hanzi that announce a quotation. */
const sayingHanzi = "是说叫道问答写喊念";
/** English words that announce a quotation. */
const saying =
  /(?:^|[^\p{L}])(?:say|says|said|ask|asks|asked|tell|write|writes|wrote|means|reads|called|answer|answered|replied|shouted|whispered|is) $/iu;

/** How suitable the place before a quotation at `index` is for a soft border: a grade or NO. */
export function beforeQuote(window: Window, index: number): number {
  const left = peek(window, index - 1) ?? "";
  if (isSpace(left)) return saying.test(slice(window, Math.max(0, index - 12), index)) ? grade.phrase : NO;
  return left !== "" && sayingHanzi.includes(fold(left)) ? grade.phrase : NO;
}
