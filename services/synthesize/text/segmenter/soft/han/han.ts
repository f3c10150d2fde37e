import { isCloser, isDigit, isHan, isLetter, isSpace, isWide } from "../../window/characters.ts";
import { NO, peek, slice, WAIT, type Window } from "../../window/window.ts";
import { grade } from "../grade.ts";
import { fold, withTraditional } from "./fold.ts";
import {
  announcing,
  counted,
  describing,
  endings,
  leaning,
  leaningHanzi,
  measures,
  nouns,
  openers,
  pairs,
  particles,
  placeEndings,
  surnames,
} from "./words.ts";

// Chinese has no spaces between words, and looking up words in a dictionary at every position would be slow, and its
// results would change while the text grows. So a phrase is recognized by the function words that begin or end it: two
// hanzi on either side tell whether a hanzi is a function word.

/** Words after which, as after 是 (to be), a segment may end without punctuation if there is no better position. */
const copulas = new Set(["可以", "需要", "应该", "必须", "能够", "建议", "适合"]);

/** Characters with which a phrase may begin or end. A position is judged only if such a character is next to it. */
const beginning = withTraditional(["于", ...openers.keys(), ...[...pairs.keys()].map((pair) => pair[0] ?? "")]);
const ending = withTraditional([
  "是",
  ...placeEndings.keys(),
  ...[...endings, ...copulas, ...announcing].map((word) => word.at(-1) ?? ""),
]);

/**
 * The two characters before a possible soft border (`second`, `left`) and the two after it (`right`, `next`). Hanzi are
 * in simplified form. A digit, and in `left` also a unit symbol, is given as "0"; any other character as "A" in `left`,
 * and as "" in `second` and `next`.
 */
interface Around {
  readonly second: string;
  readonly left: string;
  readonly right: string;
  readonly next: string;
}

/** Symbols that, after a number, are treated as part of the number, as in 5%. */
const units = "%％‰℃℉°㎡²³";

/** Hanzi that extend an announcing phrase, such as 这说明 (this shows), to words that announce nothing: 这说明书. */
const continuing = "书文到见出起清懂作";

/** Hanzi that join two numbers into a list or a range (3和5, 3到5): there is no border before them. */
const figures = "和与或到至比对";

/**
 * How suitable the position before `index` is for a soft border: a grade; NO: unsuitable; WAIT: more text is needed.
 */
export function judgeHan(window: Window, index: number): number {
  const c = peek(window, index) ?? "";
  if (!isHan(c)) return NO;
  const gap = isSpace(peek(window, index - 1) ?? "") ? 1 : 0;
  const left = peek(window, index - 1 - gap) || " ";
  if (!beginning.has(c) && !ending.has(left)) return NO;
  if (
    !isHan(left) &&
    !isCloser(left) &&
    left !== "`" &&
    left !== "*" &&
    !isLetter(left) &&
    !isDigit(left) &&
    !units.includes(left)
  )
    return NO;
  const next = peek(window, index + 1);
  if (next === undefined) return WAIT;
  // A single hanzi before a punctuation mark is not separated from the text before it, nor is one before an opening
  // quote.
  if (!isWide(next) && !isLetter(next) && !isDigit(next) && !isSpace(next)) return NO;
  if (isWide(next) && !isHan(next)) return NO;
  const second = peek(window, index - 2 - gap) ?? "";
  return judge(
    {
      second: isHan(second) ? fold(second) : isDigit(second) ? "0" : "",
      left: isHan(left) ? fold(left) : isDigit(left) || units.includes(left) ? "0" : "A",
      right: fold(c),
      next: isHan(next) ? fold(next) : "",
    },
    window,
    index,
  );
}

function judge(around: Around, window: Window, index: number): number {
  const { left, right } = around;
  if (left === "0" && figures.includes(right)) return NO;
  if (surnames.includes(left) || particles.includes(right)) return NO;
  if (isAnnounced(window, index) && !continuing.includes(right)) return grade.phrase;
  const kind = opens(around);
  if (kind !== undefined) {
    if (left === "的" ? kind === "bound" || around.second === "指" : leansRight(around)) return NO;
    if (right === "是" && isSupposed(window, index)) return NO;
    const pair = right + around.next;
    if (pairs.has(pair)) return describing.has(pair) ? unlessOfThing(window, index, grade.phrase) : grade.phrase;
    if (right === "对" && isMade(window, index)) return NO;
    if (kind === "bound" && isShortClause(window, index)) return NO;
    // Before 和, 与 or 或 there is a border only if the words that they join are an object. They may also be the topic of
    // the sentence, as in 圆的周长和直径的比值.
    if ("和与或".includes(right)) return isObject(window, index) ? grade.word : NO;
    if ("很有会能用被".includes(right)) return unlessOfThing(window, index, grade.phrase);
    if (right !== "而") return grade.phrase;
    // The words around 而 may form a single attribute, which must not be divided: 长期而稳定 (long-term and stable).
    const last = afterWord(window, index);
    if (last === undefined) return WAIT;
    return fold(last) === left ? NO : grade.word;
  }
  if (right === "于" && isAgent(window, index)) {
    const answer = beforeDate(window, index);
    if (answer !== NO) return answer;
  }
  if (endsPhrase(around, window, index))
    return placeEndings.has(left) && left !== "时" ? unlessOfThing(window, index, grade.phrase) : grade.phrase;
  // No segment begins with a one-character noun, a pronoun, or a hanzi before a particle.
  if ("人事话词字我你您他她它这那".includes(right) || particles.includes(around.next)) return NO;
  const word = around.second + left;
  if (!copulas.has(word)) return left === "是" ? grade.word : NO;
  // There is no border before a single word and a punctuation mark: such a word is too short by itself, as 开始 is in
  // 可以开始，
  const after = afterWord(window, index);
  if (after !== undefined && !isHan(after)) return NO;
  return unlessOfThing(window, index, word === "适合" ? grade.phrase : grade.word);
}

