import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, number } from "../number.ts";

const minutes = (text: string): string => (text.startsWith("0") ? `oh ${cardinal(text)}` : cardinal(text));
const halfDay = (text: string): string => (/^a/i.test(text) ? "AM" : "PM");
const half = String.raw`\s?([AaPp])(?:\.\s?[Mm]\.?|[Mm](?![A-Za-z]))`;

function clock(hour: string, minute: string, withHalf: boolean): string {
  const h = Number(hour);
  if (minute !== "00") return `${cardinal(hour)} ${minutes(minute)}`;
  if (withHalf) return cardinal(hour);
  return h > 12 ? `${cardinal(hour)} hundred` : h === 0 ? "zero hundred" : `${cardinal(hour)} o'clock`;
}

const scoreBefore = /(?:\b(?:ratio|score|odds|won|lost|beat|led|leads?|scale|mixed?|aspect)\b[^.,;]{0,14})$/i;
const scoreAfter = /^\s?(?:ratio|aspect|scale|mix|odds|split|score|widescreen|monitor|display|video|victory|win|lead)/i;

/** Rules for clock times, ratios and scores. */
export const timeRules: readonly Rule[] = [
  rule(
    "chapter and verse",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Ezra|Nehemiah|Esther|Job|Psalms?|Ps\.|Matt\.|Proverbs|Ecclesiastes|Isaiah|Jeremiah|Lamentations|Ezekiel|Daniel|Hosea|Joel|Amos|Jonah|Micah|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Philippians|Colossians|Thessalonians|Timothy|Titus|Philemon|Hebrews|James|Peter|Jude|Revelation|Surah|Quran|Verse)\s)(\d{1,3}):(\d{1,3})(?:[-–](\d{1,3}))?(?![\d:])/,
    ([, chapter = "", verse = "", to]) =>
      `${cardinal(chapter)} ${cardinal(verse)}${to === undefined ? "" : ` to ${cardinal(to)}`}`,
  ),
  rule(
    "time",
    digitStarts,
    new RegExp(`(?<![\\d.:])([01]?\\d|2[0-4]):([0-5]\\d)(?::([0-5]\\d)(?:\\.\\d+)?)?(?!\\d|:\\d)(?:${half})?`),
    (match, place) => {
      const [, hour = "", minute = "", second, letter] = match;
      if (
        second === undefined &&
        letter === undefined &&
        (scoreBefore.test(before(place, 24)) || scoreAfter.test(after(match)))
      )
        return undefined;
      if (second !== undefined)
        return `${cardinal(hour)} ${minute === "00" ? "oh oh" : minutes(minute)} and ${cardinal(second)} seconds${letter === undefined ? "" : ` ${halfDay(letter)}`}`;
      const oclock = /^\s?o['’]clock/.test(after(match));
      const range = /^\s?[-–—]\s?\d{1,2}(?::\d\d)?\s?[ap]\.?m/i.test(after(match));
      return (
        clock(hour, minute, letter !== undefined || oclock || range) +
        (letter === undefined ? "" : ` ${halfDay(letter)}`)
      );
    },
  ),
  rule(
    "range from an hour to a clock time",
    digitStarts,
    /(?<![\d.:$,])(1[0-2]|0?[1-9])\s?[-–—]\s?(?=(?:1[0-2]|0?[1-9]):[0-5]\d(?!\d|:))/,
    ([, from = ""]) => `${cardinal(from)} to `,
  ),
  rule(
    "hours of a range",
    digitStarts,
    new RegExp(`(?<![\\d.:$])(1[0-2]|0?[1-9])\\s?[-–—]\\s?(1[0-2]|0?[1-9])${half}`),
    ([, from = "", to = "", letter = ""]) => `${cardinal(from)} to ${cardinal(to)} ${halfDay(letter)}`,
  ),
  rule(
    "hour",
    digitStarts,
    new RegExp(`(?<![\\d.:$])(1[0-2]|0?[1-9])${half}`),
    ([, hour = "", letter = ""]) => `${cardinal(hour)} ${halfDay(letter)}`,
  ),
  rule(
    "dash between clock times",
    "-–—",
    /(?<=(?:\b(?:noon|midnight)|\d\s?[AaPp]\.?[Mm]\.?)\s?)[-–—](?=\s?(?:\d{1,2}(?::\d\d)?\s?(?:[AaPp]\.?[Mm]|noon|midnight)|noon|midnight))/,
    "to",
  ),
  rule(
    "minutes after hours",
    digitStarts,
    /(?<=\d\s?h(?:rs?)?\s?)(\d{1,2})\s?m(?:in)?(?![A-Za-z])/,
    ([, n = ""]) => `${cardinal(n)} ${n === "1" ? "minute" : "minutes"}`,
  ),
  rule("military hour", digitStarts, /(?<![\d.,:])([01]\d|2[0-3])([0-5]\d)(?=\s(?:hours|hrs)\b)/, (match, place) => {
    const [text, hour = "", minute = ""] = match;
    if (!text.startsWith("0") && !/\b(?:at|by|until|from|to|before|after)\s$/i.test(before(place))) return undefined;
    return `${minutes(hour)} ${minute === "00" ? "hundred" : minutes(minute)}`;
  }),
  rule("AM or PM by itself", "AaPp", /(?<=[a-z\d]\s)([ap])\.m\.?(?![A-Za-z])/i, ([, letter = ""]) => halfDay(letter)),
  rule(
    "ratio",
    digitStarts,
    /(?<![\d.:])(\d+(?:\.\d+)?):(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?(?!\d|:\d)/,
    ([, a = "", b = "", c]) => [a, b, ...(c === undefined ? [] : [c])].map(number).join(" to "),
  ),
];
