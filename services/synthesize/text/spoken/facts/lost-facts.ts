import { soundOf } from "./sound.ts";

/**
 * No fact may be lost between what is written and what is heard. What a figure or a sign sounds like differs from language to language,
 * but one thing holds in all of them: **a fact that is heard can be told from another**. So each figure of a text is changed, each sign
 * taken away or turned into another, and the text that says something else must sound otherwise. Where it sounds the same, nobody who
 * listens can know which was written: `3〜5日` that is said as 35日, `−5 °C` without its minus, `(120-30)÷2` with 到 for the minus.
 * No dictionary of any language is needed, and none can be wrong.
 */

/** Says a text as it would be spoken, clauses joined by a space. */
export type Say = (text: string) => string;

/** Part of what a text states, and how it was lost. */
export interface LostFact {
  readonly kind: FactKind;
  /** The figure or sign, as written. */
  readonly written: string;
  /** Where it stands, in UTF-16 units. */
  readonly index: number;
  /** Another text that states something else and sounds the same. */
  readonly soundsLike: string;
}

/** What a variant changes: a figure; what parts two figures; a decimal mark; a sign; a minus into a range, or a range into a minus. */
export type FactKind = "figure" | "border" | "decimal" | "sign" | "meaning";

/** What the language of the text is known to do. */
export interface FactOptions {
  /** What stands before the decimals of a number; a full stop where nothing is said. */
  readonly decimalMark?: "." | ",";
}

interface Variant {
  readonly kind: FactKind;
  readonly written: string;
  readonly index: number;
  readonly text: string;
}

/** The facts of a text that cannot be heard; none in a good reading. Of a text with markup only what stands outside the marks is asked about. */
export function lostFacts(text: string, say: Say, options: FactOptions = {}): LostFact[] {
  const heard = soundOf(say(text));
  const lost: LostFact[] = [];
  const marked = [...text.matchAll(markup)].map(({ 0: { length }, index }) => [index, index + length] as const);
  for (const { kind, written, index, text: soundsLike } of variants(text, options.decimalMark ?? "."))
    if (!marked.some(([start, end]) => index >= start && index < end) && soundOf(say(soundsLike)) === heard)
      lost.push({ kind, written, index, soundsLike });
  return lost;
}

/** Code, addresses, formulas in LaTeX, notes and tags: they are named, or read by rules of their own. */
const markup =
  /```[\s\S]*?(?:```|$)|`[^`]*`|\$\$?[^$\n]*[\\^_=][^$\n]*\$|\\[([][\s\S]*?\\[)\]]|https?:\S+|\]\([^)]*\)|\[\^?\w+\]|<\/?[a-z][^<>]*>/g;
/** A sign that says something of the figure before or after it. A wave after 谢谢 or a particle only drags it out. */
const ofOneFigure = /(?<=[\d²³])[+×÷=<>≤≥≈≠±]|(?<![A-Za-z]|[谢啦哦呢吧呀嘛])[−+×÷=<>≤≥≈≠±√~～〜](?= ?[-−]?\d)/g;
/** Signs that two figures may share, as in 40%-60% and $10-$20: taken away everywhere at once. */
const shared = /(?<=\d ?)[%‰℃℉]|°(?= ?[CF])|[$€£¥₩₽№](?= ?\d)|(?<=\d ?)[€₽]/g;
/** Money that is named beside its sign is heard without it as well. */
const moneyNamed = /[元块圆円원]|人民币|dollar|buck|euro|yen|yuan|pound|рубл/i;
/** How often something is done or taken, where the word for it is written as well: 500 mg × 2 times. */
const timesNamed = /^× ?\d+ ?(?:раза?|times|[Mm]al|fois|veces|volte|vezes|[次回번])(?!\p{L})/u;
/** What parts two figures. */
const border = /(?<=[\d²³]) ?[-−–—~～〜/:：∶*×÷+=<>≤≥≈≠±]{1,2} ?(?=[-−]?\d)/g;
/** A minus before a number: neither part of a word, a code or a date, nor a bullet. */
const negative =
  /(?<![\p{L}\p{N}\p{M})）\]%°′″'"”’.-] ?|^|\n\s*)[-−–](?=\d+(?:[.,]\d+)?(?![\d-]))|(?<=\p{L}\s)[-−](?=\d)|^[-−](?=\d)/gu;
/** A dash between two plain numbers which a unit or a counted word follows, so that it is a range. */
const dashOfRange = /(?<![\p{L}\d.,:/-]|\p{L}\s)\d{1,4}([-–])\d{1,4} ?(?:%|°|℃|\p{L})/gu;
/** From one amount to the next. */
const wave = /(?<=\d[\p{L}%°]{0,4}) ?[~～〜] ?(?=[-−$¥€]?\d)/gu;
/** A dash that subtracts: in brackets that something multiplies or divides, in an equation, or after a power. */
const subtraction =
  /[(（] ?[\p{L}\d²³]{1,6} ?[-−] ?[\p{L}\d²³]{1,6} ?[)）] ?[×÷*/]|[=＝] ?[\p{L}\d²³]{1,6} ?[-−] ?[\p{L}\d²³]{1,6}(?![-\d\p{L}])|(?<![\d-]|[A-Za-z])\d{1,4} ?[-−] ?\d{1,4} ?[=＝]|(?<=[a-z][²³]) ?[-−] ?(?=[A-Za-z\d])/gu;
/** Words after which figures are a code, the number of a standard or one to dial. */
const codeNamed =
  /(?:[号码线]|电话|编号|卡号|\b(?:account|order|number|no\.?|code|card|ticket|call|dial|phone|room|policy|reference))[^\d\n]{0,6}$|(?<!\p{L})(?:r[ée]f\.|rif\.|factur[ae]|fatura|fattura|rechnung|dossier|expediente|processo|pratica|aktenzeichen) $|\b(?:ISO|IEC|DIN|EN|IEEE|GB)[ /]$/iu;
/** What is dialled, typed or told letter by letter, where each sign is a key of its own. */
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
    // After a measure a dash with spaces is a pause, and nothing runs together without it.
    const isPause = /^ [-–—] $/.test(between) && /[²³]/.test(text[index - 1] ?? "");
    if (!isPause && !isInCode(text, index, between) && !isDialled(text, index, between))
      yield instead("border", between, index, "");
  }

  for (const { 0: mark, index } of text.matchAll(decimalMark === "." ? /(?<=\d)\.(?=\d)/g : /(?<=\d),(?=\d)/g)) {
    const after = text.slice(index + 1);
    // Three digits may be a group, a number with several marks is a version or a date, and nothing is heard of zeros.
    // Of a day that has a name, as in 3.15晚会, the figures alone are heard.
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

/** Whether something parts groups of a telephone number, the first of which begins with 0: it is dialled with or without it. */
function isDialled(text: string, index: number, written: string): boolean {
  return (
    /^ ?[-–/] ?$/.test(written) &&
    /(?<![\d.,])0\d{2,5}(?:[ /()–-]{1,3}\d+)*$/.test(text.slice(Math.max(0, index - 24), index))
  );
}

/** Whether a hyphen or colon stands in a telephone number, a name or a code, where it may be silent. */
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
