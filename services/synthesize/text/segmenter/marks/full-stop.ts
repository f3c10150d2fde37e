import { isDigit, isLetter, isLower, isNewline, isUpper, isWide } from "../window/characters.ts";
import { NO, peek, slice, WAIT, type Window } from "../window/window.ts";
import {
  type AbbreviationKind,
  abbreviationKind,
  initials,
  insideAfter,
  ordinalFollowers,
  ordinalLeads,
  sentenceStarters,
  timeFollowers,
} from "./abbreviations.ts";

/** The maximum length of a word before a full stop, in characters: a longer word is no known abbreviation. */
const longest = 14;

/** The start of the run of letters right before `index`; `index` itself if no letter is right before it. */
function lettersBefore(window: Window, index: number): number {
  let start = index;
  while (index - start < longest) {
    const c = peek(window, start - 1) ?? "";
    if (!isLetter(c) || isWide(c)) break;
    start--;
  }
  return start;
}

/** The letters before `index`, including full stops inside them: `U.S`, `e.g`, `Dr`. */
function wordBefore(window: Window, index: number): string {
  let start = lettersBefore(window, index);
  while (index - start < longest && peek(window, start - 1) === "." && isLetter(peek(window, start - 2) ?? ""))
    start = Math.max(lettersBefore(window, start - 1), index - longest);
  return slice(window, start, index);
}

/** The word at `index`; "" if there is none, undefined while its end is not known. */
function wordAfter(window: Window, index: number): string | undefined {
  let word = "";
  for (; word.length < 14; index++) {
    const c = peek(window, index);
    if (c === undefined) return undefined;
    if (!isLetter(c) || isWide(c)) break;
    word += c;
  }
  return word;
}

/**
 * The kind of abbreviation that `word` is; undefined for an ordinary word. `word` may contain full stops, but is given
 * without its last one, which is at `index`.
 */
function kindOf(window: Window, word: string, index: number): AbbreviationKind | "time" | undefined {
  if (/^[ap]\.m$/i.test(word)) return "time";
  const known = abbreviationKind(word, (length) => slice(window, Math.max(0, index - length), index));
  return known ?? (initials.test(word) ? "name" : undefined);
}

/** The kind of abbreviation before the full stop at `index`; undefined if there is none. */
export const abbreviationBefore = (window: Window, index: number): AbbreviationKind | "time" | undefined =>
  kindOf(window, wordBefore(window, index), index);

/**
 * Whether one of `words` is at `index`: NO if so, since the sentence continues; 1 if not; WAIT if more text is needed.
 */
function goesOnWith(words: ReadonlySet<string>, window: Window, index: number): number {
  for (let word = "", at = index; ; at++) {
    const c = peek(window, at);
    if (c === undefined) return WAIT;
    if (!isLetter(c) || isWide(c)) return words.has(word) ? NO : 1;
    word += c;
    if (![...words].some((known) => known.startsWith(word))) return 1;
  }
}

/**
 * Whether an alphanumeric code such as HX7, UA 12 or AB-12 begins at `index`: NO if so, since the sentence continues; 1
 * if not; WAIT if more text is needed.
 */
function codeAfter(window: Window, index: number): number {
  const word = wordAfter(window, index);
  if (word === undefined) return WAIT;
  if (word.length > 5 || word !== word.toUpperCase()) return 1;
  const [next, second] = [peek(window, index + word.length), peek(window, index + word.length + 1)];
  if (next === undefined || ((next === "-" || next === " ") && second === undefined)) return WAIT;
  return isDigit(next) || ((next === "-" || next === " ") && isDigit(second ?? "")) ? NO : 1;
}

/** Units whose full stop ends no sentence if the amount modifies a noun (`describedBy`): "a 10-yr. bond". */
const measures = new Set("in ft lb oz gal qt yd min hr yr".split(" "));
const describedBy =
  /(?<![A-Za-z])(?:[Aa]n?|[Tt]he|[Yy]our|[Mm]y|[Tt]his) [\d.]+(?:[ -]?(?:[½⅓⅔¼¾⅛⅜⅝⅞]|\d\/\d{1,2}))?[ -]$|(?<![A-Za-z])(?:[Aa]n?|[Tt]he|[Yy]our) (?:[½⅓⅔¼¾⅛⅜⅝⅞]|\d{1,2}\/\d{1,2}) $/;

/** Taxes that may follow "ex." and "inc." in a price: "ex. VAT". */
const taxes = new Set("VAT GST HST".split(" "));

