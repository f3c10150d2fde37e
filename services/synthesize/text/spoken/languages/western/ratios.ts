import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, anyOf, isInQuotes } from "../patterns.ts";
import { parseFigure, sayCounted, sayFigure } from "./figure.ts";
import { fraction, fractionSign, mixedNumber, partOfInch } from "./fractions.ts";
import { alone } from "./number.ts";
import { around } from "./surroundings.ts";
import type { Noun, Tongue } from "./tongue.ts";

/** Rules for fractions, ratios, results of games, multiplications, and ordinals. */
export function ratioRules(tongue: Tongue): readonly Rule[] {
  const inch = tongue.units.get("″");
  return [
    ...(inch === undefined ? [] : [partOfInch(tongue, inch)]),
    mixedNumber(tongue),
    fractionSign(tongue),
    yearsOfSeason(tongue),
    resultOfGame(tongue),
    fraction(tongue),
    ordinal(tongue),
    marksOutOfTotal(tongue),
    numberOfLaw(tongue),
    timesOfDose(tongue),
    ...(inch === undefined ? [] : [inches(tongue, inch)]),
    timesBetween(tongue),
  ];
}

/** Words for what is counted or measured: before one of them, "2-3" is a range and not the result of a game. */
const counted =
  /^\s?(?:(?:kg|km|cm|mm|min|gg)(?!\p{L})|giorn|settiman|ore(?!\p{L})|mes[ei]|chil|vol[te]{2}|jours|semain|heures|fois|kilo|vezes|veces|d[ií]as|semanas|horas|quilos|a[nñ]os|vueltas|Tage|Woche|Stunden|Mal(?!\p{L})|Kilo|дн[яе]|раза?(?!\p{L})|час|недел|кг|килограмм)/u;

/** Whether two numbers with a colon between them may be hours and minutes. */
const isClockTime = (left: string, right: string): boolean =>
  right.length === 2 && left.length < 3 && Number(right) < 60 && Number(left) < 25 && right !== "09";

/** Reads `2-1` or `3:2` as the result of a game if a word about games is near; otherwise `3:2` as a ratio. */
const resultOfGame = (tongue: Tongue): Rule =>
  rule("result of a game", digitStarts, /(?<![\d.,])(\d{1,3})\s?[-–:xX×]\s?(\d{1,3})(?![\d]|[.,:]\d|\s?%)/, (match) => {
    const [, left = "", right = ""] = match;
    const { before, after } = around(match);
    // In a list of results such as "6-4, 7-5", the words before the first result apply to all of them.
    const isNext = /\d[-–]\d{1,3},\s$/.test(before);
    const near = `${isNext ? match.input.slice(Math.max(0, match.index - 120), match.index) : before} ${after}`;
    // Before a unit, this is a range and not the result of a game: "perdere 2-3 kg".
    if (/\d\s?[-–]/.test(match[0]) && counted.test(after)) return undefined;
    const isScore = tongue.scoreCues.test(near);
    const isRatio = !isScore && match[0].includes(":") && !isClockTime(left, right);
    if (!isScore && !isRatio) return undefined;
    const said = `${tongue.cardinal(left)} ${tongue.signs[isScore ? ":" : "ratio"]} ${tongue.ratio?.(right, near) ?? tongue.cardinal(right)}`;
    return said.replace(/\s+/g, " ");
  });

/** Reads a number with the mark of an ordinal: `3º`, `2nd`. */
const ordinal = (tongue: Tongue): Rule =>
  rule("ordinal", digitStarts, new RegExp(`(?<![\\d.,])(\\d{1,4})(${tongue.ordinalMarks.source})`, "u"), (match) =>
    tongue.ordinal(match[1] ?? "", match[2] ?? "", around(match)),
  );

/** Reads a decimal score out of a total: `8,5/10`. */
const marksOutOfTotal = (tongue: Tongue): Rule =>
  rule(
    "score out of a total",
    digitStarts,
    /(?<![\d.,])(\d{1,3}[.,]\d{1,2})\s?\/\s?(5|10|20|30|50|100)(?![\d/\p{L}]|[.,]\d)/u,
    ([, got = "", all = ""]) =>
      tongue.times === undefined
        ? undefined
        : `${sayFigure(parseFigure(got), alone, tongue)} ${tongue.signs.outOf} ${tongue.cardinal(all)}`,
  );

