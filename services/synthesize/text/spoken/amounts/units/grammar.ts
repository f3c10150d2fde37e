import { type BaseUnit, baseUnits, shareUnits } from "./table.ts";
import { chineseUnitNames, englishUnitNames, type Factor, nameUnit, type Unit, type UnitExpression } from "./unit.ts";

/**
 * Parses units by a grammar instead of a list, so that unforeseen combinations are read too:
 *
 *     unit   = factor { "·" factor } { "/" under }
 *     under  = factor | "(" factor { "·" factor } ")" | a word used only after a slash (day, 天)
 *     factor = [ "sq" | "cu" ] [ prefix ] symbol [ power ]
 *
 * The longest known symbol is used: `min` is a minute and not a milli-inch.
 */

type Symbol = Pick<Factor, "base" | "prefix">;

function symbolsOf(units: readonly BaseUnit[]): Map<string, Symbol> {
  const found = new Map<string, Symbol>();
  for (const base of units)
    if (!base.prefixed)
      for (const symbol of base.symbols) if (!found.has(symbol)) found.set(symbol, { base, prefix: "" });
  for (const base of units)
    for (const prefix of base.prefixes)
      for (const symbol of base.symbols.filter((s) => s.length <= 3 && /^[^a-z]|^[a-z]{1,3}$/.test(s)))
        for (const way of prefix === "μ" ? ["μ", "µ", "u"] : [prefix])
          if (!found.has(way + symbol)) found.set(way + symbol, { base, prefix });
  for (const [symbol, entry] of [...found]) if (symbol.startsWith("μ")) found.set(`µ${symbol.slice(1)}`, entry);
  return found;
}

const symbols = symbolsOf(baseUnits);
const shares = symbolsOf(shareUnits);

/** The possible lengths of symbols, longest first, keyed by their first character to skip other text quickly. */
const lengths = new Map<string, readonly number[]>();
for (const symbol of [...symbols.keys(), ...shares.keys()]) {
  const known = lengths.get(symbol.charAt(0)) ?? [];
  if (!known.includes(symbol.length))
    lengths.set(
      symbol.charAt(0),
      [...known, symbol.length].sort((a, b) => b - a),
    );
}

/** Matches unit symbols that are abbreviations, such as `min`: a full stop after one may belong to it. */
const stopped = /^(?:min|mins|hrs?|secs?|yds?|mi|lbs?|ft|oz|fl\.? oz|tsp|tbsp|gal|qts?|wks?|yrs?|in)$/;
const superscripts = "⁰¹²³⁴";
const powerPattern = /(⁻?)([²³⁴¹])|\^\{?([-−]?)([1-4])\}?(?!\d|\.\d)|([23])(?!\d|\.\d)/y;
const wordBefore = /(sq|cu)\.?\s?(?=[a-z])/y;
const multiplied = /\s?[·⋅∙•]\s?|\*/y;

/** A position in a text that advances as a unit is parsed. */
interface Cursor {
  readonly text: string;
  at: number;
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text) ?? undefined;
  if (match !== undefined) cursor.at += match[0].length;
  return match;
}

