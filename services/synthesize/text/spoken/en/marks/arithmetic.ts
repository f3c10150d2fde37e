import { unitAfterPower } from "../../amounts/quantity.ts";
import { unitStarts } from "../../amounts/units/table.ts";
import { before, type Rule, rule } from "../../rule.ts";
import { power } from "../signs.ts";

/** Matches what precedes a comparing "≈": a digit, letter or noun; `aboutBefore` matches words that make it "about". */
const comparesBefore = /[\dA-Za-z)π²³°%]\.?\s?$/;
const aboutBefore =
  /(?:['’][a-z]{1,2}|\b(?:is|are|was|were|be|been|of|to|at|in|for|with|by|from|and|or|but|than|on|per|over|under|only|just|has|have|had|costs?|weighs?|takes?|took|needs?|uses?|used|runs?|burns?|adds?|makes?|gets?|gives?|pays?|saves?|covers?|contains?|holds?|lasts?|reach(?:es)?|reached|earns?|means|total(?:s|ed|ing)?|averag(?:es?|ed|ing)|equals|measures|spends?|spent|lose|loses|lost|gains?|gained|drops?|grew|rose|fell|every|after|before|until|within|around|expect|drive|walk|drink|eat|charges?|sits|stands|comes))\s?$/;

/** Rules for arithmetic signs and other symbols whose spoken form depends on the text next to them. */
export const arithmeticRules: readonly Rule[] = [
  rule("plus signs in a name, such as C++", "+", /(?<=[A-Za-z])\+\+/, "plus plus"),
  rule("about", "~～≈", /(?<![\d\w])[~～≈](?=\s?[\d$€£¥])/, ([sign], place) =>
    sign === "≈" && comparesBefore.test(before(place, 16)) && !aboutBefore.test(before(place, 16))
      ? undefined
      : "about",
  ),
  rule("both", "&", /&{2}/, "and"),
  rule("times", "*x×X", /(?<=[\d)]\s?)(?<!(?:\d-\d{1,2}\/\d{1,2}|#\d{1,2})\s?)[*xX×](?=\s?[\d(])/, "times"),
  rule(
    "by",
    "xX*×",
    /(?<=(?:#|\d-\d{1,2}\/)\d{1,2}\s?|\d\s?(?:['′’"″”]|in\.|ft\.|mm|cm|m|km|px|in|ft|inches|feet)\s?)[*xX×](?=\s?\d)/,
    "by",
  ),
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