/** Matches a word for a law or a similar text before its number and year: `ley 27/2014`. */
export const laws =
  /(?<!\p{L})(?:lei|decreto|ley|legge|d\.\s?lgs\.|directiva|diretiva|direttiva|reglamento|regulamento|regolamento|resolución|resolução|portaria|orden|l\.?o\.?|r\.?d\.?(?:-?l\.?)?|circular|circolare|ordinanza|sentencia|sentenza|acórdão)(?:\s[\p{L}.-]+)?(?:\sn[.º°]*)?\s$/iu;

/** Reads the two years of a season or school year: `2024/2025`. */
const yearsOfSeason = (tongue: Tongue): Rule =>
  rule("years of a season", digitStarts, /(?<![\d.,/])((?:19|20)\d\d)\/((?:19|20)\d\d)(?![\d/]|[.,]\d)/, (match) => {
    const [, start = "", end = ""] = match;
    const isSeason = Number(end) === Number(start) + 1 && !laws.test(around(match).before);
    return isSeason ? `${tongue.cardinal(start)}-${tongue.cardinal(end)}` : undefined;
  });

/** Reads the number and year of a law: `ley 27/2014`. */
const numberOfLaw = (tongue: Tongue): Rule =>
  rule(
    "number of a law",
    digitStarts,
    /(?<![\d.,])(\d{1,2}(?:\.\d{3})?|\d{1,5})\/(\d{4}|\d{2})(?!\d|[/.,]\d)/,
    (match) => {
      const [, number = "", year = ""] = match;
      return tongue.lawOf === undefined || !laws.test(around(match).before)
        ? undefined
        : `${sayFigure(parseFigure(number), alone, tongue)} ${tongue.lawOf} ${tongue.cardinal(year)}`;
    },
  );

/** Reads how many times something is taken in a period: `3x/día`, `2× par jour`. */
const timesOfDose = (tongue: Tongue): Rule =>
  rule(
    "times of a dose",
    digitStarts,
    /(?<![\d.,])(\d{1,3})\s?[x×](?=\s?\/\s?\p{L}|\s(?:al?|ao|à|por|par|de|sin|sem|sans|senza|all['’])\b)/u,
    ([, n = ""]) => (tongue.times === undefined ? undefined : sayCounted(parseFigure(n), tongue.times, alone, tongue)),
  );

/** Reads a number with a sign for inches: `15"`, `6,5''`. */
const inches = (tongue: Tongue, inch: Noun): Rule =>
  rule("inches", digitStarts, /(?<![\d.,])(\d{1,3}(?:[.,]\d)?)(?:["″”]|'')(?!\p{L})/u, ([, n = ""], { text, index }) =>
    isInQuotes(text, index) ? undefined : sayCounted(parseFigure(n), inch, alone, tongue),
  );

/** Reads a number and the multiplication sign or x after it, before a number or a price: `3×4`, `2 x 10 €`. */
const timesBetween = (tongue: Tongue): Rule => {
  const money = anyOf(tongue.currencies.keys());
  const ofMoney = new RegExp(`^(?:(?:${money})\\s?\\d|[\\d.,]+\\s?(?:${money}))`, "u");
  return rule(
    "times between numbers",
    digitStarts,
    new RegExp(`(?<![\\d.,])(\\d+(?:[.,]\\d+)?)\\s?[x×]\\s?(?=\\d|(?:${money})\\s?\\d)`, "u"),
    (match, { text }) => {
      const [whole, left = ""] = match;
      const next = afterOf(text, match.index + whole.length);
      const isMoney = ofMoney.test(next);
      const isProduct = isMoney || /=/.test(text) || /^10[⁰¹²³⁴-⁹⁻^]/.test(next) || tongue.sizes?.test(next) === false;
      const times = tongue.times?.forms[1] ?? "";
      const figure = parseFigure(left);
      // Before a price, the number agrees in gender with the noun for "times": "duas vezes".
      const agreement = isMoney ? tongue.agree(figure, { before: "", after: ` ${times}` }) : alone;
      return `${sayFigure(figure, agreement, tongue)} ${tongue.signs[isProduct ? "×" : "by"]}`;
    },
  );
};
