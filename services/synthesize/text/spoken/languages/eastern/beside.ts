import { digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, anyOf, beforeOf } from "../patterns.ts";
import type { EasternTongue } from "./tongue.ts";

/** Rules of marks that mean something else beside figures than by themselves. */
export function besideRules(tongue: EasternTongue): readonly Rule[] {
  const { join, labels, beside, signs } = tongue;
  const days = `[${labels.weekdays}]`;
  const units = anyOf(tongue.units.keys(), "A-Za-z");
  const isKorean = join !== "";
  return [
    rule(
      "half of the day in letters",
      digitStarts,
      /(?<![\d.,:：])(\d{1,2})(?:[:：]([0-5]\d))?\s?([AaPp])\.?[Mm](?![A-Za-z])/,
      ([, hour = "", minute = "00", half = ""]) =>
        Number(hour) > 12
          ? undefined
          : `${/a/i.test(half) ? beside.morning : beside.afternoon}${join}${tongue.time(hour.replace(/^0(?=\d)/, ""), minute, undefined)}`,
    ),
    rule(
      "span of days of the week",
      labels.weekdays,
      new RegExp(
        `(?:(?<=毎週|매주\\s?)|(?<![\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hangul}A-Za-z\\d]))(${days})\\s?[~～〜-]\\s?(${days})(?=\\s|[^\\p{L}\\d]|${labels.particle.source}|$)`,
        "u",
      ),
      ([, from = "", to = ""]) => tongue.range(labels.weekday(from), labels.weekday(to)),
    ),
    rule(
      "numbers of an address",
      digitStarts,
      /(?<![\d.,A-Za-z-])(?:\d{1,2}-\d{1,2}-\d{1,4}(?:-\d{1,4})?|\d{1,4}-\d{1,4})(?![\d-]|[.,]\d|\s?[=은는は])/,
      (match) =>
        tongue.codeCues.test(beforeOf(match.input, match.index)) ||
        (match[0].split("-").length < 3 && !tongue.addressCues.test(beforeOf(match.input, match.index)))
          ? undefined
          : match[0].split("-").map(tongue.cardinal).join(`${join}${beside.parts}${join}`),
    ),
    rule(
      "numbers of one counter",
      digitStarts,
      /(?<![\d.,·・])(\d{1,2})[·・](?=\d{1,2}\s?(?:호선|학년|월|일|층|차|번|월|月|日|号|階|年|丁目|回|組|番))/,
      ([, first = ""]) => `${tongue.cardinal(first)}，`,
    ),
    // Korean has another dot for it.
    ...(isKorean
      ? []
      : [rule("dot between items", "・", /・(?=\d)|(?<=[\d㎡²A-Za-z%％円人日月年歳回本分時])・/, "，")]),
    rule("step of a menu", ">›", /(?<=[\p{L}\d\]」』）)"”]\s?)[>›]\s?(?=[\p{L}「『“"[])/u, (match) =>
      /(?:[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|[A-Za-z]{2})[\]」』）)"”]?\s?$/u.test(
        beforeOf(match.input, match.index),
      )
        ? "，"
        : undefined,
    ),
    rule(
      "time that is added",
      digitStarts,
      /(?<![\d.,])(\d{2,3})\+(\d{1,2})(?=\s?[分분])/,
      ([, regular = "", added = ""]) => [tongue.cardinal(regular), signs["+"], tongue.cardinal(added)].join(join),
    ),
    rule("points of a tie-break", "(", /(?<=\d-\d{1,2})\((?=\d{1,2}\))/, () => "，"),
    rule("number to dial with its hash", "#", /#(\d{3,5})(?![\d])/, (match) =>
      tongue.dialCues.test(afterOf(match.input, match.index + match[0].length)) ||
      tongue.dialCues.test(beforeOf(match.input, match.index).slice(-8))
        ? `${tongue.hash}${join}${tongue.spell(match[1] ?? "")}`
        : undefined,
    ),
    rule("aperture", "fF", /(?<![A-Za-z\d])[fF]\/(?=\d)/, ([text]) => text.charAt(0)),
    rule("slash between words", "/", /(?<=\p{L}\s?)\/\s?(?=\p{L})/u, (match) =>
      /[A-Za-z]\s?$/.test(beforeOf(match.input, match.index)) ? undefined : "，",
    ),
    rule(
      "unit after a large number",
      [...new Set([...tongue.units.keys()].map((unit) => unit.charAt(0)))].join(""),
      new RegExp(`(?<=(?:\\d[万億兆千만억조천]|π)\\s?)(?:${units})`, "u"),
      ([unit]) => tongue.units.get(unit),
    ),
    rule(
      "short word before a number",
      [...beside.numbered.keys()].map((word) => word.charAt(0) + word.charAt(0).toUpperCase()).join(""),
      new RegExp(
        `(?<![A-Za-z])(${[...beside.numbered.keys()].join("|")})(?:(?<=lv)\\.?|\\.)\\s?(\\d+)(?![\\d]|[.,]\\d)`,
        "i",
      ),
      ([, word = "", digits = ""]) => `${beside.numbered.get(word.toLowerCase())}${join}${tongue.cardinal(digits)}`,
    ),
    rule(
      "page",
      "pP",
      /(?<![A-Za-z])[Pp]{1,2}\.\s?(\d+)(?:\s?[-–~～]\s?(\d+))?(?![\d]|[.,]\d)/,
      ([, from = "", to]) =>
        `${to === undefined ? tongue.cardinal(from) : tongue.range(tongue.cardinal(from), tongue.cardinal(to))}${join}${beside.page}`,
    ),
    rule(
      "bound of an unknown",
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
      /(?<![A-Za-z\d²³=+×÷*/^)-]\s?)([A-Za-z])\s?([≥≤<>])\s?([-−]?)(\d+)(?:\.(\d+))?(?![\d.,A-Za-z]|\s?[-+×÷=<>²^])/,
      ([, unknown = "", sign = "", minus = "", whole = "", part]) =>
        beside.bound(
          tongue.formula.letter(unknown),
          `${minus === "" ? "" : `${signs["-"]}${join}`}${part === undefined ? tongue.cardinal(whole) : tongue.decimal(whole, part)}`,
          beside.bounds[sign] ?? "",
        ),
    ),
  ];
}
