import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, anyOf, beforeOf } from "../patterns.ts";
import type { EasternTongue } from "./tongue.ts";

/** Rules for characters that have a special meaning next to a number, such as the dots of `1·2`. */
export const besideRules = (tongue: EasternTongue): readonly Rule[] => [
  halfOfDay(tongue),
  daysOfWeek(tongue),
  numbersOfAddress(tongue),
  numbersOfOneCounter(tongue),
  // Only Japanese has this rule: Korean uses a different dot between items.
  ...(tongue.join === "" ? [dotBetweenItems] : []),
  stepOfMenu,
  timeAdded(tongue),
  rule("points of a tie-break", "(", /(?<=\d-\d{1,2})\((?=\d{1,2}\))/, () => "，"),
  numberToDial(tongue),
  rule("aperture", "fF", /(?<![A-Za-z\d])[fF]\/(?=\d)/, ([text]) => text.charAt(0)),
  slashBetweenWords,
  unitAfterLargeNumber(tongue),
  shortWordBeforeNumber(tongue),
  page(tongue),
  boundOfUnknown(tongue),
];

/** Reads a clock time with AM or PM: `9:30 am`. */
const halfOfDay = (tongue: EasternTongue): Rule =>
  rule(
    "clock time with AM or PM",
    digitStarts,
    /(?<![\d.,:：])(\d{1,2})(?:[:：]([0-5]\d))?\s?([AaPp])\.?[Mm](?![A-Za-z])/,
    ([, hour = "", minute = "00", half = ""]) =>
      Number(hour) > 12
        ? undefined
        : `${/a/i.test(half) ? tongue.beside.morning : tongue.beside.afternoon}${tongue.join}${tongue.time(hour.replace(/^0(?=\d)/, ""), minute, undefined)}`,
  );

/** Reads a range of weekdays: `月~金`, `월-금`. */
const daysOfWeek = (tongue: EasternTongue): Rule => {
  const day = `[${tongue.labels.weekdays}]`;
  return rule(
    "range of days of the week",
    tongue.labels.weekdays,
    new RegExp(
      `(?:(?<=毎週|매주\\s?)|(?<![\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hangul}A-Za-z\\d]))(${day})\\s?[~～〜-]\\s?(${day})(?=\\s|[^\\p{L}\\d]|${tongue.labels.particle.source}|$)`,
      "u",
    ),
    ([, from = "", to = ""]) => tongue.range(tongue.labels.weekday(from), tongue.labels.weekday(to)),
  );
};

/** Reads the hyphens of `1-2-3` after a word for a place or a code. */
const numbersOfAddress = (tongue: EasternTongue): Rule =>
  rule(
    "numbers of an address",
    digitStarts,
    /(?<![\d.,A-Za-z-])(?:\d{1,2}-\d{1,2}-\d{1,4}(?:-\d{1,4})?|\d{1,4}-\d{1,4})(?![\d-]|[.,]\d|\s?[=은는は])/,
    (match) =>
      tongue.codeCues.test(beforeOf(match.input, match.index)) ||
      (match[0].split("-").length < 3 && !tongue.addressCues.test(beforeOf(match.input, match.index)))
        ? undefined
        : match[0].split("-").map(tongue.cardinal).join(`${tongue.join}${tongue.beside.parts}${tongue.join}`),
  );

/** Reads several numbers that share one counter: `1·2호선`, `3・4年`. */
const numbersOfOneCounter = (tongue: EasternTongue): Rule =>
  rule(
    "numbers that share a counter word",
    digitStarts,
    /(?<![\d.,·・])(\d{1,2})[·・](?=\d{1,2}\s?(?:호선|학년|월|일|층|차|번|월|月|日|号|階|年|丁目|回|組|番))/,
    ([, first = ""]) => `${tongue.cardinal(first)}，`,
  );

const dotBetweenItems = rule("dot between items", "・", /・(?=\d)|(?<=[\d㎡²A-Za-z%％円人日月年歳回本分時])・/, "，");

/** Reads the sign between two steps of a menu: `設定 > 画面`. */
const stepOfMenu = rule("step of a menu", ">›", /(?<=[\p{L}\d\]」』）)"”]\s?)[>›]\s?(?=[\p{L}「『“"[])/u, (match) =>
  /(?:[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|[A-Za-z]{2})[\]」』）)"”]?\s?$/u.test(
    beforeOf(match.input, match.index),
  )
    ? "，"
    : undefined,
);

