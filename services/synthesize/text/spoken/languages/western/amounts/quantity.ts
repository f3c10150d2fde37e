import { afterOf, anyOf, beforeOf } from "../../patterns.ts";
import { numberSourceFrom, parseFigure, sayCounted } from "../figure.ts";
import type { Figure, Money, Noun, Tongue } from "../tongue.ts";

/** A number with its sign, unit or currency: `-3,5 °C`, `1.299,99 €`, `$5`, `40 %`. */
export interface Quantity {
  readonly figure: Figure;
  readonly noun: Noun | undefined;
  /** The spoken divisor of the unit: "per hour" for km/h; "" if there is none. */
  readonly per: string;
  readonly money: Money | undefined;
  /** The index in the text right after the quantity. */
  readonly end: number;
}

/** Words for large numbers, which may stand between a number and a currency: "3 millones de euros". */
export const scales = new Set([
  "Million",
  "Milliarde",
  "Tausend",
  "million",
  "milliard",
  "millón",
  "milhão",
  "milione",
  "miliardo",
  "bilhão",
  "trilhão",
  "миллион",
  "миллиард",
  "тысяча",
]);

/** Parses quantities as one language writes them. */
export interface QuantityReader {
  /** The quantity that begins at `index`; undefined if no quantity begins there. */
  parse(text: string, index: number): Quantity | undefined;
  /** The divisor whose slash is at `index`: the hour of km/h, the 100 kilometers of l/100 km, the month of €/mes. */
  divisor(text: string, index: number): { readonly said: string; readonly end: number } | undefined;
}

/** Creates the parser of quantities for a language. */
export function createQuantityReader(tongue: Tongue): QuantityReader {
  const unit = anyOf(tongue.units.keys());
  const currency = anyOf(tongue.currencies.keys());
  const pattern = new RegExp(
    `([-−–+±]?)\\s?(?:(${currency})\\s?([-−]?)(?=\\d))?(${numberSourceFrom(5)})` +
      `(?:\\s?(${unit}))?(?:\\s?(?:d['’]|de )?(${currency}))?`,
    "uy",
  );
  const each = new RegExp(`\\s?/\\s?(?:(${unit})|(\\d{1,4})\\s?(${unit})|(\\p{Ll}{3,}|an))`, "uy");

  const divisor: QuantityReader["divisor"] = (text, index) => {
    each.lastIndex = index;
    const match = each.exec(text);
    if (match === null) return undefined;
    const [whole, one = "", many, of = "", word] = match;
    const below = tongue.units.get(one);
    const noun = tongue.units.get(of);
    let said: string | undefined;
    if (below !== undefined) said = tongue.per(below, one);
    else if (many !== undefined && noun !== undefined && /^10*$/.test(many) && !/^\s/.test(whole))
      said = tongue.perMany?.(sayCounted(parseFigure(many), noun, {}, tongue));
    else if (word !== undefined) said = tongue.perWord?.(word);
    return said === undefined ? undefined : { said, end: index + whole.length };
  };

  const parse: QuantityReader["parse"] = (text, index) => {
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [whole, sign = "", leading, inner = "", number = "", , written, trailing] = match;
    if (/^[-−–+±]\s/.test(whole)) return undefined;
    let end = index + whole.length;
    let noun = written === undefined ? undefined : nounOf(tongue, written, text, index);
    const unitEnd = written === undefined ? end : text.indexOf(written, index + number.length) + written.length;
    if (noun !== undefined && leading === undefined && trailing !== undefined && !scales.has(noun.forms[0] ?? ""))
      end = unitEnd;
    if (written !== undefined && isPartOfCode(written, text, unitEnd)) {
      noun = undefined;
      end = unitEnd - 1;
    }
    const below =
      noun === undefined && leading === undefined && trailing === undefined ? undefined : divisor(text, end);
    if (written !== undefined && below === undefined && isNoUnit(tongue, { written, sign, text, index, unitEnd })) {
      noun = undefined;
      end = unitEnd - written.length - (isCloseTo(written, text, unitEnd) ? 0 : 1);
    }
    // A second divisor may follow the first, as in mg/kg/día.
    const further = below === undefined ? undefined : divisor(text, below.end);
    const per = [below?.said ?? "", further?.said ?? ""].join(" ").trim();
    end = further?.end ?? below?.end ?? end;
    // In `$20 MXN` the letters say which currency the dollar sign stands for.
    const named = leading === "$" && /^[A-Z]{3}$/.test(trailing ?? "") ? trailing : leading;
    const money = tongue.currencies.get(named ?? "") ?? tongue.currencies.get(trailing ?? "");
    const mayScale = leading !== undefined && noun === undefined && per === "";
    const scale = mayScale ? tongue.scaleWords?.exec(text.slice(end, end + 16))?.[0] : undefined;
    if (scale !== undefined) {
      noun = { gender: "m", forms: [scale.trim(), scale.trim()] };
      end += scale.length;
    }
    const groupsByComma = money !== undefined && inEnglish.test(named ?? trailing ?? "");
    const figures = groupsByComma && /^[1-9]\d{0,2},\d{3}$/.test(number) ? number.replace(",", "") : number;
    return { figure: parseFigure(figures, sign || inner), noun, per, money, end };
  };

  return { parse, divisor };
}

