import { unitOf } from "../amounts/units/grammar.ts";
import { after, before, type Rule, rule } from "../rule.ts";
import { power } from "./signs.ts";

/** Measures after a slash: $5/lb. */
const shortNames: Record<string, string> = {
  kg: "kilogram",
  lb: "pound",
  h: "hour",
  hr: "hour",
  mo: "month",
  yr: "year",
  min: "minute",
  sec: "second",
  s: "second",
  GB: "gigabyte",
  kWh: "kilowatt hour",
};

const operand = String.raw`[\dA-Za-zπ²³)\]√∠]`;
const inFormula = /[=≠≈<>≤≥≡]|\d\s?[+×÷*]\s?\d/;

/** Signs of arithmetic and everything else that is neither letter, digit nor punctuation, where what stands beside it decides. */
export const symbolRules: readonly Rule[] = [
  rule("plus signs of names", "+", /(?<=[A-Za-z])\+\+/, "plus plus"),
  rule("about", "~～≈", /(?<![\d\w])[~～≈](?=\s?[\d$€£¥])/, ([sign], place) =>
    sign === "≈" && /(?:(?:^|[^A-Za-z])[A-Za-z]|[\d)π²³°])\s?$/.test(before(place)) ? undefined : "about",
  ),
  rule("to", "-–—−~～", /(?<=[\d%°CFMmsk]\s?)[-–—~～]\s?(?=[\d$€£¥])/, (match, place) => {
    if (/[A-Za-z]/.test(before(place, 1)) && !/(?:\d\s?(?:[AaPp]\.?[Mm]|[A-Za-z]{1,3})\.?)$/.test(before(place, 8)))
      return undefined;
    const near = place.text.slice(Math.max(0, place.index - 24), place.index + 24);
    if (inFormula.test(near) && /[-–]/.test(match[0]) && /[\d)]$/.test(before(place, 3).trim())) return undefined;
    if (/^\s?—|\s—\s/.test(match[0])) return undefined;
    return /\s-\s?$/.test(before(place, 1) + match[0]) ? undefined : "to";
  }),
  rule("minus sign", "−", /−/, (match, place) =>
    new RegExp(`${operand}\\s?$`).test(before(place, 3)) || /^\s?[\dA-Za-z(]/.test(after(match)) ? "minus" : undefined,
  ),
  rule("minus", "-–", new RegExp(`(?<=${operand}\\s?)[-–](?=\\s?[(]?${operand})`), (_match, place) => {
    const near = place.text.slice(Math.max(0, place.index - 24), place.index + 24);
    return inFormula.test(near) &&
      !/[A-Za-z]{2}-[A-Za-z]|[A-Za-z]-[A-Za-z]{2}/.test(place.text.slice(Math.max(0, place.index - 2), place.index + 3))
      ? "minus"
      : undefined;
  }),
  rule("both", "&", /&{2}/, "and"),
  rule("negative fraction", "-−", /(?<![\dA-Za-z)°%]\s?)[-−](?=\d+\/\d+(?![\d/]))/, "minus"),
  rule("minus before a letter", "-", /(?<=[=(<>≤≥]\s?)-(?=[A-Za-z\d√(])/, "minus"),
  rule("times", "*x×X", /(?<=[\d)]\s?)[*xX×](?=\s?[\d(])/, "times"),
  rule("by", "xX*×", /(?<=\d\s?(?:['′’]|mm|cm|m|km|px|in|ft|inches|feet)\s?)[*xX×](?=\s?\d)/, "by"),
  rule(
    "times between letters",
    "*",
    /(?<=[A-Za-z\d)]\s)\*(?=\s[A-Za-z\d(])|(?<=[=+]\s?[A-Za-z\d])\*(?=[A-Za-z\d])/,
    "times",
  ),
  rule(
    "unit after a power",
    "mkcgKLhsMGJWNV",
    /(?<=10(?:\^[-−]?\d+|[⁻⁰¹²³⁴-⁹]+)\s?)[A-Za-z]+(?:[²³]|\/[a-z]+[²³]?)?(?![A-Za-z\d])/,
    ([written]) => unitOf(written)?.en[1],
  ),
  rule("not equal", "!", /!=/, "is not equal to"),
  rule("factorial", "!", /(?<=[\dn])!(?=\s?=)/, "factorial"),
  rule("at most", "<", /<=/, "is less than or equal to"),
  rule("at least", ">", />=/, "is greater than or equal to"),
  rule("arrow", "-=", /[-=]+>/, "to"),
  rule("arrow sign", "→➜⟶", /(?<=[^\s。！？.!?：:，,]\s?)[→➜⟶]/, "to"),
  rule("equals", "=", /={1,3}/, "equals"),
  rule("less", "<", /<(?=\s?[-−$\dA-Za-z(√π])/, "is less than"),
  rule("greater", ">", /(?<=[\dA-Za-z)²³]\s?)>(?=\s?[-−$\dA-Za-z(√π])/, "is greater than"),
  rule("greater than nothing", ">", /(?<![^\s,.:;(])>(?=\d)/, "greater than"),
  rule("plus or minus", "+", /\+\/-/, "plus or minus"),
  rule("plus", "+", /\+/, "plus"),
  rule("divided by", "/", /(?<=[\dA-Za-z)]\s?)\/(?=\s?[\dA-Za-z(])/, (_match, place) =>
    /\d\s$/.test(before(place, 2)) ||
    /^[^,;.]*=/.test(place.text.slice(place.index, place.index + 20)) ||
    /=[^,;]*$/.test(before(place, 16))
      ? "divided by"
      : undefined,
  ),
  rule(
    "short name after per",
    "klhmysG",
    /(?<=\d[\w,.%]*\s?\/\s?)(kg|lb|hr?|mo|yr|min|sec|s|GB|kWh)(?![A-Za-z])\.?/,
    ([, short = ""]) => shortNames[short],
  ),
  rule(
    "per",
    "/",
    /(?<=[\d$€£%a-z]\s?)\/(?=\s?(?:month|year|day|week|hour|hr|h|night|person|user|kg|lb|mo|yr|minute|min|second|sec|s|mile|gallon|unit|item|seat|piece|serving|liter|GB|kWh)(?![A-Za-z]))/,
    (_match, place) => (/\d[\d,.]*\s?[A-Za-z%]{0,9}\s?$/.test(before(place, 20)) ? "per" : undefined),
  ),
  rule("power", "^", /\^\s?(?:[{(]([-−]?[\dA-Za-z]+)[)}]|([-−]?(?:\d+|[A-Za-z]+)))/, ([, inside, bare]) =>
    power(inside ?? bare ?? ""),
  ),
  rule("key of a telephone", "#", /(?<=\b(?:[Pp]ress|[Dd]ial|[Hh]it|[Ee]nter|the)\s)#(?![\w#])/, "pound"),
  rule("sharp", "#", /(?<=(?:^|[^A-Za-z])[A-G])#/, " sharp"),
];
