import { unitOf } from "../../amounts/units/grammar.ts";
import { before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, plural } from "../number.ts";

/** Shorthand of recipes, weather, workouts, directions and labels, recognized by the words or numbers beside it. */
export const shorthandRules: readonly Rule[] = [
  rule("hwy for highway, after a fuel economy", "h", /(?<=(?:mpg|MPG|and|\/)\s?)hwy(?![A-Za-z.])/, "highway"),
  rule(
    "tens of a temperature",
    digitStarts,
    /(?<=\b(?:low|lower|mid|middle|upper|high)[\s-](?:to\s(?:mid|upper|high)[\s-])?)([2-9]0)s(?![A-Za-z\d])/,
    ([, n = ""]) => plural(cardinal(n)),
  ),
  rule("storms with thunder", "tT", /(?<![A-Za-z])[tT]-?storm(s?)(?![A-Za-z])/, ([, s = ""]) => `thunderstorm${s}`),
  rule(
    "aggregate score of two games",
    "a",
    /(?<![A-Za-z])agg\.(?=\s\d)|(?<=\d\s(?:on\s)?)agg\.?(?![A-Za-z])/,
    (_match, place) => (/\bon\s$/.test(before(place, 3)) ? "aggregate" : "on aggregate"),
  ),
  rule(
    "days of a prescription",
    "xX×",
    /(?<=[A-Za-z]\s)[xX×](?=\s?\d+\s?(?:days?|weeks?|wks?|months?|hours?|hrs?|doses)\b)/,
    "for",
  ),
  rule("sets of a workout", "xX×", /(?<=\b(?:reps?|sets?|rounds?)\s)[xX×](?=\s?\d)/, "times"),
  rule(
    "multiplication sign after a range, as in 2-3x",
    "xX×",
    /(?<=\d\s?[-–]\s?\d+(?:\.\d+)?)[xX×](?=$|[\s,.;)](?!\d))/,
    "times",
  ),
  rule(
    "concentration by volume, weight or mass",
    "vw",
    /(?<=(?:\d|%)\s?)(v|w|m)\/(v|w|m)(?![A-Za-z])/,
    ([, part, of]) =>
      part === of
        ? part === "v"
          ? "by volume"
          : part === "w"
            ? "by weight"
            : "by mass"
        : part === "w" && of === "v"
          ? "weight by volume"
          : undefined,
  ),
  rule("rate of a year", "p", /(?<=%\s)p\.a\.?(?![A-Za-z])/, "per annum"),
  rule("incl. for included, after a noun", "i", /(?<=[A-Za-z]\s)incl(?:\.(?=[,;)]|\s?$)|(?=[,;)]|\s?$))/, "included"),
  rule(
    "time signature of a piece",
    digitStarts,
    /(?<=\bin\s)(\d{1,2})\/(2|4|8)(?![\d/.]\d|[\d/])/,
    ([, beats = "", note = ""], place) =>
      /\b(?:BPM|bpm|major|minor|key|tempo|song|piece|march|waltz|music|played?|beats?)\b/.test(before(place, 40))
        ? `${cardinal(beats)} ${cardinal(note)}`
        : undefined,
  ),
  rule("left or right turn by its letter", "LR", /(?<![A-Za-z\d])[LR](?![A-Za-z\d.'’&-])/, ([letter], place) =>
    /\b[Tt]urn\s(?:[^.;]{0,32}then\s(?:turn\s)?)?$/.test(before(place, 48))
      ? letter === "L"
        ? "left"
        : "right"
      : undefined,
  ),
  rule("prescription", "R", /(?<![A-Za-z\d])Rx(?![A-Za-z\d])/, "prescription"),
  rule(
    "unit of torque without a number",
    "Nl",
    /(?<![\d\s]\s?|[A-Za-z\d])(N·m|lb-ft|ft-lb)s?(?![A-Za-z\d])|(?<=[a-z]\s)(N·m|lb-ft|ft-lb)s?(?![A-Za-z\d])/,
    (match) => ({ N·m: "newton meters", "lb-ft": "pound feet", "ft-lb": "foot pounds" })[match[1] ?? match[2] ?? ""],
  ),
  rule(
    "clock time with a or p for AM or PM",
    digitStarts,
    /(?<![\d.:])(1[0-2]|0?[1-9]):([0-5]\d)([ap])(?![A-Za-z\d]|\.\s?m)/,
    ([, hour = "", minute = "", half]) =>
      `${cardinal(hour)}${minute === "00" ? "" : minute.startsWith("0") ? ` oh ${cardinal(minute)}` : ` ${cardinal(minute)}`} ${half === "a" ? "AM" : "PM"}`,
  ),
  rule(
    "unit after a fraction and a hyphen",
    "-",
    /(?<=\d\/\d{1,2}|[½¼¾⅓⅔⅛⅜⅝⅞])-(in|ft|oz|lb|mi|tsp|tbsp|yd|pt|qt|gal|hr|yr)(?![A-Za-z])\.?(?=\s[a-z])/,
    ([, written = ""]) => ` ${unitOf(written)?.en[0] ?? written}`,
  ),
  rule("threads of a screw", "-", /(?<=\d["″])-(?=\d)/, " "),
];