/** Reads the minute of a game with added time: `90+3分`. */
const timeAdded = (tongue: EasternTongue): Rule =>
  rule(
    "added time in a game",
    digitStarts,
    /(?<![\d.,])(\d{2,3})\+(\d{1,2})(?=\s?[分분])/,
    ([, regular = "", added = ""]) =>
      [tongue.cardinal(regular), tongue.signs["+"], tongue.cardinal(added)].join(tongue.join),
  );

/** Reads `#9999` as keys of a telephone if a word for dialing is near. */
const numberToDial = (tongue: EasternTongue): Rule =>
  rule("number to dial after a hash sign", "#", /#(\d{3,5})(?![\d])/, (match) =>
    tongue.dialCues.test(afterOf(match.input, match.index + match[0].length)) ||
    tongue.dialCues.test(beforeOf(match.input, match.index).slice(-8))
      ? `${tongue.hash}${tongue.join}${tongue.spell(match[1] ?? "")}`
      : undefined,
  );

/** Speaks a slash between two words as a pause (，), unless the word before it is in Latin letters. */
const slashBetweenWords = rule("slash between words", "/", /(?<=\p{L}\s?)\/\s?(?=\p{L})/u, (match) =>
  /[A-Za-z]\s?$/.test(beforeOf(match.input, match.index)) ? undefined : "，",
);

/** Reads a unit after a word for a large number: `3億km`, `5만km`. */
const unitAfterLargeNumber = (tongue: EasternTongue): Rule =>
  rule(
    "unit after a large number",
    [...new Set([...tongue.units.keys()].map((unit) => unit.charAt(0)))].join(""),
    new RegExp(`(?<=(?:\\d[万億兆千만억조천]|π)\\s?)(?:${anyOf(tongue.units.keys(), "A-Za-z")})`, "u"),
    ([unit]) => tongue.units.get(unit),
  );

/** Reads an abbreviation before a number: `Lv. 5`, `vol.3`. */
const shortWordBeforeNumber = (tongue: EasternTongue): Rule => {
  const words = [...tongue.beside.numbered.keys()];
  return rule(
    "abbreviation before a number",
    words.map((word) => word.charAt(0) + word.charAt(0).toUpperCase()).join(""),
    new RegExp(`(?<![A-Za-z])(${words.join("|")})(?:(?<=lv)\\.?|\\.)\\s?(\\d+)(?![\\d]|[.,]\\d)`, "i"),
    ([, word = "", digits = ""]) =>
      `${tongue.beside.numbered.get(word.toLowerCase())}${tongue.join}${tongue.cardinal(digits)}`,
  );
};

/** Reads page numbers: `p. 12`, `pp. 3-5`. */
const page = (tongue: EasternTongue): Rule =>
  rule(
    "page",
    "pP",
    /(?<![A-Za-z])[Pp]{1,2}\.\s?(\d+)(?:\s?[-–~～]\s?(\d+))?(?![\d]|[.,]\d)/,
    ([, from = "", to]) =>
      `${to === undefined ? tongue.cardinal(from) : tongue.range(tongue.cardinal(from), tongue.cardinal(to))}${tongue.join}${tongue.beside.page}`,
  );

/** Reads an inequality between an unknown and a number: `x ≥ 5`. */
const boundOfUnknown = (tongue: EasternTongue): Rule =>
  rule(
    "inequality with a variable",
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    /(?<![A-Za-z\d²³=+×÷*/^)-]\s?)([A-Za-z])\s?([≥≤<>])\s?([-−]?)(\d+)(?:\.(\d+))?(?![\d.,A-Za-z]|\s?[-+×÷=<>²^])/,
    ([, unknown = "", sign = "", minus = "", whole = "", part]) =>
      tongue.beside.bound(
        tongue.formula.letter(unknown),
        `${minus === "" ? "" : `${tongue.signs["-"]}${tongue.join}`}${part === undefined ? tongue.cardinal(whole) : tongue.decimal(whole, part)}`,
        tongue.beside.bounds[sign] ?? "",
      ),
  );
