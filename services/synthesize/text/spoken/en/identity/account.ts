import { capitalStarts, digitStarts, type Rule, rule } from "../../rule.ts";
import { digits } from "../number.ts";
import { spelled } from "./code.ts";

/** Rules for account and card numbers, whose digits are read in the groups in which they are written. */
export const accountRules: readonly Rule[] = [
  rule(
    "international bank account number",
    capitalStarts,
    /(?<![A-Za-z\d])[A-Z]{2}\d{2}(?:\s[A-Z\d]{4}){2,7}(?:\s[A-Z\d]{1,3})?(?![A-Za-z\d])/,
    ([text]) => text.split(" ").map(spelled).join(", "),
  ),
  rule(
    "last digits of a masked number",
    "xX",
    /(?<![A-Za-z\d])(?:[xX]{4}[-\s]){0,3}[xX]{2,4}[-\s]?(\d{2,4})(?![\w]|[.,]\d)/,
    ([, last = ""]) => digits(last),
  ),
  rule(
    "last four digits of a number, after an ellipsis",
    digitStarts,
    /(?<=(?:^|\s)(?:\.{3}|…))\d{4}(?!\d|[.,]\d|\s[a-z]+s\b)/,
    ([last]) => digits(last),
  ),
  rule(
    "card number in groups of digits",
    `${digitStarts}*•X`,
    /(?<![\w.,])(?:\d{4}|[*•]{4}|X{4})(?:[\s-](?:\d{4}|[*•]{4}|X{4})){2,3}(?:[\s-]\d{1,3})?(?![\w-]|[.,]\d)/,
    ([text]) =>
      /^[\d\s-]+$/.test(text)
        ? text
            .split(/[\s-]/)
            .map((part) => digits(part))
            .join(", ")
        : undefined,
  ),
];
