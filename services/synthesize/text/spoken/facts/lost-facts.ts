import { soundOf } from "./sound.ts";

/**
 * Checks that no fact is lost between the written and the spoken text. How a number or symbol sounds depends on the
 * language, but one rule holds in every language: **different facts must sound different**. So the check changes each
 * digit of a text, and removes or replaces each symbol. The changed text states something else, so it must sound
 * different too. If it sounds the same, no listener can know which one was written. Examples of such losses are `3〜5日`
 * spoken as 35日, `−5 °C` without its minus, and `(120-30)÷2` with 到 (to) for the minus. The check needs no dictionary,
 * so it works for every language.
 */

/** Returns the spoken form of a text, with clauses joined by a space. */
export type Say = (text: string) => string;

/** A fact that a text states, but that its spoken form has lost. */
export interface LostFact {
  readonly kind: FactKind;
  /** The digit or symbol, as written. */
  readonly written: string;
  /** The position of the digit or symbol in the text, in UTF-16 units. */
  readonly index: number;
  /** A different text that sounds the same. */
  readonly soundsLike: string;
}

/**
 * What is changed in a text to test a fact: a digit; a separator between numbers; a decimal mark; a sign; or the
 * meaning of a dash, from minus to range or vice versa.
 */
export type FactKind = "figure" | "border" | "decimal" | "sign" | "meaning";

/** What `lostFacts` needs to know about the text's language. */
export interface FactOptions {
  /** The decimal mark of the language; a full stop by default. */
  readonly decimalMark?: "." | ",";
}

interface Variant {
  readonly kind: FactKind;
  readonly written: string;
  readonly index: number;
  readonly text: string;
}

/**
 * Finds the facts of a text, such as digits and signs, that are lost in its spoken form; empty if none is lost. In a
 * text with markup, only the parts outside markup are checked.
 */
export function lostFacts(text: string, say: Say, options: FactOptions = {}): LostFact[] {
  const heard = soundOf(say(text));
  const lost: LostFact[] = [];
  const marked = [...text.matchAll(markup)].map(({ 0: { length }, index }) => [index, index + length] as const);
  for (const { kind, written, index, text: soundsLike } of variants(text, options.decimalMark ?? "."))
    if (!marked.some(([start, end]) => index >= start && index < end) && soundOf(say(soundsLike)) === heard)
      lost.push({ kind, written, index, soundsLike });
  return lost;
}

/**
 * Matches code, URLs, LaTeX, footnotes and tags, which are not checked: they are not read as text, or have their own
 * rules.
 */