/**
 * Returns `graded`, the grade of a border before the two-character word at `index`; NO if 的 follows the word, which is
 * then part of an attribute (显示的错误代码, 在水里传播的速度); WAIT if more text is needed to tell.
 */
function unlessOfThing(window: Window, index: number, graded: number): number {
  const last = afterWord(window, index);
  return last === undefined ? WAIT : last === "的" ? NO : graded;
}

/**
 * Returns the character after the two hanzi at `index`; undefined if it has not arrived yet. Returns "" if the second
 * character is not a hanzi: the clause may end there, and no border may depend on the text after its clause.
 */
function afterWord(window: Window, index: number): string | undefined {
  return isHan(peek(window, index + 1) ?? "") ? peek(window, index + 2) : "";
}

/**
 * Whether the word after the possible border begins a phrase: always (`free`), or only where it cannot be a noun or an
 * adjective (`bound`). Undefined if it begins none here.
 */
function opens({ left, right, next }: Around): "free" | "bound" | undefined {
  // A verb repeated around 不 is one question, with no border inside: 是不是, 要不要.
  if (next === left && right === "不") return undefined;
  const opener = openers.get(right);
  if (opener?.after.includes(left)) return undefined;
  const pair = pairs.get(right + next);
  if (pair !== undefined) return pair === "bound" && left === "了" ? undefined : pair;
  if (opener === undefined || next === "的" || (next !== "" && opener.not.includes(next))) return undefined;
  // 对 after 了 introduces the object of the verb: 寄托了对亲人的祝愿.
  if (left === "了" && "对从由比有".includes(right)) return undefined;
  return opener.kind;
}

/** Whether the word before the possible border belongs to the text after it, so that no phrase ends there. */
function leansRight({ second, left }: Around): boolean {
  if (leaning.has(second + left)) return true;
  if (second !== "" && counted.includes(second) && measures.includes(left)) return true;
  if ("是在也".includes(left) || (left === "都" && "么点谁".includes(second))) return true;
  if (!leaningHanzi.includes(left)) return false;
  // The verbs 会 and 能 belong to the text after them, but not where they end a noun such as 机会 or 功能.
  return second === "" || !((openers.get(left)?.after ?? nouns.get(left))?.includes(second) ?? false);
}

/** Whether the text before the possible border ends with a phrase of time or place. */
function endsPhrase({ second, left, right, next }: Around, window: Window, index: number): boolean {
  if (endings.has(second + left)) return true;
  const ending = placeEndings.get(left);
  if (ending === undefined || ending.after.includes(second) || ending.not.includes(right)) return false;
  if (right === "用" && fold(peek(window, index + 1) ?? "") === "的") return false;
  if (left === "时") return !(right === "不" && next === "时");
  for (let at = index - 3; at >= index - 10; at--) {
    const c = fold(peek(window, at) ?? "");
    if (!isHan(c)) return false;
    if (c === "在" || c === "从") return true;
  }
  return false;
}

/** Whether the words before `index` announce what follows: 这是因为. */
function isAnnounced(window: Window, index: number): boolean {
  const before = [...slice(window, Math.max(0, index - 4), index)].map(fold).join("");
  return [2, 3, 4].some((length) => announcing.has(before.slice(-length)));
}

/**
 * Whether a verb such as 以为 (to suppose) is two or three hanzi before `index`, so that the 是 at `index` belongs to what
 * is supposed: 以为感冒是.
 */
function isSupposed(window: Window, index: number): boolean {
  const before = slice(window, Math.max(0, index - 5), index);
  return /(?:以为|认为|觉得|证明|表明|说明|知道)[\p{Script=Han}]{2,3}$/u.test(before);
}

/** Whether the clause so far is a pronoun, a verb and an object with 的: 我了解象棋的规则. */
function isObject(window: Window, index: number): boolean {
  return index <= 14 && /^(?:我们?|您|你们?)\p{Script=Han}{3,9}的\p{Script=Han}{2}$/u.test(slice(window, 0, index));
}

/** Whether the text before `index` ends with 由 and the beginning of the agent of a later verb: 由月球和太阳对海水的引力造成. */
function isMade(window: Window, index: number): boolean {
  return /由[\p{Script=Han}]{1,9}$/u.test(slice(window, Math.max(0, index - 10), index));
}

/** Whether the text before `index` ends with 由 and a name; a date may follow the name: 由李渊于公元六一八年建立. */
function isAgent(window: Window, index: number): boolean {
  return /由[\p{Script=Han}]{1,3}[^等高低大小多少同限属位处\P{Script=Han}]$/u.test(
    slice(window, Math.max(0, index - 5), index),
  );
}

/** Rates the position before the 于 at `index` as a soft border: a grade if a date follows, NO if not, or WAIT. */
function beforeDate(window: Window, index: number): number {
  const [first, second] = [peek(window, index + 1) ?? "", peek(window, index + 2)];
  if (isDigit(first)) return grade.phrase;
  if (first !== "公") return NO;
  return second === undefined ? WAIT : second === "元" ? grade.phrase : NO;
}

/** Whether a conjunction and the short subject of its clause end right before `index`: 如果伤口 before 很 in 如果伤口很深. */
function isShortClause(window: Window, index: number): boolean {
  return /(?:如果|只要|即使|除非)[\p{Script=Han}]{2}$/u.test(slice(window, Math.max(0, index - 4), index));
}
