import { digitStarts, type Rule, rule } from "../../rule.ts";
import { anyOf, beforeOf } from "../patterns.ts";
import type { EasternTongue } from "./tongue.ts";

/** Rules of figures and letters that label something, which come before those of amounts and formulas. */
export function labelRules(tongue: EasternTongue): readonly Rule[] {
  const { join, labels, address } = tongue;
  const days = `[${labels.weekdays}]`;
  const particle = labels.particle.source;
  // A letter by itself in brackets numbers an answer: (A), (B).
  const units = anyOf(
    [...tongue.units.keys()].filter((unit) => !/^[A-Zths]$/.test(unit)),
    "A-Za-z",
  );
  const borrowed = [...labels.borrowed.keys()].sort((a, b) => b.length - a.length);
  const escaped = borrowed.map((written) => written.replaceAll("+", "\\+"));
  return [
    rule(
      "figure borrowed from English",
      digitStarts,
      new RegExp(`(?<![\\d.,A-Za-z+-])(?:${escaped.join("|")})(?![A-Za-z\\d+]|\\s?=)`),
      ([text]) => labels.borrowed.get(text),
    ),
    rule(
      "day of the week in brackets",
      "(（",
      new RegExp(
        `(?<=(?:[\\d日일]|休[日み]?は|휴무[는일은]{1,2})\\s?)[(（](${days})(?:\\s?([・·,、~～〜-])\\s?(${days}))?[)）]`,
      ),
      ([, first = "", mark = "", second]) => {
        const name = labels.weekday(first);
        if (second === undefined) return join === "" ? `、${name}` : ` ${name}`;
        const other = labels.weekday(second);
        const both = /[~～〜-]/.test(mark) ? tongue.range(name, other) : `${name}${join === "" ? "、" : ", "}${other}`;
        return join === "" ? `、${both}` : ` ${both}`;
      },
    ),
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
      () => join,
    ),
    rule(
      "unit in brackets",
      [...new Set([...tongue.units.keys()].map((unit) => unit.charAt(0)))].join(""),
      new RegExp(`(?<=[(（])(?:${units})(?=[)）])`, "u"),
      ([unit]) => tongue.units.get(unit),
    ),
    rule(
      "option of a command",
      "-",
      /(?<=(?:[A-Za-z]{2}|(?<![A-Za-z])-[A-Za-z])\s)--?[A-Za-z][A-Za-z\d-]*/,
      ([text]) => {
        const dashes = /^-+/.exec(text)?.[0] ?? "";
        return `${Array.from(dashes, () => address.hyphen).join(join)}${join}${text.slice(dashes.length).replaceAll("-", `${join}${address.hyphen}${join}`)}`;
      },
    ),
    rule(
      "version after its letter",
      "vV",
      /(?<![A-Za-z\d])(?:v|[vV]er\.?\s?)(\d+(?:\.\d+)*)(?![\d])/,
      ([, digits = ""]) =>
        [labels.version, digits.split(".").map(tongue.cardinal).join(`${join}${tongue.signs["."]}${join}`)].join(join),
    ),
    rule("number after No.", "N", /(?<![A-Za-z])No\.\s?(\d+)(?![\d]|[.,]\d)/, ([, digits = ""]) =>
      digits === "1" ? labels.first : `${labels.numbered}${join}${tongue.cardinal(digits)}`,
    ),
    rule("day that names an event", digitStarts, /(?<![\d.,·・])(\d{1,2})[·・](\d{1,2})(?![\d.,·・])/, (match) => {
      const [text, month = "", day = ""] = match;
      const after = match.input.slice(match.index + text.length);
      if (!labels.events.test(after)) return undefined;
      return `${tongue.cardinal(month)}${/^1[02]$/.test(day) ? tongue.cardinal(day) : tongue.spell(day)}`;
    }),
    rule("seat or door", digitStarts, /(?<![\d.,])(\d{1,3})([A-Z])(?![A-Za-z\d])/, (match) => {
      const [text, digits = "", letter = ""] = match;
      return labels.places.test(match.input.slice(match.index + text.length))
        ? `${tongue.cardinal(digits)}${join}${letter}`
        : undefined;
    }),
    rule(
      "letters side by side with hyphens",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      /(?<![A-Za-z\d-])([A-Z](?:-[A-Z]){2,})(?![A-Za-z\d-])(?:(\s?[=＝]\s?)(?=\d+(?:-\d+){2})|(?!\s?[=＝+×÷]))/,
      ([, letters = "", sign]) => (sign === undefined ? letters : tongue.formula.equals(letters, "", true) + join),
    ),
    rule("hyphen of a name", "-‑", /(?<=(?<![A-Za-z])[A-Za-z]{1,8})[-‑](?=\d)/, (match) =>
      /[=×÷+]/.test(beforeOf(match.input, match.index)) ? undefined : join,
    ),
  ];
}
