import { type Rule, rule } from "../../rule.ts";

/** Hashes that the markup has left: those of notes and of what is to be sent. Stars and keys of a telephone are marks of their own. */
export const keyRules: readonly Rule[] = [
  rule("sharp", "#", /(?<=(?<![A-Za-z])[A-G])#(?!\d)/, " sharp"),
  rule("hash between letters and words", "#", /(?<=[A-Za-z\d])#(?=[一-鿿A-Za-z])/, "井号"),
  rule("hash before a number", "#", /(?<![\d#])#(?=\d)/, ""),
];
