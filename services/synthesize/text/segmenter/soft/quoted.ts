import { isSpace } from "../window/characters.ts";
import { NO, peek, slice, type Window } from "../window/window.ts";
import { grade } from "./grade.ts";
import { fold } from "./han/fold.ts";

// Where a word announces a quotation ("she said"), speakers take a breath before the quotation, as at a colon.

const quotes = '“"「『';

/** Whether a character begins, or may begin, a quotation. */
export const isQuote = (c: string): boolean => c !== "" && quotes.includes(c);

/** Hanzi that announce a quotation. */
const sayingHanzi = "是说叫道问答写喊念";
/** Pairs of hanzi that announce a quotation (译成, 称为), where the second hanzi alone would not be enough evidence. */
const sayingPairs = new Set(
  (
    "译成 写成 读成 念成 说成 改成 换成 理解成 译为 称为 写为 读为 名为 意为 解释为 理解为 译作 写作 读作 称作 叫作 叫做 " +
    "表示 回复 提示 显示 输入 备注 写着 印着 标着 比如 例如 譬如 诸如 一句 记住"
  )
    .split(" ")
    .map((word) => word.slice(-2)),
);
/** English words that announce a quotation. */
const saying =
  /(?:^|[^\p{L}])(?:say|says|said|ask|asks|asked|tell|write|writes|wrote|means|reads|called|answer|answered|replied|shouted|whispered|is|are|was|were|be|as|like|titled|named|read|spell|spells|spelled|suggest|suggests|suggested|instance|example) $/iu;

/** How suitable the place before a quotation at `index` is for a soft border: a grade or NO. */
export function beforeQuote(window: Window, index: number): number {
  const left = peek(window, index - 1) ?? "";
  if (isSpace(left)) return saying.test(slice(window, Math.max(0, index - 12), index)) ? grade.phrase : NO;
  if (left === "") return NO;
  const pair = fold(peek(window, index - 2) ?? "") + fold(left);
  return sayingHanzi.includes(fold(left)) || sayingPairs.has(pair) ? grade.phrase : NO;
}
