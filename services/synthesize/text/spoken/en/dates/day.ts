import { after, before, digitStarts, type Place, type Rule, rule } from "../../rule.ts";
import { cardinal, ordinal, year } from "../number.ts";

const monthNames = "January February March April May June July August September October November December".split(" ");

/**
 * Denominators that are common in fractions. Two numbers without a year, as in 6/23 or 7/4, may be a date or a
 * fraction. They are read as a date if the second number is smaller than the first, or is above twelve and not in
 * this set; otherwise, only after a word that calls for a date, as in "on 3/4".
 */
const commonDenominators = new Set([2, 3, 4, 5, 6, 8, 9, 10, 12, 16, 20, 25, 32, 50, 64, 100]);
const formulaNear =
  /(?:[=+×÷*^<>≤≥−]|(?<![A-Za-z])(?:slope|ratio|fractions?|simplif(?:y|ies)|equals?|answer|solution|result|value|root|probability|odds|x|y|time signature|chance)\b)[^.;]*$/;
const dateBefore =
  /(?<![A-Za-z])(?:[Oo]n|[Bb]y|[Uu]ntil|[Tt]ill|[Tt]hrough|[Bb]efore|[Dd]ue|[Ss]ince|[Aa]fter|[Dd]ated|[Ff]rom|[Ss]tarting|[Ss]tarts|[Ee]nding|[Ee]nds|[Bb]egins|[Bb]eginning|[Oo]pens|[Cc]loses|[Ee]xpires|[Ee]xp\.?|[Pp]laced|[Ss]hipped|[Dd]elivered|[Oo]rdered|[Ss]cheduled(?: for)?|[Bb]orn|[Dd]eadline(?: is)?:?|[Dd]ates?:?|[Aa]rrives?|[Dd]eparts?|[Rr]uns|[Ww]eek of|[Bb]irthday(?: is)?|[Dd]ay is|[Hh]oliday is|[Aa]ppointment(?: is)?|[Uu]pdated|[Aa]s of|[Mm]on|[Tt]ues?|[Ww]ed|[Tt]hu(?:rs?)?|[Ff]ri|[Ss]at|[Ss]un|[A-Z][a-z]+day)[,.:]?\s\(?$/;
const dateAfter =
  /^(?:\s?\((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|,?\sat\s(?:\d|noon|midnight)|\s(?:deadline|appointment|meeting|sale|order|flight|game|episode|update)\b)/;

const isDay = (m: string, d: string): boolean => Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31;
const said = (m: string, d: string): string => `${monthNames[Number(m) - 1]} ${ordinal(d)}`;

/** Whether the numbers `m` and `d` with a slash between them (5/6) are a date and not a fraction. */
function dated(m: string, d: string, following: string, place: Place): boolean {
  if (
    !isDay(m, d) ||
    /^\s?(?:of\b(?!\s(?:the\s)?(?:next|this|following|each|every)\sy)|[=+×÷*]|(?:cups?|tsp|tbsp|teaspoons?|tablespoons?|inch(?:es)?|miles?|lbs?|oz|pounds?|hours?|mpg|days?|[kMG]bps|[GTM]B|MP|Hz|V|W|kWh|mAh|rpm|fps)\b)/.test(
      following,
    )
  )
    return false;
  const left = before(place, 36);
  if (m === "9" && d === "11") return dateBefore.test(left);
  if (dateBefore.test(left) || dateAfter.test(following)) return true;
  // A list or range continues: "1/15 and 2/15", "11/24–12/1".
  if (
    /\d\/\d{1,2}(?:,?\s(?:and|or|&|to|through|-|–)\s|,\s|[-–])$/.test(left) &&
    (dateBefore.test(left.replace(/(?:[\d/]+(?:,?\s(?:and|or|&|to|through|-|–)\s|,\s|[-–]))+$/, "")) ||
      !commonDenominators.has(Number(d)))
  )
    return true;
  if (formulaNear.test(left)) return false;
  return (
    /^0/.test(m) ||
    /^0/.test(d) ||
    !commonDenominators.has(Number(d)) ||
    (Number(m) > Number(d) && Number(d) !== 1 && /(?:^|[^\d])$/.test(left.slice(-1)))
  );
}

/** Numeric dates without a year, and ranges of such dates. */
export const dayRules: readonly Rule[] = [
  rule(
    "range of dates in figures",
    digitStarts,
    /(?<![\d./])(\d{1,2})\/(\d{1,2})\s?(?:[-–—]|to|through)\s?(\d{1,2})\/(\d{1,2})(?![\d/]|\s?(?:cups?|inch|tsp|tbsp|of)\b)/,
    ([, m = "", d = "", n = "", e = ""], place) =>
      isDay(m, d) && isDay(n, e) && (dated(m, d, "", place) || dated(n, e, "", place))
        ? `${said(m, d)} to ${said(n, e)}`
        : undefined,
  ),
  rule(
    "month and four-digit year in figures",
    digitStarts,
    /(?<![\d./])(0?[1-9]|1[0-2])\/((?:19|20)\d\d)(?![\d/%]|\.\d)/,
    ([, m = "", y = ""]) => `${monthNames[Number(m) - 1]} ${year(y)}`,
  ),
  rule(
    "month and year in which a card expires",
    digitStarts,
    /(?<=\b(?:[Ee]xp(?:\.|iry|iration)?(?: date)?|[Vv]alid (?:thru|through|until))[:\s]{1,2})(0[1-9]|1[0-2])\/(\d\d)(?![\d/])/,
    ([, m = "", y = ""]) =>
      Number(y) > 31 || Number(y) < 1 ? `${monthNames[Number(m) - 1]} twenty ${cardinal(y)}` : undefined,
  ),
  rule("month and day in figures", digitStarts, /(?<![\d./$])(\d{1,2})\/(\d{1,2})(?![\d/%]|\.\d)/, (match, place) => {
    const [, m = "", d = ""] = match;
    return dated(m, d, after(match, 20), place) ? said(m, d) : undefined;
  }),
];
