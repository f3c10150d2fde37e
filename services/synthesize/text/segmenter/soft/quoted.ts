import { isSpace } from "../window/characters.ts";
import { NO, peek, slice, type Window } from "../window/window.ts";
import { grade } from "./grade.ts";
import { fold } from "./han/fold.ts";

// Before the words of somebody else people stop for breath, as before a colon: after a word that says that they come.

const quotes = '“"「『';

/** Whether a character begins a quotation, or may. */
export const isQuote = (c: string): boolean => c !== "" && quotes.includes(c);

/** Hanzi after which words are quoted. */
const sayingHanzi = "是说叫道问答写喊念";
/** English words after which they are. */
const saying =
  /(?:^|[^\p{L}])(?:say|says|said|ask|asks|asked|tell|write|writes|wrote|means|reads|called|answer|answered|replied|shouted|whispered|is) $/iu;

/** How well a text may part before a quotation at `index`: a grade or NO. */
export function beforeQuote(window: Window, index: number): number {
  const left = peek(window, index - 1) ?? "";
  if (isSpace(left)) return saying.test(slice(window, Math.max(0, index - 12), index)) ? grade.phrase : NO;
  return left !== "" && sayingHanzi.includes(fold(left)) ? grade.phrase : NO;
}
