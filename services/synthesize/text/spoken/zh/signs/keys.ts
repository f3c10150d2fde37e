import { type Rule, rule } from "../../rule.ts";

/** Stars and hashes that the markup has left: those of queries, notes and what is to be sent. Keys of a telephone are marks of their own. */
export const keyRules: readonly Rule[] = [
  rule("all columns of a query", "*×", /(?<=(?:SELECT|select)\s)[*×]/, "星号"),
  rule("sharp", "#", /(?<=(?<![A-Za-z])[A-G])#(?!\d)/, " sharp"),
  rule("hash between letters and words", "#", /(?<=[A-Za-z\d])#(?=[一-鿿A-Za-z])/, "井号"),
  rule("hash before a number", "#", /(?<![\d#])#(?=\d)/, ""),
];
