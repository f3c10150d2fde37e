import { digitStarts, type Rule, rule } from "../../rule.ts";
import { anyOf, beforeOf } from "../patterns.ts";
import type { EasternTongue } from "./tongue.ts";

/** Rules for numbers and letters that are labels ("4K", "seat 12A"), tried before those for amounts and formulas. */
export const labelRules = (tongue: EasternTongue): readonly Rule[] => [
  borrowedFigure(tongue),
  dayInBrackets(tongue),
  ...bracketRules(tongue),
  optionOfCommand(tongue),
  version(tongue),
  numberAfterNo(tongue),
  dayOfEvent(tongue),
  seat(tongue),
  lettersWithHyphens(tongue),
  hyphenOfName(tongue),
];

/** Reads numbers with a letter that are said with English words, in the language's own script: "4K" is 포케이. */
const borrowedFigure = (tongue: EasternTongue): Rule => {
  const borrowed = [...tongue.labels.borrowed.keys()].sort((a, b) => b.length - a.length);
  const escaped = borrowed.map((written) => written.replaceAll("+", "\\+"));
  return rule(
    "number with a fixed reading, such as 24/7",
    digitStarts,
    new RegExp(`(?<![\\d.,A-Za-z+-])(?:${escaped.join("|")})(?![A-Za-z\\d+]|\\s?=)`),
    ([text]) => tongue.labels.borrowed.get(text),
  );
};

/** Reads one or two days of the week in brackets: `1日(月)`, `15일(월~수)`. */
const dayInBrackets = (tongue: EasternTongue): Rule => {
  const day = `[${tongue.labels.weekdays}]`;
  return rule(
    "day of the week in brackets",
    "(（",
    new RegExp(
      `(?<=(?:[\\d日일]|休[日み]?は|휴무[는일은]{1,2})\\s?)[(（](${day})(?:\\s?([・·,、~～〜-])\\s?(${day}))?[)）]`,
    ),
    ([, first = "", mark = "", second]) => {
      const name = tongue.labels.weekday(first);
      if (second === undefined) return tongue.join === "" ? `、${name}` : ` ${name}`;
      const other = tongue.labels.weekday(second);
      const both = /[~～〜-]/.test(mark)
        ? tongue.range(name, other)
        : `${name}${tongue.join === "" ? "、" : ", "}${other}`;
      return tongue.join === "" ? `、${both}` : ` ${both}`;
    },
  );
};

