import { parseUnit, parseUnitAfterSlash } from "../../amounts/units/grammar.ts";
import { unitStarts } from "../../amounts/units/table.ts";
import { after, before, type Place, type Reading, type Rule, rule } from "../../rule.ts";
import { cardinal, number } from "../number.ts";

/**
 * How a slash is read depends on what stands on either side: "per" after an amount, "over" between terms of a formula,
 * "out of" before a total, "or" between words. Fractions and dates are read by earlier rules, and file paths have been
 * replaced by words before any rule is tried.
 */

/** The nouns for abbreviations after the slash of a rate, such as "yr" in "80 hrs. of PTO/yr". */
const shortShares: Readonly<Record<string, string>> = {
  yr: "year",
  mo: "month",
  wk: "week",
  hr: "hour",
  qtr: "quarter",
  sem: "semester",
  pp: "person",
};

/** Matches an amount before a slash: `$5`, `60`, `60 km`, `2 pills`, `10^6`, `two pills`, `once`. */
const amountBefore =
  /(?:[\d.]+¢|[$€£¥]\s?[\d.,]+\s?(?:[kKMB]|thousand|million|billion)?|\d[\d,.]*(?:\s|-)?(?:[A-Za-z%°²³μ]+(?:\/[a-z]+)?(?:\s[a-z]+)?)?|10(?:\^[-−]?\d+|[⁻⁰¹²³⁴-⁹]+)|\b(?:an?|one|two|three|four|five|six|ten|once|twice)\s[a-z]+|\b(?:twice|once))\s?$/;
const share =
  "second|minute|hour|day|week|month|year|night|person|user|kilogram|pound|mile|gallon|unit|item|seat|piece|serving|liter|cup|dose|box|bottle|pack|packet|bag|carton|tablet|capsule|page|word|student|child|adult|guest|room|household|employee|share|call|message|game|match|set|side|acre|square foot|sq ft|cycle|inch|foot|order|trip|visit|session|class|lesson|mo|yr|hr|wk|ea|pt|gal";

function readPer({ text, index }: Place): Reading | undefined {
  const left = text.slice(Math.max(0, index - 24), index);
  if (!amountBefore.test(left)) return undefined;
  const start = text[index + 1] === " " ? index + 2 : index + 1;
  const amount = /^(\d+(?:\.\d+)?)\s?/.exec(text.slice(start, start + 10));
  if (amount !== null) {
    // A number and a unit may follow the slash: "8 L/100 km".
    const found = parseUnitAfterSlash(text, start + amount[0].length);
    return found === undefined || !/[A-Za-z]\s?$/.test(left) || !/^(?:10*|\d+\.\d+)$/.test(amount[1] ?? "")
      ? undefined
      : { spoken: `per ${number(amount[1] ?? "")} ${found.unit.en[amount[1] === "1" ? 0 : 1]}`, end: found.end };
  }
  const found = parseUnitAfterSlash(text, start);
  if (found !== undefined && /[a-z]/i.test(text[start] ?? ""))
    return {
      spoken: `per ${found.unit.en[0]}`,
      end: text[found.end] === "." && /^\.\s?[a-z,]/.test(text.slice(found.end)) ? found.end + 1 : found.end,
    };
  // After a price, any noun may follow the slash: "$25/transfer".
  const word =
    new RegExp(`^(?:${share})(?![A-Za-z])`).exec(text.slice(start, start + 14))?.[0] ??
    (/[$€£¥]\s?[\d.,]+$/.test(left)
      ? /^(?!free|none)[a-z]{3,}(?![\w/])/.exec(text.slice(start, start + 20))?.[0]
      : undefined);
  return word === undefined ? undefined : { spoken: `per ${word}`, end: start + word.length };
}

/** A pattern for a weekday, abbreviated or not, singular or plural. */
const day = "(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)";

const factor = String.raw`[\dA-Za-zπθλαβΔ)²³√∞'′]`;

