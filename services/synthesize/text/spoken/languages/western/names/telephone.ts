import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { spell } from "../figure.ts";
import type { Tongue } from "../tongue.ts";
import type { GroupPlace } from "./words.ts";

const split = (written: string): string[] => written.split(/[^\d]+/).filter((part) => part !== "");

/**
 * Says groups of digits digit by digit, with a pause between groups unless each group is a single digit. In a
 * language that reads pairs, a group of two digits is said as one number.
 */
export function sayGroups(written: string, tongue: Tongue): string {
  const parts = split(written);
  const pairs = tongue.readsPairs === true && parts.length > 2 && parts.slice(1).every((part) => part.length === 2);
  return parts
    .map((part) => (pairs && /^[1-9]\d$/.test(part) ? tongue.cardinal(part) : spell(part, tongue)))
    .join(parts.every((part) => part.length === 1) ? " " : ", ");
}

/** Says a telephone number, group by group, in the way that is usual in the language. */
export function sayTelephone(written: string, tongue: Tongue): string {
  const { telephoneGroup } = tongue;
  if (telephoneGroup === undefined) return sayGroups(written, tongue);
  const parts = split(written);
  const place = (index: number): GroupPlace => {
    if (written.startsWith("+") && index < 2) return index === 0 ? "country" : "area";
    if (index > 0) return "rest";
    return written.startsWith("(") ? "area" : parts.length === 1 ? "only" : "first";
  };
  return parts.map((part, index) => telephoneGroup(part, place(index)) ?? spell(part, tongue)).join(", ");
}

/** Rules for telephone numbers that are recognized by their format alone. */
export function telephoneRules(tongue: Tongue): readonly Rule[] {
  return [
    rule(
      "telephone number abroad",
      "+",
      /\+\d{1,3}(?:[\s.-]?\(?\d+\)?){2,}/,
      ([text]) => `${tongue.signs["+"]} ${sayTelephone(text, tongue)}`,
    ),
    rule(
      "grouped telephone number",
      digitStarts,
      /(?<![\d.,])(?!\d\d([./-])\d\d(?:\1\d{4})?(?!\d|[\s./-]\d)|0\d([./])(?:0[1-9]|1[0-2])\2\d\d(?!\d|[\s./-]\d)|\d\d\/\d{4}(?!\d))(?:0\d{0,4}(?:[\s./-]\d{2,}){1,5}|\d{3}-\d{3,4}-\d{4}|\d{2}(?:\s\d{2}){3,5}|[89]00(?:\s\d{2,3}){2,3})(?![\d]|[.,:]\d)/,
      ([text]) => (text.replace(/\D/g, "").length < 6 ? undefined : sayTelephone(text, tongue)),
    ),
    rule("telephone number with its area code", "(", /\(0?\d{2,4}\)\s?\d{3,5}(?:[\s.-]\d{2,4}){1,3}(?!\d)/, ([text]) =>
      sayTelephone(text, tongue),
    ),
  ];
}
