import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, anyOf, beforeOf, isInQuotes } from "../patterns.ts";
import { parseFigure, sayCounted, sayFigure } from "./figure.ts";
import { alone } from "./number.ts";
import type { Surroundings, Tongue } from "./tongue.ts";

const glyphs: Readonly<Record<string, readonly [string, string]>> = {
  "½": ["1", "2"],
  "⅓": ["1", "3"],
  "⅔": ["2", "3"],
  "¼": ["1", "4"],
  "¾": ["3", "4"],
  "⅕": ["1", "5"],
  "⅖": ["2", "5"],
  "⅗": ["3", "5"],
  "⅘": ["4", "5"],
  "⅙": ["1", "6"],
  "⅛": ["1", "8"],
  "⅜": ["3", "8"],
  "⅝": ["5", "8"],
  "⅞": ["7", "8"],
};

/** Words for laws and the like, before the number that a slash and the year follow. */
const laws =
  /(?<!\p{L})(?:lei|decreto|ley|legge|d\.\s?lgs\.|directiva|diretiva|direttiva|reglamento|regulamento|regolamento|resolución|resolução|portaria|orden|l\.?o\.?|r\.?d\.?(?:-?l\.?)?|circular|circolare|ordinanza|sentencia|sentenza|acórdão)(?:\s[\p{L}.-]+)?(?:\sn[.º°]*)?\s$/iu;

/** What is counted or measured right after a range, which makes it no result of a game. */
const counted =
  /^\s?(?:(?:kg|km|cm|mm|min|gg)(?!\p{L})|giorn|settiman|ore(?!\p{L})|mes[ei]|chil|vol[te]{2}|jours|semain|heures|fois|kilo|vezes|veces|d[ií]as|semanas|horas|quilos|a[nñ]os|vueltas|Tage|Woche|Stunden|Mal(?!\p{L})|Kilo|дн[яе]|раза?(?!\p{L})|час|недел|кг|килограмм)/u;