/** Whether a symbol may end before `index`: no letter or digit follows, except the x of `2cmx3cm`. */
function endsAt(text: string, index: number): boolean {
  const last = text[index - 1] ?? "";
  if (!/[A-Za-zΩμµ]/.test(last)) return true;
  const next = text[index] ?? "";
  if (/[xX]/.test(next)) return /\d/.test(text[index + 1] ?? "");
  return (
    !/[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f'’]/.test(next) ||
    (/['’]/.test(next) && !/[a-z]/.test(text[index + 1] ?? ""))
  );
}

function symbolAt(cursor: Cursor, known: ReadonlyMap<string, Symbol>): Symbol | undefined {
  const { text, at } = cursor;
  for (const length of lengths.get(text[at] ?? "") ?? []) {
    // If less text than this length is left, only shorter symbols can match; the loop tries them next.
    const written = text.slice(at, at + length);
    const found = written.length < length ? undefined : known.get(written);
    if (found === undefined || !endsAt(text, at + length)) continue;
    cursor.at = at + length;
    // A full stop that does not end a sentence belongs to the abbreviation before it.
    if (
      text[cursor.at] === "." &&
      stopped.test(written) &&
      /^\.(?:\s?[a-z(\d–-]|[,;:)/])/.test(text.slice(cursor.at, cursor.at + 3))
    )
      cursor.at++;
    return found;
  }
  return undefined;
}

/**
 * Parses a factor; `divides`: whether the factor is in the denominator. A digit right after a symbol is a power only
 * after a unit of length, or after the unit second in the denominator (`m/s2`).
 */
function factorAt(cursor: Cursor, divides: boolean): (Factor & { readonly negative: boolean }) | undefined {
  const start = cursor.at;
  const word = take(cursor, wordBefore)?.[1];
  const symbol = symbolAt(cursor, symbols) ?? (divides && word === undefined ? symbolAt(cursor, shares) : undefined);
  if (symbol === undefined || (word !== undefined && !symbol.base.length)) {
    cursor.at = start;
    return undefined;
  }
  if (word !== undefined) return { ...symbol, power: word === "sq" ? 2 : 3, negative: false };
  const end = cursor.at;
  const power = take(cursor, powerPattern);
  if (power === undefined)
    return goesOn(cursor.text, end, symbol) ? reject(cursor, start) : { ...symbol, power: 1, negative: false };
  const [, raisedMinus = "", raised, minus = "", caret, plain] = power;
  if (plain !== undefined && !symbol.base.length && !(divides && symbol.base.symbols[0] === "s"))
    return reject(cursor, start);
  const value = raised === undefined ? Number(caret ?? plain) : superscripts.indexOf(raised);
  return { ...symbol, power: value, negative: raisedMinus + minus !== "" };
}

/**
 * Whether a digit right after a symbol makes the symbol part of a name, as in `A4`. After a symbol for days, hours or
 * minutes, the digit begins the next part of a duration instead: `2h15min`.
 */
const goesOn = (text: string, end: number, { base }: Symbol): boolean =>
  /\d/.test(text[end] ?? "") &&
  /[A-Za-z]/.test(text[end - 1] ?? "") &&
  !(/^(?:h|min|d)$/.test(base.symbols[0] ?? "") && /^\d{1,2}(?!\d|[.:]\d)/.test(text.slice(end, end + 4)));

function reject(cursor: Cursor, start: number): undefined {
  cursor.at = start;
  return undefined;
}

/** Factors joined by multiplication signs; those with a negative power belong to the denominator. */
function productAt(cursor: Cursor, divides: boolean): { over: Factor[]; under: Factor[] } | undefined {
  const first = factorAt(cursor, divides);
  if (first === undefined) return undefined;
  const found = { over: [] as Factor[], under: [] as Factor[] };
  let factor: ReturnType<typeof factorAt> = first;
  while (factor !== undefined) {
    const { negative, ...plain } = factor;
    found[negative ? "under" : "over"].push(plain);
    const start = cursor.at;
    if (take(cursor, multiplied) === undefined) break;
    factor = factorAt(cursor, divides);
    if (factor === undefined) cursor.at = start;
  }
  return found;
}

/** Parses what follows a slash: one factor, or a product in parentheses; undefined if it is neither. */
function underAt(cursor: Cursor): readonly Factor[] | undefined {
  const start = cursor.at;
  if (cursor.text[cursor.at] === "(") {
    cursor.at++;
    const product = productAt(cursor, true);
    if (product === undefined || product.under.length > 0 || cursor.text[cursor.at] !== ")")
      return reject(cursor, start);
    cursor.at++;
    return product.over;
  }
  const factor = factorAt(cursor, true);
  if (factor === undefined || factor.negative) return reject(cursor, start);
  return [factor];
}

function finish({ over, under }: UnitExpression): Unit {
  const only = under.length === 0 && over.length === 1 ? over[0] : undefined;
  return {
    over,
    under,
    zh: nameUnit({ over, under }, chineseUnitNames, true),
    en: [nameUnit({ over, under }, englishUnitNames, false), nameUnit({ over, under }, englishUnitNames, true)],
    letter: only?.prefix === "" && only.power === 1 && only.base.symbols.some((s) => /^[A-Za-z]$/.test(s)),
  };
}

/** A unit that was found in a text, and the index right after it. */
export interface FoundUnit {
  readonly unit: Unit;
  readonly end: number;
}

function unitFrom(cursor: Cursor, first: UnitExpression): FoundUnit {
  const under = [...first.under];
  for (;;) {
    const start = cursor.at;
    if (cursor.text[cursor.at] !== "/") break;
    cursor.at++;
    if (cursor.text[cursor.at] === " ") cursor.at++;
    const next = underAt(cursor);
    if (next === undefined) {
      cursor.at = start;
      break;
    }
    under.push(next);
  }
  return { unit: finish({ over: first.over, under }), end: cursor.at };
}

/** The longest unit at `index`; undefined if there is none. */
export function parseUnit(text: string, index: number): FoundUnit | undefined {
  const cursor = { text, at: index };
  const product = productAt(cursor, false);
  if (product === undefined) return undefined;
  return unitFrom(cursor, { over: product.over, under: product.under.map((factor) => [factor]) });
}

/** The unit after a slash at `index`, as in `元/kg` or `$5/day`. */
export function parseUnitAfterSlash(text: string, index: number): FoundUnit | undefined {
  const cursor = { text, at: index };
  const first = underAt(cursor);
  return first === undefined ? undefined : unitFrom(cursor, { over: first, under: [] });
}

/**
 * A cache of looked-up words, limited in size: to detect the language of a sentence, each of its words is looked up.
 */
const met = new Map<string, Unit | undefined>();
const mostMet = 4096;
const longestMet = 16;

/** The unit that a text as a whole denotes, as `kg` or `mol/L` does; undefined for any other text. */
export function unitOf(text: string): Unit | undefined {
  const known = met.get(text);
  if (known !== undefined || met.has(text)) return known;
  const found = parseUnit(text, 0);
  const unit = found?.end === text.length ? found.unit : undefined;
  if (met.size >= mostMet) met.clear();
  if (text.length <= longestMet) met.set(text, unit);
  return unit;
}
