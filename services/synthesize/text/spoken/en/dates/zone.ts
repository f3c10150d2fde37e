import { type Rule, rule } from "../../rule.ts";
import { cardinal } from "../number.ts";

/**
 * Time zones as offsets: "UTC minus five", "GMT plus five thirty". The sign is always spoken, since it is never the
 * hyphen of a name.
 */
export const zoneRules: readonly Rule[] = [
  rule(
    "distance of a time zone",
    "UG",
    /(?<![A-Za-z\d])(UTC|GMT)\s?([-−–+±])\s?(\d{1,2})(?::(\d\d))?(?!\d|[.:]\d)/,
    ([, name = "", sign = "", hours = "", minutes = "00"]) =>
      `${name} ${sign === "+" ? "plus" : sign === "±" ? "plus or minus" : "minus"} ${cardinal(String(Number(hours)))}${minutes === "00" ? "" : ` ${cardinal(minutes)}`}`,
  ),
];