const markup =
  /```[\s\S]*?(?:```|$)|`[^`]*`|\$\$?[^$\n]*[\\^_=][^$\n]*\$|\\[([][\s\S]*?\\[)\]]|https?:\S+|\]\([^)]*\)|\[\^?\w+\]|<\/?[a-z][^<>]*>/g;
/** Matches a sign that modifies the number next to it. After 谢谢 or a particle, a wave dash only prolongs the word. */
const ofOneFigure = /(?<=[\d²³])[+×÷=<>≤≥≈≠±]|(?<![A-Za-z]|[谢啦哦呢吧呀嘛])[−+×÷=<>≤≥≈≠±√~～〜](?= ?[-−]?\d)/g;
/** Matches symbols that two numbers may share, such as % in 40-60%; a test removes all occurrences at once. */
const shared = /(?<=\d ?)[%‰℃℉]|°(?= ?[CF])|[$€£¥₩₽№](?= ?\d)|(?<=\d ?)[€₽]/g;
/** Names of currencies: if the text contains one, the currency is heard even without its symbol. */
const moneyNamed = /[元块圆円원]|人民币|dollar|buck|euro|yen|yuan|pound|рубл/i;
/** `×` before a number and a word for "times", as in "500 mg × 2 times": since the word is heard, `×` may be silent. */
const timesNamed = /^× ?\d+ ?(?:раза?|times|[Mm]al|fois|veces|volte|vezes|[次回번])(?!\p{L})/u;
/** Matches the sign between two numbers, such as the dash of a range or the colon of a clock time. */
const border = /(?<=[\d²³]) ?[-−–—~～〜/:：∶*×÷+=<>≤≥≈≠±]{1,2} ?(?=[-−]?\d)/g;
/** Matches a minus before a number, but not a hyphen that is a bullet or part of a word, a code or a date. */
const negative =
  /(?<![\p{L}\p{N}\p{M})）\]%°′″'"”’.-] ?|^|\n\s*)[-−–](?=\d+(?:[.,]\d+)?(?![\d-]))|(?<=\p{L}\s)[-−](?=\d)|^[-−](?=\d)/gu;
/**
 * Matches two plain numbers with a dash between them, followed by a unit or a counted word: such a dash means a range.
 */
const dashOfRange = /(?<![\p{L}\d.,:/-]|\p{L}\s)\d{1,4}([-–])\d{1,4} ?(?:%|°|℃|\p{L})/gu;
/** The wave dash between the two amounts of a range. */
const wave = /(?<=\d[\p{L}%°]{0,4}) ?[~～〜] ?(?=[-−$¥€]?\d)/gu;
/** A dash that means subtraction: in brackets that are multiplied or divided, in an equation, or after a power. */
const subtraction =
  /[(（] ?[\p{L}\d²³]{1,6} ?[-−] ?[\p{L}\d²³]{1,6} ?[)）] ?[×÷*/]|[=＝] ?[\p{L}\d²³]{1,6} ?[-−] ?[\p{L}\d²³]{1,6}(?![-\d\p{L}])|(?<![\d-]|[A-Za-z])\d{1,4} ?[-−] ?\d{1,4} ?[=＝]|(?<=[a-z][²³]) ?[-−] ?(?=[A-Za-z\d])/gu;
/** Words after which a number is a code, a standard or a telephone number. */
const codeNamed =
  /(?:[号码线]|电话|编号|卡号|\b(?:account|order|number|no\.?|code|card|ticket|call|dial|phone|room|policy|reference))[^\d\n]{0,6}$|(?<!\p{L})(?:r[ée]f\.|rif\.|factur[ae]|fatura|fattura|rechnung|dossier|expediente|processo|pratica|aktenzeichen) $|\b(?:ISO|IEC|DIN|EN|IEEE|GB)[ /]$/iu;
/** Text to be dialed, typed or spelled out, so that each of its symbols is a key to press. */
const keyed = /(?:[按拨]打?|密码[是为：: ]*|\b(?:press|dial|password(?: is)?|PIN)\s)([A-Za-z\d*#_@]{2,})/gi;

function* variants(text: string, decimalMark: "." | ","): Generator<Variant> {
  const instead = (kind: FactKind, written: string, index: number, replacement: string): Variant => ({
    kind,
    written,
    index,
    text: text.slice(0, index) + replacement + text.slice(index + written.length),
  });

  for (const { 0: digit, index } of text.matchAll(/\d/g))
    yield instead("figure", digit, index, String((Number(digit) + 5) % 10));

  for (const { 0: between, index } of text.matchAll(border)) {
    // After a measure such as 5 m², a dash between spaces may be spoken as a pause, since the numbers remain separate.
    const isPause = /^ [-–—] $/.test(between) && /[²³]/.test(text[index - 1] ?? "");
    if (!isPause && !isInCode(text, index, between) && !isDialled(text, index, between))
      yield instead("border", between, index, "");
  }

  for (const { 0: mark, index } of text.matchAll(decimalMark === "." ? /(?<=\d)\.(?=\d)/g : /(?<=\d),(?=\d)/g)) {
    const after = text.slice(index + 1);
    // Skip decimal marks that need not be heard. Before three digits, the mark may only separate groups of digits.
    // Before zeros, in a version or date with several marks, or in the name of an event (3.15晚会), it may be silent.
    if (
      /^(?:\d{3}|0+)(?!\d)|^\d+[.,:]\d|^\d+(?:晚会|事件|大促|购物节)/.test(after) ||
      /[.,:]\d+$/.test(text.slice(0, index))
    )
      continue;
    yield instead("decimal", mark, index, "");
    yield instead("decimal", mark, index, ", ");
  }

  for (const { 0: sign, index } of text.matchAll(ofOneFigure))
    if (!timesNamed.test(text.slice(index, index + 16))) yield instead("sign", sign, index, " ");
  for (const { 0: sign, index } of text.matchAll(negative)) yield instead("sign", sign, index, "");
  for (const { 0: range, 1: sign = "", index: start } of text.matchAll(dashOfRange)) {
    const index = start + range.indexOf(sign);
    if (!isInCode(text, index, "-") && !isDialled(text, index, "-")) yield instead("sign", sign, index, " ");
  }
  for (const { 0: dash, index } of text.matchAll(/(?<=\d) [-−–] (?=\d)/g)) yield instead("sign", dash, index, ", ");
  for (const sign of new Set(text.match(shared)))
    if (!/\p{Sc}/u.test(sign) || !moneyNamed.test(text))
      yield { kind: "sign", written: sign, index: text.indexOf(sign), text: text.replaceAll(sign, "") };
  for (const { 0: all, 1: keys = "", index } of text.matchAll(keyed))
    for (const { 0: key, index: place } of keys.matchAll(/[*#_@]/g))
      yield instead("sign", key, index + all.length - keys.length + place, "");

  for (const { 0: sum, index: start } of text.matchAll(subtraction)) {
    const index = start + sum.search(/[-−]/);
    yield instead("sign", text[index] ?? "", index, " ");
    yield instead("meaning", text[index] ?? "", index, "~");
  }
  for (const { 0: sign, index } of text.matchAll(wave)) {
    yield instead("meaning", sign, index, "+");
    yield instead("meaning", sign, index, ", ");
    yield instead("meaning", sign, index, ", ~");
  }
}

/**
 * Whether `written` separates the groups of a telephone number that begins with 0. Such a number is dialed the same
 * with or without the separator.
 */
function isDialled(text: string, index: number, written: string): boolean {
  return (
    /^ ?[-–/] ?$/.test(written) &&
    /(?<![\d.,])0\d{2,5}(?:[ /()–-]{1,3}\d+)*$/.test(text.slice(Math.max(0, index - 24), index))
  );
}

/** Whether a hyphen or colon is inside a telephone number, a name or a code, where it may be silent. */
function isInCode(text: string, index: number, written: string): boolean {
  if (!/^\s?[-−–—:：]\s?$/.test(written)) return false;
  const left = /[\p{L}\d.:_-]*$/u.exec(text.slice(0, index))?.[0] ?? "";
  const right = /^[\p{L}\d.:_-]*/u.exec(text.slice(index + written.length))?.[0] ?? "";
  return (
    codeNamed.test(text.slice(0, index - left.length)) ||
    /[-:]/.test(left + right) ||
    (left + right).replace(/\D/g, "").length >= 7 ||
    /(?<!\d)0\d/.test(`${left} ${right}`) ||
    /[A-Za-z]/.test(left)
  );
}
