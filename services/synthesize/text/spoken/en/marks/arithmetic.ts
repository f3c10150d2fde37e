import { unitAfterPower } from "../../amounts/quantity.ts";
import { unitStarts } from "../../amounts/units/table.ts";
import { before, type Rule, rule } from "../../rule.ts";
import { power } from "../signs.ts";

/** Signs of arithmetic and everything else that is neither letter, digit nor punctuation, where what stands beside it decides. */
export const arithmeticRules: readonly Rule[] = [
  rule("plus signs of names", "+", /(?<=[A-Za-z])\+\+/, "plus plus"),
  rule("about", "~～≈", /(?<![\d\w])[~～≈](?=\s?[\d$€£¥])/, ([sign], place) =>
    sign === "≈" && /(?:(?:^|[^A-Za-z])[A-Za-z]|[\d)π²³°]|\d\s?[a-zA-Z]{1,3}\.?)\s?$/.test(before(place))
      ? undefined
      : "about",
  ),
  rule("both", "&", /&{2}/, "and"),
  rule("times", "*x×X", /(?<=[\d)]\s?)[*xX×](?=\s?[\d(])/, "times"),
  rule("by", "xX*×", /(?<=\d\s?(?:['′’"″”]|in\.|ft\.|mm|cm|m|km|px|in|ft|inches|feet)\s?)[*xX×](?=\s?\d)/, "by"),
  {
    name: "unit after a power of ten",
    starts: unitStarts,
    read({ text, index }) {
      const found = unitAfterPower(text, index);
      return found === undefined ? undefined : { spoken: found.unit.en[1], end: found.end };
    },
  },
  rule("not equal", "!", /!=/, "is not equal to"),
  rule("factorial", "!", /(?<=[\dn])!(?=\s?=)/, "factorial"),
  rule("arrow", "-=", /[-=]+>/, "to"),
  rule("arrow sign", "→➜⟶", /(?<=[^\s。！？.!?：:，,]\s?)[→➜⟶]/, "to"),
  rule("equals", "=", /={1,3}/, "equals"),
  rule("plus or minus", "+", /\+\/-/, "plus or minus"),
  rule("plus", "+", /\+/, "plus"),
  rule("power", "^", /\^\s?(?:[{(]([-−]?[\dA-Za-z]+)[)}]|([-−]?(?:\d+|[A-Za-z]+)))/, ([, inside, bare]) =>
    power(inside ?? bare ?? ""),
  ),
  rule("power in parentheses", "^", /\^(?=\()/, "to the power of"),
  rule("sharp", "#", /(?<=(?:^|[^A-Za-z])[A-G])#/, " sharp"),
];