/** Rules for brackets after a number, after the name of a function, before a particle, and around a unit. */
function bracketRules(tongue: EasternTongue): readonly Rule[] {
  const particle = tongue.labels.particle.source;
  // A single letter in brackets, as in "(A)", is the label of an answer and not a unit.
  const units = anyOf(
    [...tongue.units.keys()].filter((unit) => !/^[A-Zths]$/.test(unit)),
    "A-Za-z",
  );
  return [
    rule(
      "bracket after a figure",
      "(",
      /(?<=[A-Za-z\d%])\((?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[-+−▲△▼]?\d[\d.,]*\s?[%％K])/u,
      () => "，",
    ),
    rule("bracket of a call", "(", new RegExp(`(?<=[A-Za-z_])\\((?=[^()]*\\)(?:${particle}))`, "u"), () => " "),
    rule("bracket before a particle", ")）", new RegExp(`[)）](?=[」』"”]?${particle})`, "u"), () => ""),
    rule(
      "bracket around a unit",
      "(（)）",
      new RegExp(`(?<=[\\p{L}\\d]\\s?)[(（](?=(?:${units})[)）])|(?<=[(（](?:${units}))[)）]`, "u"),
      () => tongue.join,
    ),
    rule(
      "unit in brackets",
      [...new Set([...tongue.units.keys()].map((unit) => unit.charAt(0)))].join(""),
      new RegExp(`(?<=[(（])(?:${units})(?=[)）])`, "u"),
      ([unit]) => tongue.units.get(unit),
    ),
  ];
}

/** Reads an option of a command: `git -m`, `ls --all`. */
const optionOfCommand = (tongue: EasternTongue): Rule =>
  rule("option of a command", "-", /(?<=(?:[A-Za-z]{2}|(?<![A-Za-z])-[A-Za-z])\s)--?[A-Za-z][A-Za-z\d-]*/, ([text]) => {
    const dashes = /^-+/.exec(text)?.[0] ?? "";
    return `${Array.from(dashes, () => tongue.address.hyphen).join(tongue.join)}${tongue.join}${text.slice(dashes.length).replaceAll("-", `${tongue.join}${tongue.address.hyphen}${tongue.join}`)}`;
  });

/** Reads a version number: `v1.2`, `Ver. 3`. */
const version = (tongue: EasternTongue): Rule =>
  rule(
    "version after the letter v",
    "vV",
    /(?<![A-Za-z\d])(?:v|[vV]er\.?\s?)(\d+(?:\.\d+)*)(?![\d])/,
    ([, digits = ""]) =>
      [
        tongue.labels.version,
        digits.split(".").map(tongue.cardinal).join(`${tongue.join}${tongue.signs["."]}${tongue.join}`),
      ].join(tongue.join),
  );

/** Reads "No." before a number: `No.1`, `No. 12`. */
const numberAfterNo = (tongue: EasternTongue): Rule =>
  rule("number after No.", "N", /(?<![A-Za-z])No\.\s?(\d+)(?![\d]|[.,]\d)/, ([, digits = ""]) =>
    digits === "1" ? tongue.labels.first : `${tongue.labels.numbered}${tongue.join}${tongue.cardinal(digits)}`,
  );

/** Reads the name of an event that is named after its date: `3·1절`, `6·25 전쟁`. */
const dayOfEvent = (tongue: EasternTongue): Rule =>
  rule(
    "event that is named after its date",
    digitStarts,
    /(?<![\d.,·・])(\d{1,2})[·・](\d{1,2})(?![\d.,·・])/,
    (match) => {
      const [text, month = "", day = ""] = match;
      const after = match.input.slice(match.index + text.length);
      if (!tongue.labels.events.test(after)) return undefined;
      return `${tongue.cardinal(month)}${/^1[02]$/.test(day) ? tongue.cardinal(day) : tongue.spell(day)}`;
    },
  );

/** Reads a number with a letter, such as `12A`, as a seat, door or class if a word for one of these follows. */
const seat = (tongue: EasternTongue): Rule =>
  rule("seat or door", digitStarts, /(?<![\d.,])(\d{1,3})([A-Z])(?![A-Za-z\d])/, (match) => {
    const [text, digits = "", letter = ""] = match;
    return tongue.labels.places.test(match.input.slice(match.index + text.length))
      ? `${tongue.cardinal(digits)}${tongue.join}${letter}`
      : undefined;
  });

/** Reads letters with hyphens, and an equals sign if numbers with hyphens follow: `A-B-C`, `A-B-C = 1-2-3`. */
const lettersWithHyphens = (tongue: EasternTongue): Rule =>
  rule(
    "letters joined by hyphens",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    /(?<![A-Za-z\d-])([A-Z](?:-[A-Z]){2,})(?![A-Za-z\d-])(?:(\s?[=＝]\s?)(?=\d+(?:-\d+){2})|(?!\s?[=＝+×÷]))/,
    ([, letters = "", sign]) => (sign === undefined ? letters : tongue.formula.equals(letters, "", true) + tongue.join),
  );

/** Leaves out the hyphen of a name such as `COVID-19`, unless an arithmetic sign before it shows that it is a minus. */
const hyphenOfName = (tongue: EasternTongue): Rule =>
  rule("hyphen of a name", "-‑", /(?<=(?<![A-Za-z])[A-Za-z]{1,8})[-‑](?=\d)/, (match) =>
    /[=×÷+]/.test(beforeOf(match.input, match.index)) ? undefined : tongue.join,
  );
