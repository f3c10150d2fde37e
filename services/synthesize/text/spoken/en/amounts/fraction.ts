import { parseUnit, unitOf } from "../../amounts/units/grammar.ts";
import { after, before, digitStarts, type Place, type Reading, type Rule, rule } from "../../rule.ts";
import { cardinal, ordinal, plural } from "../number.ts";

const denominators: Record<string, readonly [string, string]> = {
  "2": ["half", "halves"],
  "4": ["quarter", "quarters"],
};

/**
 * How two numbers with a slash between them are spoken if they are not a fraction, but visual acuity ("20/20"), a blood
 * pressure with its unit ("120/80 mmHg"), or a split of a hundred ("60/40"); otherwise undefined.
 */
function readOver({ text, index }: Place): Reading | undefined {
  const match = /^(\d{2,3})\/(\d{2,3})(?![\d/.]\d|[\d/])/.exec(text.slice(index, index + 9));
  if (match === null || /[\d./]/.test(text[index - 1] ?? "")) return undefined;
  const [whole, above = "", below = ""] = match;
  if (above === "20" && /^(?:1[05]|[2-8]0|25|100|200|400)$/.test(below))
    return { spoken: `twenty ${cardinal(below)}`, end: index + whole.length };
  if (Number(above) <= Number(below)) return undefined;
  const end = index + whole.length;
  if (Number(above) + Number(below) === 100) return { spoken: `${cardinal(above)} ${cardinal(below)}`, end };
  const unit = text[end] === " " ? parseUnit(text, end + 1) : undefined;
  const said = `${cardinal(above)} over ${cardinal(below)}`;
  return unit === undefined || unit.unit.letter
    ? { spoken: said, end }
    : { spoken: `${said} ${unit.unit.en[1]}`, end: unit.end };
}

/** Whether two numbers are a rating or a count out of a total: "4/5 stars", "8/10 people", "scored 45/50". */
const isRated = (part: string, of: string, following: string, preceding: string): boolean =>
  part === of ||
  /^\s(?:stars?|points?|ratings?|marks?|correct|right|questions|answers|on)\b/.test(following) ||
  (/^(?:10|100)$/.test(of) && !/^\s?(?:of|inch|mile|"|″|cup)/.test(following) && !/\d\s$/.test(preceding)) ||
  (!/^\s(?:of|cup|inch|mile)/.test(following) &&
    /\b(?:rat(?:ed?|es|ing)|scor(?:ed?|es|ing)|gave|give|got|grade|marks?|result)\b[^.;]*$/i.test(preceding) &&
    Number(of) >= 5 &&
    Number(of) !== 8 &&
    Number(of) !== 16);

/** Rules for fractions, said as in "three quarters", and for ratings, said as in "four out of five". */
export const fractionRules: readonly Rule[] = [
  rule(
    "made of attempts",
    digitStarts,
    /(?<![\d./])(\d{1,2})\/(\d{1,2})(?:(?<=\b(?:went|completed|QB)\s[\d/]+)(?![\d/])|(?=,?\s(?:for\s)?\d{2,3}\s(?:yds|yards)\b|\s(?:FGs?|3PT|FTs?|passing|from (?:the|deep|three))\b))/,
    ([, made = "", all = ""]) => `${cardinal(made)} of ${cardinal(all)}`,
  ),
  rule(
    "two values with the same unit",
    digitStarts,
    /(?<![\d./])(\d{2,4}|[2-9])\/(\d{1,4})\s?(mpg|MPG|[kMG]bps|[kMG]bit\/s|[GTM]B|MP|[kMG]?Hz|V|W|kWh|mAh|rpm|dpi|fps)(?![A-Za-z])/,
    ([, one = "", other = "", written = ""]) =>
      `${cardinal(one)}${Number(one) > Number(other) ? " over" : ""} ${cardinal(other)} ${unitOf(written)?.en[1] ?? written}`,
  ),
  { name: "number over a smaller number, as in blood pressure", starts: digitStarts, read: readOver },
  rule(
    "fraction",
    digitStarts,
    /(?<![\d./])(?:(\d+)(?:\s|-(?=1\/[2-8](?!\d)|[23]\/[348](?!\d)|[57]\/8(?!\d)|\d{1,2}\/(?:16|32|64)(?!\d))))?(\d+)\/(\d+)(?:ths?|rds?|nds?)?(?![\d/.]\d|[\d/])/,
    (match, place) => {
      const [, whole, part = "", of = ""] = match;
      const formula = /^\s?(?:[=+×÷*]|-(?![a-z]{2}))/.test(after(match)) || /[=+×÷*]\s?$/.test(before(place));
      // In a formula the hyphen is a minus and does not form a mixed number: 5-1/2 = 4.5.
      if (formula && match[0].includes("-")) return undefined;
      const rated = whole === undefined && isRated(part, of, after(match, 16), before(place, 40));
      if (rated && !formula) return `${cardinal(part)} out of ${cardinal(of)}`;
      if (Number(of) < 2 || (formula && Number(part) >= Number(of))) return undefined;
      if (Number(part) >= 100 || Number(of) > 1000) return undefined;
      const name = ordinal(of).replace(/^one (?=hundredth|thousandth)/, "");
      const [one, many] = denominators[of] ?? [name, plural(name)];
      if (whole === undefined && part === "1" && /\ba\s$/i.test(before(place, 3)) && !/^[aeiou]/.test(one)) return one;
      const said = `${cardinal(part)} ${part === "1" ? one : many}`;
      return whole === undefined
        ? said
        : `${cardinal(whole)} and ${part === "1" ? `${/^[aeiou]/.test(one) ? "an" : "a"} ${one}` : said}`;
    },
  ),
];
