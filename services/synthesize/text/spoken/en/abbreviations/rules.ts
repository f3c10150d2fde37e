import { after, before, digitStarts, letterStarts, type Rule, rule } from "../../rule.ts";
import { cardinal } from "../number.ts";
import { always, beforeNumber, days, plain, quarters } from "./names.ts";

/** Abbreviations that are words, or end a sentence, where neither a figure nor a small letter follows. */
const alsoWords = /^(?:max|min|Max|est|ed|temp|ca|mo|wk|ch|Fri|Wed|Mon)\.$/;
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

const starts = (table: Readonly<Record<string, string>>): string =>
  [...new Set(Object.keys(table).map((text) => text[0]))].join("");
/** The keys of a table as alternatives, longer ones first. */
const written = (table: Readonly<Record<string, string>>): string =>
  Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .map(literal)
    .join("|");

/** Abbreviations spelled out. */
export const abbreviationRules: readonly Rule[] = [
  rule("doctor or drive", "D", /(?<![A-Za-z])Dr\./, (match, place) =>
    /\b[A-Z][a-z]+\s$/.test(before(place)) && !/^\s[A-Z]/.test(after(match)) ? "drive" : "doctor",
  ),
  rule("saint or street", "S", /(?<![A-Za-z])St\./, (match, place) =>
    /(?:\b[A-Z][a-z]+(?:['’]s)?|\d(?:st|nd|rd|th))\s$/.test(before(place)) && !/^\s[A-Z][a-z]/.test(after(match))
      ? "street"
      : "saint",
  ),
  rule(
    "days of a range",
    "MTWFS",
    /(?<![A-Za-z])(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?\s?[-–]\s?(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)(?![A-Za-z])\.?/,
    ([, from = "", to = ""]) => `${days[from.slice(0, 3)]} to ${days[to.slice(0, 3)]}`,
  ),
  rule("last day", "S", /(?<=\b(?:and|or|to|on|every)\s)(Sat|Sun)\./, ([, d = ""]) => days[d]),
  rule("number", "Nn", /(?<![A-Za-z])(?:No|no|NO|Nos|nos)\.\s?(?=\d|[A-Z]{1,5}-?\d)/, "number "),
  rule("number sign of names", "№", /№\s?(?=\d)/, "number "),
  rule("dot of a name", ".", /(?<![\w.])\.(?=NET(?![A-Za-z]))/, "dot"),
  rule(
    "house and quarter of a town",
    digitStarts,
    /(?<![\d.,])(\d{1,5})\s([NSEW])\.(?=\s(?:\d+(?:st|nd|rd|th)|[A-Z][a-z]+)\s(?:St|Ave|Blvd|Rd|Dr|Ln|Pl|Street|Avenue|Boulevard|Road|Drive|Lane|Way)\b)/,
    ([, house = "", letter = ""]) => `${cardinal(house)} ${quarters[letter]}`,
  ),
  rule("page", "p", /(?<![A-Za-z])p\.\s?(?=\d)/, "page "),
  rule(
    "short word before its number",
    letterStarts,
    new RegExp(`(?<![A-Za-z])(${Object.keys(beforeNumber).join("|")})\\.\\s?(?=[\\dIVX(])`),
    ([, short = ""]) => `${beforeNumber[short]} `,
  ),
  rule("day of the week", "S", /(?<![A-Za-z])(?:Sat|Sun)\.(?=[,)]|\s(?:[a-z]|\d|[A-Z][a-z]{2,8}\s\d))/, ([text]) =>
    text === "Sat." ? "Saturday" : "Sunday",
  ),
  rule(
    "abbreviation with its full stop",
    starts(always),
    new RegExp(`(?<![A-Za-z.])(?:${written(always)})`),
    (match, place) => {
      const [text] = match;
      // A price or speed for each: $3/lb.
      if (
        before(place, 1) === "/" ||
        (/^(?:min|sec|hr|yr)/.test(text) && /\d(?:st|nd|rd|th)\s$/.test(before(place, 4)))
      )
        return undefined;
      const following = after(match);
      if (!text.endsWith(".") && /^[A-Za-z]/.test(following)) return undefined;
      return alsoWords.test(text) && !/^(?:\s?[\da-z]|,)/.test(following) ? undefined : always[text];
    },
  ),
  rule(
    "abbreviation without a full stop",
    starts(plain),
    new RegExp(`(?<![A-Za-z./]|slash )(?:${written(plain)})(?![A-Za-z./])`),
    ([text]) => plain[text],
  ),
  rule("letters with full stops", letterStarts, /(?<![A-Za-z.])(?![ap]\.m\.)(?:[A-Za-z]\.){2,}(?![A-Za-z])/, (match) =>
    match[0].replace(/\./g, " ").trim(),
  ),
];