export const slashRules: readonly Rule[] = [
  {
    name: "compound unit without a number",
    starts: unitStarts,
    read({ text, index }) {
      if (/[A-Za-z\d.\-/@]/.test(text[index - 1] ?? "")) return undefined;
      const written = text.slice(index, index + 6);
      // The standards of China: GB/T 9001.
      if (/^GB\/T(?![A-Za-z])/.test(written)) return undefined;
      const joined = /[/·]/.exec(written)?.index ?? 0;
      // A slash between two letters usually divides two quantities, as in m/V, and is then not read as a unit. The
      // units listed here, such as m/s, are exceptions, except after an equals sign.
      if (
        /^[A-Za-z]\/[A-Za-z](?![A-Za-z²³])/.test(written) &&
        (!/^(?:m\/s|g\/L|W\/m|N\/m|J\/g|V\/m|m\/h)/.test(written) ||
          /=\s?$/.test(text.slice(Math.max(0, index - 2), index)))
      )
        return undefined;
      const found =
        joined < 1 || /^(?:[A-Z]|in)\//.test(text.slice(index, index + 3)) ? undefined : parseUnit(text, index);
      return found === undefined || found.unit.under.length === 0
        ? undefined
        : { spoken: found.unit.en[1], end: found.end };
    },
  },
  rule("slash between a name and a password", "/", /(?<=[A-Za-z\d])\/(?=[A-Za-z\d])/, (match, place) =>
    /\b(?:[Ll]ogins?|[Cc]redentials|[Pp]asswords?|[Ss]ign in|[Ll]og in)\b[^.;,]*\s["'“‘]?[A-Za-z\d]+$/.test(
      before(place, 40),
    ) &&
    !/(?:name|user|login|email)$/i.test(before(place, 8)) &&
    /^[\w@!#]+(?:[.,;)"'”’\s]|$)/.test(after(match, 16))
      ? "slash"
      : undefined,
  ),
  rule(
    "slash between days of the week",
    "/",
    new RegExp(`(?<=(?<![A-Za-z])${day}\\.?\\s?)\\/(?=\\s?${day}(?![A-Za-z]))`),
    (match) => (new RegExp(`^\\s?${day}\\.?\\s?\\/\\s?${day}(?![A-Za-z])`).test(after(match, 28)) ? "," : "and"),
  ),
  rule("each after a price", "/", /(?<=\d)\/ea\.?(?![A-Za-z])/, "each"),
  rule(
    "per unit of time after a noun",
    "/",
    /(?<=\d[\w.,-]*\s[^;:!?/]{0,24}[a-z]{3})\/(?=(?:day|night|week|month|year|hour)(?![A-Za-z/]))/,
    (_match, place) => (/(?:day|night|week|month)s?$/.test(before(place, 6)) ? undefined : "per"),
  ),
  rule(
    "per before an abbreviation, such as /yr",
    "/",
    /(?<=[A-Za-z)\d%])\/(yr|mo|wk|hr|qtr|sem|pp)(?![A-Za-z\d/])(?:\.(?=\s?[a-z,;)]|\s?$))?/,
    ([, short = ""]) => `per ${shortShares[short]}`,
  ),
  { name: "per unit or person after an amount", starts: "/", read: readPer },
  rule("score out of a total, such as a rating", "/", /(?<=\d\s?)\/\s?(\d+)(?![\d/.]\d|[\d/])/, (match, place) =>
    /\d\.\d+\s?$/.test(before(place, 6)) &&
    !/=\s?[\d.]*$/.test(before(place, 10)) &&
    /^(?:5|10|12|20|50|100)$/.test(match[1] ?? "")
      ? `out of ${cardinal(match[1] ?? "")}`
      : undefined,
  ),
  rule(
    "slash between parts of a formula",
    "/",
    new RegExp(`(?<=${factor}\\s?)\\/(?=\\s?[(√|π\\dA-Za-z])`),
    (match, place) => {
      const left = before(place, 14);
      const right = after(match, 12);
      const short =
        /(?<![A-Za-z\d])\d*[a-z]?(?:\([^()]*\))?(?:[a-zπθλαβΔ²³₀-₉'′]|\d)\s?$|\)\s?$|(?:sin|cos|tan|log|ln)\s?\(?[a-zθ]\)?\s?$/.test(
          left,
        );
      const next =
        /^\s?(?:\(|√|π|\|?\d*[a-zA-Z](?![A-Za-z])|\d+(?![A-Za-z\d]*[A-Za-z]{2})|(?:sin|cos|tan|log|ln)\b|d[a-z]\b)/.test(
          right,
        );
      if (/\d\s?$/.test(left) && /^\s?\d/.test(right))
        return /\d\s$/.test(left) || isFormula(place) ? "divided by" : undefined;
      // Between a measure and a number, the slash means an alternative: "310 mi/500 km".
      if (/\d\s?[a-z]{2}\s?$|\d{3}[a-z]$/.test(left) && /^\s?\d/.test(right)) return undefined;
      if (short && next && !/(?<![A-Za-z])(?:[A-Z]|[a-z]\/[a-z])\s?$/.test(left)) return "over";
      return isFormula(place) ? "divided by" : undefined;
    },
  ),
];

const isFormula = (place: Place): boolean =>
  /^[^,;.]*=/.test(place.text.slice(place.index, place.index + 20)) || /=[^,;]*$/.test(before(place, 24));
