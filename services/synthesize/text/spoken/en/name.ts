import { numberedName, romanValue, rulerName } from "../amounts/roman.ts";
import { after, before, capitalStarts, digitStarts, type Rule, rule } from "../rule.ts";
import { cardinal, number, oh, ordinal, year } from "./number.ts";

/** Reads a number in a name: "fifteen", "one oh five" (105), "one fifty" (150), "twenty twenty-four" (2024). */
export const inName = (text: string): string =>
  text.endsWith("000")
    ? cardinal(text)
    : text.length <= 2
      ? text.startsWith("0")
        ? oh(text)
        : cardinal(text)
      : text.length === 3 && text.endsWith("0")
        ? text.endsWith("00")
          ? cardinal(text)
          : `${cardinal(text[0] ?? "")} ${cardinal(text.slice(1))}`
        : text.length === 4 && !/^.0|00$/.test(text)
          ? year(text)
          : oh(text);

const inModel = (text: string): string =>
  text.length === 4 ? year(text) : text.endsWith("00") ? cardinal(text) : oh(text);

/** A chord by its scale degree: V, vi, V7, Imaj7. A lower-case numeral is a minor chord, which is read the same way. */
const degree = "(?:VI{0,2}|I[IV]?|III|vi{0,2}|i[iv]?|iii)(?:maj7|7)?";
const chords =
  /\b(?:chords?|progressions?|cadences?|turnarounds?|vamps?|changes|patterns?|loops?|songs?|keys?|jazz|blues)\b/i;

const chordOf = (text: string): string => {
  const [, numeral = "", kind] = /^([ivIV]+)(maj7|7)?$/.exec(text) ?? [];
  const said = cardinal(String(romanValue(numeral.toUpperCase())));
  return kind === undefined ? said : `${said}${kind === "7" ? "" : " major"} seven`;
};

/** Rules for names with letters and numbers, and for Roman numerals. */
export const nameRules: readonly Rule[] = [
  rule(
    "chords written as Roman numerals",
    "IViv",
    new RegExp(`(?<![A-Za-z\\d-])${degree}(?:\\s?[-–—→]\\s?${degree})+(?![A-Za-z\\d'’-])`),
    (match, place) =>
      chords.test(before(place, 48) + after(match, 48))
        ? match[0]
            .split(/\s?[-–—→]\s?/)
            .map(chordOf)
            .join(" ")
        : undefined,
  ),
  rule(
    "business letters",
    capitalStarts,
    /(?<![A-Za-z\d])([ABCDEFGIMNOPSTV])2([ABCDEFGIMNOPSTVX])(?![A-Za-z\d])/,
    ([, from = "", to = ""]) => `${from} to ${to}`,
  ),
  rule(
    "number with the ending -er or -ers",
    digitStarts,
    /(?<![\d.,])(\d{2})er(s?)(?![A-Za-z])/,
    ([, n = "", plural = ""]) => `${cardinal(n).replace(/e$/, "")}er${plural}`,
  ),
  rule(
    "screen",
    digitStarts,
    /(?<![\d.,])(\d{3,4})([pPiI])(?![A-Za-z\d])/,
    ([, n = "", letter = ""]) =>
      `${n.length === 4 ? year(n) : n.length === 3 && !n.endsWith("00") ? `${cardinal(n[0] ?? "")} ${cardinal(n.slice(1))}` : cardinal(n)} ${letter.toUpperCase()}`,
  ),
  rule(
    "Roman numeral of a ruler",
    "IVX",
    /(?<![A-Za-z'’])[IVX]+(?![A-Za-z'’\d]|\.[A-Za-z]|-[A-Za-z])/,
    ([text], place) => {
      const value = romanValue(text);
      return value !== undefined && rulerName.test(before(place, 16)) ? `the ${ordinal(String(value))}` : undefined;
    },
  ),
  rule("Roman numeral", "IVXL", /(?<![A-Za-z'’])[IVXL]+(?![A-Za-z'’\d]|-[A-Za-z]|\.[A-Z])/, (match, place) => {
    const [text] = match;
    const value = romanValue(text);
    if (value === undefined) return undefined;
    if (text === "X" && /\b(?:Gen|[Tt]ype)\s$/.test(before(place, 20))) return undefined;
    if (numberedName.test(before(place, 20))) return cardinal(String(value));
    const afterName = /\b[A-Z][a-z]+\s$/.test(before(place, 16));
    return text.length > 1 && afterName && !/^(?:XL|LI|IV|XX|XXX)$/.test(text)
      ? cardinal(String(value))
      : text === "IV" && afterName
        ? "four"
        : undefined;
  }),
  rule(
    "model of a processor",
    digitStarts,
    /(?<=(?<![A-Za-z])[A-Za-z]{1,2})(\d)-(\d{3,5})(?=[A-Z]{0,3}(?![A-Za-z\d]))/,
    ([, family = "", model = ""]) =>
      `${cardinal(family)} ${model.length === 5 ? `${cardinal(model.slice(0, 2))} ${inModel(model.slice(2))}` : inModel(model)}`,
  ),
  rule(
    "model of a processor after its family",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:[Rri][3579]|Ryzen\s[3579]|Core\s[im]?[3579]|Ultra\s[3579]|Xeon|EPYC)\s)\d{3,5}(?=[A-Z]{0,3}\d?[A-Z]?(?![A-Za-z\d]))(?!%|[.,]\d)/,
    ([model]) =>
      `${model.length === 5 ? `${cardinal(model.slice(0, 2))} ${inModel(model.slice(2))}` : inModel(model)} `,
  ),
  rule("version after a slash", "/", /(?<=[A-Z]{2,})\/(?=\d)/, ""),
  rule(
    "number after letters",
    digitStarts,
    /(?<=[A-Za-z])(?<!\d[xX]|\d\s?(?:h|min))\d+(?:\.\d+)?(?![\d%]|,\d)/,
    ([text]) => (text.includes(".") ? number(text) : inName(text)),
  ),
];

/** Rules for ordinals that are written in digits: 43rd. */
export const ordinalRules: readonly Rule[] = [
  rule(
    "ordinal",
    digitStarts,
    /(?<![\d.])(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z])/,
    ([, n = ""]) => ordinal(n),
  ),
];