/** Matches a phrase that ends in "no." before a number, which may begin with a letter: "claim no. CLM-1". */
const numbered =
  /\b(?:claim|order|policy|account|case|invoice|reference|flight|ticket|serial|model|part|item|confirmation|tracking|license|phone|room|registration|contract|booking) no$/i;

/**
 * Whether the full stop at `index` is part of a Korean date such as `2025. 3. 12.`: NO if so, WAIT while it may be, 1
 * otherwise. After the year this depends on what follows, since a sentence in another language may end with a year.
 */
function dateInFigures(window: Window, index: number): number {
  const before = slice(window, Math.max(0, index - 12), index);
  if (/(?:^|\D)(?:19|20)\d\d\. \d{1,2}(?:\. \d{1,2})?$/.test(before)) {
    const next = peek(window, index + 2);
    if (next === undefined) return WAIT;
    return isDigit(next) || /\p{Script=Hangul}|\(/u.test(next) ? NO : 1;
  }
  if (!/(?:^|\D)(?:19|20)\d\d$/.test(before)) return 1;
  let at = index + 2;
  while (at - index < 4 && isDigit(peek(window, at) ?? "")) at++;
  const mark = peek(window, at);
  if (mark === undefined) return WAIT;
  if (at === index + 2 || mark !== ".") return 1;
  const gap = peek(window, at + 1);
  const next = peek(window, at + 2);
  if (gap === undefined || (gap === " " && next === undefined)) return WAIT;
  return /\p{Script=Hangul}/u.test(gap) || (gap === " " && /[\d\p{Script=Hangul}]/u.test(next ?? "")) ? NO : 1;
}

/**
 * Whether the full stop at `index`, followed by white space, ends the sentence of a clause that began at `start`: 1 if
 * so, NO if not, WAIT if more text is needed.
 */
export function fullStop(window: Window, start: number, index: number): number {
  const before = wordBefore(window, index);
  if (before === "") {
    // A number at the start of a clause is the number of a list item or step, so its full stop ends nothing: "1. Open".
    let first = index;
    while (first > start && isDigit(peek(window, first - 1) ?? "")) first--;
    if (first === start && index - first <= 3 && index > first) return NO;
    if (index === first) return 1;
    const dated = dateInFigures(window, index);
    if (dated !== 1) return dated;
    const beginning = peek(window, index + 2);
    if (beginning === undefined) return WAIT;
    // A lower-case letter does not begin a sentence: "Bis zum 24.12. ist Zeit".
    if (isLower(beginning) && !isWide(beginning)) return NO;
    if (index - first > 2) return 1;
    // In German and related languages the full stop marks an ordinal: "am 3. Oktober", "der 2. Weltkrieg".
    if (ordinalLeads.has(wordBefore(window, first - 1))) return NO;
    return goesOnWith(ordinalFollowers, window, index + 2);
  }
  let kind = kindOf(window, before, index);
  // After a number, "in." is an inch: "a 9x13-in. pan".
  if (before === "in" && /[\d½⅓⅔¼¾⅛⅜⅝⅞][ -]$/.test(slice(window, Math.max(start, index - 5), index - 2))) kind = "any";
  // After a name, "St." means street ("Main St."), and may end a sentence.
  if (before === "St" && /[A-Z][a-z]+ $/.test(slice(window, Math.max(start, index - 14), index - 2))) kind = "name";
  // German words in "str." (street) and "nr." (number) are abbreviations that a number may follow: "Hauptstr. 5".
  if (kind === undefined && /\p{L}{2}(?:str|nr)$/u.test(before)) kind = "number";
  // A Roman numeral with a full stop: after an article or a preposition it is an ordinal ("der II. Weltkrieg"); after a
  // name it may end a sentence ("Friedrich II.").
  if (kind === undefined && /^[IVX]{2,}$/.test(before))
    kind = ordinalLeads.has(wordBefore(window, index - before.length - 1)) ? "never" : "any";
  // Russian "г." and "м." mean "year" and "meters" after a number. Elsewhere they mean "town" and "underground
  // station", and a name follows them.
  if (before === "г" || before === "м")
    kind = /\d ?[гм]$/.test(slice(window, Math.max(start, index - 4), index)) ? "any" : "never";
  if (before.length === 1 && (kind === undefined || kind === "number")) {
    // Two words abbreviated to their first letters: "z. B.", "т. е.".
    if (kind === undefined && /\p{L}\. $/u.test(slice(window, Math.max(start, index - 4), index - 1))) kind = "name";
    else {
      const [first, second] = [peek(window, index + 2), peek(window, index + 3)];
      if (first === undefined || (isLetter(first) && second === undefined)) return WAIT;
      if (isLetter(first) && (second === "." || isLower(first))) return NO;
    }
  }
  const inside = /^(?:ex|inc)$/.test(before) ? taxes : insideAfter.get(before);
  if (inside !== undefined && kind !== "never") {
    const goes = goesOnWith(inside, window, index + 2);
    if (goes !== 1) return goes;
  }
  if (kind === undefined) return before.length === 1 && index - 1 === start ? NO : 1;
  // A measure after an article modifies the noun that follows: "the 1½ in. P-trap".
  if (measures.has(before) && describedBy.test(slice(window, Math.max(start, index - 20), index - before.length)))
    return NO;
  // After a duration that modifies the noun that follows, no sentence ends: "a 10-yr. Treasury bond".
  if (kind === "any" && /\d-$/.test(slice(window, Math.max(start, index - before.length - 2), index - before.length)))
    return NO;
  if (kind === "never" || (before === "no" && numbered.test(slice(window, Math.max(start, index - 16), index))))
    return NO;
  const next = peek(window, index + 2);
  if (next === undefined) return WAIT;
  if (next === "" || isNewline(next)) return 1;
  if (isWide(next)) return kind === "time" ? 1 : NO;
  if (isLower(next)) return NO;
  if (kind === "number") {
    if (isDigit(next) || "(#<>~≈".includes(next)) return NO;
    if (/^(?:n[or]|flt)$/i.test(before) && isUpper(next) && index - 2 > start) return codeAfter(window, index + 2);
    if (!/[IVX]/.test(next) || /^no$/i.test(before)) return 1;
    // A Roman numeral may follow: "s. XX", "art. IV". But "I" alone often begins a sentence.
    const numeral = wordAfter(window, index + 2);
    return numeral === undefined ? WAIT : /^(?:[VX]|[IVXLC]{2,})$/.test(numeral) ? NO : 1;
  }
  if (isDigit(next) || /[(&=×÷+~≈≤≥<>/%₽€$£–—-]/.test(next)) return NO;
  if (kind === "any" || !isUpper(next)) return 1;
  const word = wordAfter(window, index + 2);
  if (word === undefined) return WAIT;
  if (kind === "time") return timeFollowers.has(word) ? NO : 1;
  // Another initial follows: "J. A. Smith".
  if (word.length === 1 && peek(window, index + 3) === ".") return NO;
  return sentenceStarters.has(word) ? 1 : NO;
}

/**
 * Whether the full stop at `index`, directly followed by a capital, ends a sentence although no space follows it (`is
 * done.Let me see`), and is not part of a name (`ASP.NET`): returns the position after the full stop, NO or WAIT.
 */
export function runOn(window: Window, index: number): number {
  if (!isLower(peek(window, index - 1) ?? "")) return NO;
  const start = lettersBefore(window, index);
  const before = slice(window, start, index);
  const isDotted =
    index - start < longest && peek(window, start - 1) === "." && isLetter(peek(window, start - 2) ?? "");
  if (before.length === 1 && !isDotted) return NO;
  if (![undefined, "any"].includes(kindOf(window, before, index))) return NO;
  const word = wordAfter(window, index + 1);
  if (word === undefined) return WAIT;
  const next = peek(window, index + 1 + word.length);
  if (next === undefined) return WAIT;
  if (next !== "" && !isNewline(next) && !/[\s,.!?;:'’…]/.test(next)) return NO;
  if (sentenceStarters.has(word)) return index + 1;
  return !isDotted && /^\p{Ll}+$/u.test(before) && /^\p{Lu}\p{Ll}+$/u.test(word) && next !== "." ? index + 1 : NO;
}

/** Abbreviations that belong to the name before a comma, so that no clause ends at the comma: "Amazon.com, Inc.". */
const suffixes = new Set("Inc LLC Ltd D.C Jr Sr Esq M.D Ph.D LLP Corp Co P.C DDS MD PhD DC".split(" "));

/** Whether one of `suffixes` is at `index`: 1 if so, NO if not, WAIT if more text is needed. */
export function suffixAfter(window: Window, index: number): number {
  let word = "";
  for (let at = index; [...suffixes].some((suffix) => `${suffix}.`.startsWith(word)); at++) {
    const c = peek(window, at);
    if (c === undefined) return WAIT;
    if (!/[A-Za-z.]/.test(c)) return suffixes.has(word.replace(/\.$/, "")) ? 1 : NO;
    word += c;
  }
  return NO;
}