/**
 * Currencies whose amounts are written as in English: the comma in `$61,200` separates thousands, while in `1,589 €/l`
 * it is the decimal mark.
 */
const inEnglish = /^(?:(?!R\$).*\$|£|MXN|USD|GBP)$/;

/** Matches words about the pulse: near them, "ppm" means beats per minute and not parts per million. */
const pulse =
  /puls|polso|pouls|battit|batid|batim|latid|cardi|fréquence|frecuencia|frequen[zc]a|(?:en|al?|di|de|em|au)\s(?:reposo|riposo|repouso|repos)(?!\p{L})|(?<!\p{L})(?:FC|BPM|bpm)(?!\p{L})/iu;

/** The noun for `written`, the unit after the number at `index`; undefined if the language has no noun for it. */
function nounOf(tongue: Tongue, written: string, text: string, index: number): Noun | undefined {
  if (written !== "ppm") return tongue.units.get(written);
  const before = beforeOf(text, index)
    .split(/[.!?;]\s/)
    .at(-1);
  const [after] = afterOf(text, index).split(/[.!?;]\s/);
  return tongue.units.get(pulse.test(`${before}${after}`) ? "p/min" : written) ?? tongue.units.get(written);
}

/** Whether the letter that ends at `end` is part of a code, as in 7B-482. */
const isPartOfCode = (written: string, text: string, end: number): boolean =>
  /^[A-Z]$/.test(written) && /^\d[A-Z][-‑]\d+(?!\d|[.,]\d|\s?[A-Z])/.test(text.slice(end - 2));

/** Whether a unit that ends at `end` follows its number without a space. */
const isCloseTo = (written: string, text: string, end: number): boolean =>
  /\d/.test(text[end - written.length - 1] ?? "");

/**
 * A possible unit: the characters right after a number. `index` is where the number with its sign begins; `unitEnd` is
 * where these characters end.
 */
interface Candidate {
  readonly written: string;
  readonly sign: string;
  readonly text: string;
  readonly index: number;
  readonly unitEnd: number;
}

/** Matches units of one letter, except `h`, and units that are also words: the text around them has to be checked. */
const isWordToo = /^(?:(?!h)[a-zA-Z]|in|min|an|mol|bar|ha|Mo|Go|mil|Pa)$/;
/** Matches words that suggest an electric current: near them, "A" in "10 A" is a unit and not a word. */
const current =
  /\d\s?[km]?[VWΩ](?!\p{L})|amp[eè]|corrent|corrient|courant|fus[ií]|disjo|disyun|magnetot|interr|prise|presa|enchuf|tomada|cargad|carreg|charg|caric|bat[et]/iu;

/** Whether what looks like a unit is a name, a variable, a verb or another word. */
function isNoUnit(tongue: Tongue, candidate: Candidate): boolean {
  const { written, text, index, unitEnd } = candidate;
  if (!isWordToo.test(written)) return false;
  const isClose = isCloseTo(written, text, unitEnd);
  const isName = (isClose ? /^[A-Z]$/ : /^A$/).test(written) && tongue.labelCues?.test(beforeOf(text, index)) === true;
  // In "v(t) = 3t + 2" the letter is a variable.
  const isVariable = isClose && /^[a-z]$/.test(written) && text.includes(`(${written})`);
  if (isName || isVariable) return true;
  if (isClose) return false;
  const isWord = /^[aàáoyeiuvнск]$/i.test(written) && written !== "V" && !(written === "A" && current.test(text));
  return (isWord && !/^(?:$|[.,;)?!])/.test(text.slice(unitEnd, unitEnd + 2))) || isVerb(candidate);
}

/** Matches text before a number which shows that "ha" after it is a verb; `afterVerb` matches text after "ha". */
const beforeVerb =
  /[=+*/×·−–-]\s$|(?<!\p{L})(?:nel|il|el|grupp[oi]|grupo|classe|clase|numero|número|squadra|equipo|linea|línea|versione|versión|capitolo|capítulo)\s$/iu;
const afterVerb =
  /^\s(?!d[ie]\s|in\s|en\s|con\s|y\s|e\s)(?:(?:\p{Ll}+\s)?\p{Ll}+o(?!\p{L})|(?:un[ao]?|due|tre|dos|tres|il|l[aeo]|gli|i|el|los|las|\d+)[\s'’])/u;

/** Whether "ha" is a verb, as in Spanish and Italian, and not the sign of a hectare: "nel 2024 ha vinto". */
const isVerb = ({ written, sign, text, index, unitEnd }: Candidate): boolean =>
  written === "ha" &&
  (sign !== "" || beforeVerb.test(beforeOf(text, index)) || afterVerb.test(text.slice(unitEnd, unitEnd + 24)));
