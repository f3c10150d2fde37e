import { parseUnit } from "../../amounts/units/grammar.ts";
import { after, before, capitalStarts, digitStarts, type Rule, rule } from "../../rule.ts";
import { inName } from "../name.ts";
import { cardinal, number, plural, year } from "../number.ts";

/** How the digits of a plural model number are read: "seven forty-seven" for "747s", "ten ninety-nine" for "1099s". */
const inPlural = (digits: string): string =>
  digits.length === 3 && !/0\d$|00$/.test(digits)
    ? `${cardinal(digits[0] ?? "")} ${cardinal(digits.slice(1))}`
    : inName(digits);

/** Words about music, near which a letter with an m is a chord, such as "Am". */
const music =
  /\b(?:[Cc]hords?|capo|guitar|key|frets?|strum|progression|ukulele|piano|[Ss]ong|riff|bass|verse|chorus)\b|\b[Pp]lay(?:s|ing)?\s(?:[A-G]\S{0,4},?\s)*$/;

const small: Readonly<Record<string, string>> = {
  i: "one",
  ii: "two",
  iii: "three",
  iv: "four",
  v: "five",
  vi: "six",
  vii: "seven",
  viii: "eight",
  ix: "nine",
  x: "ten",
};

/** Rules for special names of letters and digits: models in the plural, chords, apertures, sections of a law. */
export const modelRules: readonly Rule[] = [
  rule(
    "plural of a model or form number",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:[A-Z]{1,3}-?|Boeing\s|Airbus\s|[Ff]orm\s))(\d{1,4})s(?![A-Za-z\d])|(?<![\d.,$-])(10(?:40|95|98|99)|7[0-8]7)s(?![A-Za-z\d])/,
    ([, n, form]) => plural(n === undefined && form?.length === 4 ? year(form) : inPlural(n ?? form ?? "")),
  ),
  rule("number of a tax form", "1", /(?<![\d.,$-])10(?:40|95|98|99)(?![\d%-]|[.,]\d)/, (match, place) =>
    /(?<![A-Za-z])(?:[Tt]ax(?:es)?|IRS|AGI|[Ff]ile[ds]?|[Ll]ine|[Rr]eturn)(?![A-Za-z])/.test(
      before(place, 32) + after(match, 24),
    ) &&
    /(?<![A-Za-z])(?:[Tt]he|[Aa]|[Yy]our|[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|IRS|[Ff]iled?)\s$/.test(before(place, 8))
      ? year(match[0])
      : undefined,
  ),
  rule(
    "chord of a letter",
    capitalStarts,
    /(?<![A-Za-z\d#♯♭])([A-G])([#♯b♭]?)(m|maj|dim|aug|sus)(\d{1,2})?(?![A-Za-z\d'’])/,
    (match, place) => {
      const [, letter = "", sign = "", kind = "", n] = match;
      if (
        sign === "" &&
        kind === "m" &&
        n === undefined &&
        !(music.test(before(place, 60)) || music.test(after(match, 40)))
      )
        return undefined;
      const name = { m: "minor", maj: "major", dim: "diminished", aug: "augmented", sus: "suspended" }[kind];
      const half = sign === "" ? "" : /[#♯]/.test(sign) ? " sharp" : " flat";
      return `${letter}${half} ${name}${n === undefined ? "" : ` ${cardinal(n)}`}`;
    },
  ),
  rule("aperture of a lens", "fƒF", /(?<![A-Za-z\d])[fFƒ]\/(\d+(?:\.\d+)?)(?![\d/]|\.\d)/, (match, place) =>
    match[1]?.includes(".") ||
    /\b(?:aperture|lens|camera|ISO|shoot|shutter|f-stop|mm)\b/i.test(before(place, 40) + after(match, 32))
      ? `f ${number(match[1] ?? "")}`
      : undefined,
  ),
  {
    name: "number in scientific notation",
    starts: digitStarts,
    read({ text, index }) {
      if (/[\w.#]/.test(text[index - 1] ?? "")) return undefined;
      const match = /^(\d+(?:\.\d+)?)(?:e([+-]?)(\d{1,3})|E([+-])(\d{1,3}))(?![\w.]\w|\w)/.exec(
        text.slice(index, index + 24),
      );
      if (match === null) return undefined;
      const [whole, n = "", sign, exponent, capitalSign, capitalExponent] = match;
      const end = index + whole.length;
      const unit = text[end] === " " ? parseUnit(text, end + 1) : undefined;
      const minus = (sign ?? capitalSign) === "-" ? "minus " : "";
      const said = `${number(n)} times ten to the power of ${minus}${cardinal(exponent ?? capitalExponent ?? "")}`;
      return unit === undefined ? { spoken: said, end } : { spoken: `${said} ${unit.unit.en[1]}`, end: unit.end };
    },
  },
  rule(
    "class of HTTP status codes",
    "12345",
    /(?<![\w.,])([1-5])(?:xx|XX)(?![A-Za-z\d])/,
    ([, n = ""]) => `${cardinal(n)} x x`,
  ),
  rule(
    "lower-case Roman numeral of a paragraph",
    "(",
    /(?<=(?:\d|\))\([a-zA-Z\d]{1,2}\)|§\s?\d+|\b(?:[Ss]ection|[Ss]ec\.|[Cc]lause|[Aa]rticle|[Aa]rt\.|[Pp]aragraph|[Rr]ule)\s\d{1,4})\((i{1,3}|iv|v|vi{1,3}|ix|x)\)/,
    ([, n = ""]) => ` ${small[n]}`,
  ),
  rule(
    "multiplication sign before a number, as in x3",
    "xX×",
    /(?<![A-Za-z\d=+*/^()-]|\d\s)[xX×](\d{1,3}(?:\.\d+)?)(?=\s[a-z]{2}|[.,;)!]|\s?$)/,
    (match, place) =>
      /[=²³^]|\by\d?\b|\b(?:points?|slope|line|coordinates?|variables?|axis|formula|function|solve)\b/.test(
        before(place, 40) + after(match, 24),
      )
        ? undefined
        : `times ${number(match[1] ?? "")}`,
  ),
];
