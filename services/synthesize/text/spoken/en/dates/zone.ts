import { type Rule, rule } from "../../rule.ts";
import { cardinal } from "../number.ts";

/**
 * Rules for time zones that are written as offsets: "UTC minus five", "GMT plus five thirty". The sign is always
 * spoken, since after UTC or GMT a hyphen is a minus and never part of a name.
 */
export const zoneRules: readonly Rule[] = [
  rule(
    "offset of a time zone",
    "UG",
    /(?<![A-Za-z\d])(UTC|GMT)\s?([-−–+±])\s?(\d{1,2})(?::(\d\d))?(?!\d|[.:]\d)/,
    ([, name = "", sign = "", hours = "", minutes = "00"]) =>
      `${name} ${sign === "+" ? "plus" : sign === "±" ? "plus or minus" : "minus"} ${cardinal(String(Number(hours)))}${minutes === "00" ? "" : ` ${cardinal(minutes)}`}`,
  ),
];