/** Fractions, ratios, results of games, ordinals. */
export function ratioRules(tongue: Tongue): readonly Rule[] {
  const say = (digits: string): string => tongue.cardinal(digits);
  const around = (match: RegExpExecArray): Surroundings => ({
    before: beforeOf(match.input, match.index),
    after: afterOf(match.input, match.index + match[0].length),
  });
  const inch = tongue.units.get("″");
  const numerators = Object.keys(glyphs).join("");
  // "1/3 ha preso": a verb, no hectare.
  const unit = `(?:(?!\\sha\\s(?!d[ie]\\s)(?:\\p{Ll}+\\s)?\\p{Ll}+o(?!\\p{L}))\\s?(${anyOf(tongue.units.keys())}))?`;
  const money = anyOf(tongue.currencies.keys());
  const ofMoney = new RegExp(`^(?:(?:${money})\\s?\\d|[\\d.,]+\\s?(?:${money}))`, "u");

  /** A part of a unit: "medio litro", "tres cuartos de taza". */
  function partOf(above: string, below: string, written: string | undefined, match: RegExpExecArray): string {
    const noun = written === undefined ? undefined : tongue.units.get(written);
    if (noun === undefined || /^[%°]/.test(written ?? "")) {
      const near = around(match);
      const said = above === "1" && below === "2" ? tongue.halfOf?.(near) : undefined;
      return `${said ?? tongue.fraction(above, below, near)}${written === undefined ? "" : ` ${noun?.forms[1] ?? ""}`}`;
    }
    const one = noun.forms[0] ?? "";
    const half =
      above === "1" && below === "2" ? tongue.halfOf?.({ before: around(match).before, after: ` ${one}` }) : undefined;
    // Half of something is in the genitive where nouns have it: половину килограмма.
    if (half !== undefined) return `${half} ${noun.forms.length > 2 ? noun.forms[1] : one}`;
    const of = tongue.signs.of ?? "";
    return `${tongue.fraction(above, below, around(match))} ${/^[aeiouhé]/.test(one) && of === "de " && tongue.readsPairs ? "d'" : of}${noun.forms.length > 2 ? noun.forms[1] : one}`;
  }
  return [
    ...(inch === undefined
      ? []
      : [
          rule(
            "part of an inch",
            digitStarts,
            /(?<![\d.,/]|\d\s)(?:(\d{1,2})\s)?(\d{1,2})\/(\d{1,2})["″”](?!\p{L})/u,
            (match, { text, index }) => {
              const [, whole, above = "", below = ""] = match;
              if (Number(below) < 2 || isInQuotes(text, index)) return undefined;
              if (whole === undefined) return partOf(above, below, "″", match);
              const counted = tongue.cardinal(whole, inch);
              const isDeclined = inch.forms.length > 2;
              const noun = isDeclined ? inch.forms[1] : tongue.form(parseFigure(whole), inch, alone);
              if (above === "1" && below === "2") return tongue.withHalf(counted, noun);
              const part = `${tongue.signs.and} ${tongue.fraction(above, below, around(match))}`;
              return isDeclined ? `${counted} ${part} ${noun}` : `${counted} ${noun} ${part}`;
            },
          ),
        ]),
    rule(
      "mixed number",
      digitStarts,
      new RegExp(
        `(?<![\\d.,])(\\d+)(?:\\s?([${numerators}])|\\s(\\d)/(\\d)(?![\\d/]))(?:\\s?(${anyOf(tongue.units.keys())})|\\s(\\p{L}+))?`,
        "u",
      ),
      ([, whole = "", glyph = "", top, bottom, short, word], place) => {
        const counts = tongue.units.get(short ?? "");
        const isCounted = tongue.halfOf === undefined || tongue.halfOf({ before: "", after: ` ${word}` }) !== undefined;
        const noun =
          counts === undefined ? (isCounted ? word : undefined) : whole === "1" ? counts.forms[0] : counts.forms[1];
        const near: Surroundings = {
          before: beforeOf(place.text, place.index),
          after: noun === undefined ? "" : ` ${noun}`,
        };
        const figure = { sign: "", whole, part: undefined, point: "" };
        const counted = tongue.cardinal(whole, counts ?? tongue.agree(figure, near));
        const rest = noun === undefined ? "" : ` ${noun}`;
        const [above, below] = glyphs[glyph] ?? [top ?? "1", bottom ?? "2"];
        if (Number(above) >= Number(below)) return undefined;
        if (above === "1" && below === "2")
          return `${tongue.withHalf(counted, noun)}${isCounted || word === undefined ? "" : ` ${word}`}`;
        return `${counted} ${tongue.signs.and} ${tongue.fraction(above, below, near)}${rest}`;
      },
    ),
    rule("fraction as one sign", numerators, new RegExp(`([${numerators}])${unit}`, "u"), (match) => {
      const [above, below] = glyphs[match[1] ?? ""] ?? ["1", "2"];
      return partOf(above, below, match[2], match);
    }),
    rule(
      "result of a game",
      digitStarts,
      /(?<![\d.,])(\d{1,3})\s?[-–:xX×]\s?(\d{1,3})(?![\d]|[.,:]\d|\s?%)/,
      (match) => {
        const [, left = "", right = ""] = match;
        const isNext = /\d[-–]\d{1,3},\s$/.test(beforeOf(match.input, match.index));
        const before = isNext
          ? match.input.slice(Math.max(0, match.index - 120), match.index)
          : beforeOf(match.input, match.index);
        const after = afterOf(match.input, match.index + match[0].length);
        const near = `${before} ${after}`;
        // So many of something are lost in two to three weeks: perdere 2-3 kg.
        if (/\d\s?[-–]/.test(match[0]) && counted.test(after)) return undefined;
        if (
          match[0].includes(":")
            ? right.length === 2 &&
              left.length < 3 &&
              !tongue.scoreCues.test(near) &&
              Number(right) < 60 &&
              Number(left) < 25 &&
              right !== "09"
            : !tongue.scoreCues.test(near)
        )
          return undefined;
        return `${say(left)} ${tongue.signs[match[0].includes(":") && !tongue.scoreCues.test(near) ? "ratio" : ":"]} ${tongue.ratio?.(right, near) ?? say(right)}`.replace(
          /\s+/g,
          " ",
        );
      },
    ),
    rule(
      "fraction",
      digitStarts,
      new RegExp(`(?<![\\d.,/])(\\d{1,3})/(\\d{1,3})(?![\\d/]|[.,]\\d)${unit}`, "u"),
      (match) => {
        const [, above = "", below = "", written] = match;
        const near = around(match);
        if (written === "mmHg" || /\bmmHg\b/.test(near.after) || tongue.overCues?.test(`${near.before} ${near.after}`))
          return `${say(above)} ${tongue.signs.over ?? tongue.signs.outOf} ${say(below)}${written === undefined ? "" : ` ${tongue.units.get(written)?.forms[1] ?? ""}`}`;
        if (Number(below) < 2 || above.length > 2) return undefined;
        // Marks are given out of twenty or a hundred; nobody counts in twentieths.
        const isMark = tongue.times !== undefined && /^(?:20|100)$/.test(below) && written === undefined;
        // Of a part that is more than a whole French says the two numbers.
        const isImproper = tongue.properFractions === true && Number(above) > Number(below) && written === undefined;
        if (isMark || isImproper || tongue.outOfCues.test(near.before))
          return `${say(above)} ${tongue.signs.outOf} ${say(below)}`;
        return partOf(above, below, written, match);
      },
    ),
    rule("ordinal", digitStarts, new RegExp(`(?<![\\d.,])(\\d{1,4})(${tongue.ordinalMarks.source})`, "u"), (match) =>
      tongue.ordinal(match[1] ?? "", match[2] ?? "", {
        before: beforeOf(match.input, match.index),
        after: afterOf(match.input, match.index + match[0].length),
      }),
    ),
    rule(
      "marks out of a total",
      digitStarts,
      /(?<![\d.,])(\d{1,3}[.,]\d{1,2})\s?\/\s?(5|10|20|30|50|100)(?![\d/\p{L}]|[.,]\d)/u,
      ([, got = "", all = ""]) =>
        tongue.times === undefined
          ? undefined
          : `${sayFigure(parseFigure(got), alone, tongue)} ${tongue.signs.outOf} ${say(all)}`,
    ),
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
    ),
    rule(
      "times of a dose",
      digitStarts,
      /(?<![\d.,])(\d{1,3})\s?[x×](?=\s?\/\s?\p{L}|\s(?:al?|ao|à|por|par|de|sin|sem|sans|senza|all['’])\b)/u,
      ([, n = ""]) =>
        tongue.times === undefined ? undefined : sayCounted(parseFigure(n), tongue.times, alone, tongue),
    ),
    rule(
      "inches",
      digitStarts,
      /(?<![\d.,])(\d{1,3}(?:[.,]\d)?)(?:["″”]|'')(?!\p{L})/u,
      ([, n = ""], { text, index }) => {
        return inch === undefined || isInQuotes(text, index)
          ? undefined
          : sayCounted(parseFigure(n), inch, alone, tongue);
      },
    ),
    rule(
      "times between numbers",
      digitStarts,
      new RegExp(`(?<![\\d.,])(\\d+(?:[.,]\\d+)?)\\s?[x×]\\s?(?=\\d|(?:${money})\\s?\\d)`, "u"),
      (match, { text }) => {
        const [whole, left = ""] = match;
        const next = afterOf(text, match.index + whole.length);
        const isMoney = ofMoney.test(next);
        const isProduct =
          isMoney || /=/.test(text) || /^10[⁰¹²³⁴-⁹⁻^]/.test(next) || tongue.sizes?.test(next) === false;
        const times = tongue.times?.forms[1] ?? "";
        const figure = parseFigure(left);
        // A price is counted in times, which is a noun: duas vezes.
        const agreement = isMoney ? tongue.agree(figure, { before: "", after: ` ${times}` }) : alone;
        return `${sayFigure(figure, agreement, tongue)} ${tongue.signs[isProduct ? "×" : "by"]}`;
      },
    ),
  ];
}
