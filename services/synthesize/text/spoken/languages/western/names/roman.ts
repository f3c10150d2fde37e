import { romanValue } from "../../../amounts/roman.ts";
import { letterStarts, type Rule, rule } from "../../../rule.ts";
import { afterOf, beforeOf } from "../../patterns.ts";
import type { Tongue } from "../tongue.ts";

/** Rules for Roman numerals of rulers, centuries, chapters and the like. */
export function romanRules({ roman }: Tongue): readonly Rule[] {
  if (roman === undefined) return [];
  const numeral = (text: string): string | undefined => {
    const value = romanValue(text);
    return value === undefined ? undefined : String(value);
  };
  const ending = roman.endings ?? "(?!)";
  return [
    rule(
      "Roman ordinal",
      "IVXLC",
      new RegExp(`(?<![\\p{L}\\d])([IVX][IVXL]*)(${ending})(?![\\p{L}\\d])`, "u"),
      (match) => {
        const value = numeral(match[1] ?? "");
        if (value === undefined) return undefined;
        const after = afterOf(match.input, match.index + match[0].length);
        const isFeminine = /(?:re|a|ª)$/.test(match[2] ?? "") || roman.feminine.test(after);
        return roman.say(value, "order", isFeminine);
      },
    ),
    rule(
      "Roman numeral",
      letterStarts,
      /(?<![\p{L}\d.'’])(?!L\s\d)[IVXLC]+(?![\p{L}\d'’]|[.-]\p{L}|\.\s?\d)/u,
      (match) => {
        const [text] = match;
        const value = numeral(text);
        if (value === undefined) return undefined;
        const before = beforeOf(match.input, match.index);
        const after = afterOf(match.input, match.index + text.length).replace(
          /^\s?(?:\p{Ll}{1,2}\s(?:(?:il|el|o|le)\s)?|[-–]\s?)[IVXLC]+(?=\s)/u,
          "",
        );
        if (roman.century.test(before)) return roman.say(value, "century", false);
        if (roman.rulers.test(before)) return roman.say(value, "ruler", roman.queens.test(before));
        if (/^[IVX]+$/.test(text) && roman.ordered.test(after))
          return roman.say(value, "order", roman.feminine.test(after));
        // Matches the first of two Roman numerals and what joins it to the second: "XV y" in "siglos XV y XVI".
        const list = /(?:^|\s)[IVXLC]+\s(?:\p{Ll}{1,3}\s|[-–]\s?)?$/u;
        const head = before.replace(list, " ").replace(/[IVXLC]+[-–]$/, "");
        if (head !== before && roman.century.test(head)) return roman.say(value, "century", false);
        if (roman.parts.test(before)) return roman.say(value, "part", false);
        const isListed =
          /^,\s(?:[IVX]+,\s)*[IVX]+\s(?:et|ou|y|o|e|ed)\s[IVX]+(?!\p{L})|^\s(?:et|ou|y|o|e|ed)\sI{2}/u.test(after) ||
          /(?<!\p{L})[IVX]+(?:,|\s(?:et|ou|y|o|e|ed))\s$/u.test(before);
        if (isListed) return roman.say(value, "part", false);
        // A single V is a number after the name of a series ("GTA V"); other single letters may be names.
        if (text === "V" && /(?<!\p{L})(?:\p{Lu}{2,}|\p{Lu}\p{Ll}+)\s$/u.test(before))
          return roman.say(value, "part", false);
        return text.length > 1 && /^[IVXL]+$/.test(text) && /\p{L}{3,}\s$/u.test(before)
          ? roman.say(value, "part", false)
          : undefined;
      },
    ),
  ];
}
