import { after, before, digitStarts, type Rule, rule } from "../rule.ts";
import { cardinal, ordinal, plural } from "./number.ts";

const denominators: Record<string, readonly [string, string]> = {
  "2": ["half", "halves"],
  "4": ["quarter", "quarters"],
};

/** Fractions and ratings: three quarters, four out of five. */
export const fractionRules: readonly Rule[] = [
  rule("over", digitStarts, /(?<![\d./])(\d{2,3})\/(\d{2,3})(?![\d/.]\d|[\d/])/, ([, above = "", below = ""]) =>
    Number(above) > Number(below) ? `${cardinal(above)} over ${cardinal(below)}` : undefined,
  ),
  rule(
    "fraction",
    digitStarts,
    /(?<![\d./])(?:(\d+)\s)?(\d+)\/(\d+)(?:ths?|rds?|nds?)?(?![\d/.]\d|[\d/])/,
    (match, place) => {
      const [, whole, part = "", of = ""] = match;
      const formula = /^\s?[=+×÷*-]/.test(after(match)) || /[=+×÷*]\s?$/.test(before(place));
      const rated = whole === undefined && (part === of || /^\s(?:stars?|points?|rating|marks?)\b/.test(after(match)));
      if (rated && !formula) return `${cardinal(part)} out of ${cardinal(of)}`;
      if (Number(of) < 2 || (formula && Number(part) >= Number(of))) return undefined;
      if (Number(part) >= 100 || Number(of) > 1000) return undefined;
      const name = ordinal(of).replace(/^one (?=hundredth|thousandth)/, "");
      const [one, many] = denominators[of] ?? [name, plural(name)];
      if (whole === undefined && part === "1" && /\ba\s$/i.test(before(place, 3))) return one;
      const said = `${cardinal(part)} ${part === "1" ? one : many}`;
      return whole === undefined
        ? said
        : `${cardinal(whole)} and ${part === "1" ? `${/^[aeiou]/.test(one) ? "an" : "a"} ${one}` : said}`;
    },
  ),
];
