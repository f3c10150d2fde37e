import { unitOf } from "../../amounts/units/grammar.ts";
import { after, before, digitStarts, type Place, type Rule, rule } from "../../rule.ts";
import { cardinal, number, plural, year } from "../number.ts";

/** Matches a noun that the measure before it modifies: `a 9x13" pan`. */
const describesNoun =
  /^\s(?!(?:wide|tall|long|deep|thick|high|to|of|by|and|or|x|in|from|at|for|is|are|was|should|will|can|must|may|has|have|need|needs|apart|each|with|then|so|but|not|above|below|away|off|on|per|as|more|less|longer|shorter|deeper|taller|wider|before|after|between|across|square)\b)[A-Za-z]/;
const afterArticle = /\b(?:an?|the|this|that|your|my|each|every|another)\s$/i;
const lengthAfter = /^\s?(?:mm|cm|m|km|ft|in|yd|px|pixels?|inch(?:es)?|feet|met(?:er|re)s?)(?![A-Za-z])/;

/** Whether numbers joined by × are dimensions and not a product: 30×20×15 cm, 2560×1440. */
const isSize = (written: string, last: string, third: string | undefined, following: string, place: Place): boolean =>
  (/^\d{3,4}\s?×\s?\d{3,4}$/.test(written) && !/^\s?[=?+−-]|^\s(?:is|equals?|gives?)\b/.test(following)) ||
  (!/^(?:\s?[+−÷/^*(⁰¹²³-⁹√]|\s-|\s(?:is|are|equals?|gives?|makes|was)\b)/.test(following) &&
    !/(?:[=+−÷/^(√≈]|\s-|\b(?:[Cc]ompute|[Cc]alculate|[Mm]ultiply|equals?|product|answer|sum|[Ww]hat(?:['’]s| is)))\s?$/.test(
      before(place, 16),
    ) &&
    (third !== undefined ||
      lengthAfter.test(following) ||
      (/^\d+×\d+s?$/.test(written) && last !== "10" && (written.endsWith("s") || describesNoun.test(following)))));

/** Rules for feet, inches, dimensions, and units that do not come directly after their number. */
export const measureRules: readonly Rule[] = [
  rule(
    "feet and inches",
    digitStarts,
    /(?<![\d.])(\d{1,2})['′’](\d{1,2})(?:["″”]|'')/,
    ([, feet = "", inches = ""]) =>
      `${cardinal(feet)} ${feet === "1" ? "foot" : "feet"} ${cardinal(inches)} ${inches === "1" ? "inch" : "inches"}`,
  ),
  rule(
    "feet and inches without an inch mark",
    digitStarts,
    /(?<![\d.])([3-7])['’](\d|1[01])(?!["″”'’\d]|\s?[x×])/,
    ([, feet = "", inches = ""]) => `${cardinal(feet)} foot ${cardinal(inches)}`,
  ),
  rule(
    "feet",
    digitStarts,
    /(?<![\d.])(\d+)(?:′|['’](?=\s?(?:[x×]|by)\s?\d|\s(?:tall|long|wide|deep|high|ceilings?)\b)|(?<=['′’]\s?(?:[x×]|by)\s?\d+)['’])/,
    ([, n = ""]) => `${cardinal(n)} ${n === "1" ? "foot" : "feet"}`,
  ),
  rule("inches at the end of a text", digitStarts, /(?<![\d.])(\d+(?:\.\d+)?)"(?=[.,]?\s*$)/, ([, n = ""], place) =>
    place.text.slice(0, place.index).replace(/\d"/g, "").split('"').length % 2 === 1
      ? `${number(n)} ${n === "1" ? "inch" : "inches"}`
      : undefined,
  ),
  rule(
    "inches of a range",
    digitStarts,
    /(?<![\d.])(\d+(?:\.\d+)?)["″]?\s?[-–]\s?(\d+(?:\.\d+)?)(?:"(?!\w)|″)/,
    (match, place) =>
      place.text.slice(0, place.index).replace(/\d"/g, "").split('"').length % 2 === 1
        ? `${number(match[1] ?? "")} to ${number(match[2] ?? "")} ${/^\s(?:chest|waist|inseam|neck|pipe|screen|board|pot|pan|rod|TV)/.test(after(match)) ? "inch" : "inches"}`
        : undefined,
  ),
  rule(
    "dimensions with a hyphenated unit",
    digitStarts,
    /(?<![\d.])(\d+)\s?[x×]\s?(\d+)-(in|inch|ft|foot|cm|mm|m)(?:\.(?=\s[a-z]))?(?![A-Za-z])/,
    ([, a = "", b = "", written = ""]) => `${number(a)} by ${number(b)} ${unitOf(written)?.en[0] ?? written}`,
  ),
  rule(
    "unit after an ordinal",
    "mhysq",
    /(?<=\d(?:st|nd|rd|th)\s)(min|hr|yr|sec|qtr)(?![A-Za-z])(?:\.(?=\s?[a-z(,]|,))?/,
    ([, short = ""]) => (short === "qtr" ? "quarter" : unitOf(short)?.en[0]),
  ),
  rule(
    "range of clothing sizes",
    "-–",
    /(?<=(?<![A-Za-z])(?:X{0,3}S|M|X{0,3}L)\s?)[-–](?=\s?(?:X{0,3}S|M|X{0,4}L)(?![A-Za-z]))/,
    "to",
  ),
  rule("dash from one letter to another", "–", /(?<=(?<![A-Za-z–])[A-Z]\s?)–(?=\s?[A-Z](?![A-Za-z–]))/, "to"),
  rule("inches", digitStarts, /(?<![\d.])(\d+(?:\.\d+)?)(?:″|"(?=[\s,;:)]))/, (match, place) =>
    /"$/.test(match[0]) && place.text.slice(0, place.index).replace(/\d"/g, "").split('"').length % 2 === 0
      ? undefined
      : `${number(match[1] ?? "")} ${match[1] === "1" || /^\s(?!wide|tall|long|deep|thick|high|to|of|by|and|or|x|in|from|at|for|is|are|was|should|will|can|must|may|has|have|need|needs|apart)[A-Za-z]+\b/.test(after(match)) ? "inch" : "inches"}`,
  ),
  rule(
    "sizes",
    digitStarts,
    /(?<![\d.])(\d+(?:\.\d+)?)\s?([x×])\s?(\d+(?:\.\d+)?)(?:\s?\2\s?(\d+(?:\.\d+)?))?(?!\d|\.\d)(["″](?!\w)|s(?![A-Za-z]))?/,
    (match, place) => {
      const [whole, a = "", sign, b = "", c, mark] = match;
      const isSum = /^\s?=/.test(after(match)) || (sign === "×" && !isSize(whole, b, c, after(match, 16), place));
      if (isSum && sign === "×") return undefined;
      if (mark === "s") return `${number(a)} by ${plural(number(b))}`;
      const inches = mark === undefined ? "" : describesNoun.test(after(match, 16)) ? " inch" : " inches";
      return (
        [a, b, ...(c === undefined ? [] : [c])]
          .map((n) => (/^\d{4}$/.test(n) && !n.endsWith("000") ? year(n) : number(n)))
          .join(isSum ? " times " : " by ") + inches
      );
    },
  ),
  rule(
    "unit with a hyphen",
    digitStarts,
    /(?<![\d.])(\d+(?:\.\d+)?)-([A-Za-z]{1,4})(?![A-Za-z\d-])(?:\.(?=\s[A-Za-z]))?/,
    ([, n = "", written = ""]) => {
      const unit = written.length > 1 ? unitOf(written) : undefined;
      return unit === undefined ? undefined : `${number(n)} ${unit.en[0]}`;
    },
  ),
  rule(
    "unit after sizes",
    "mckfip",
    /(?<=\d\s?[x×]\s?\d+(?:\.\d+)?\s?)(?:mm|cm|m|km|ft|in(?!\s(?!frame|photo|print|pan|tile|rug|sheet|wide|deep|long)[a-z])|px)(?![A-Za-z])/,
    (match) => unitOf(match[0])?.en[/^\s(?:relay|race)/.test(after(match)) ? 0 : 1],
  ),
  rule(
    "inches in letters",
    digitStarts,
    /(?<![\d.])(\d+(?:\.\d+)?)\s?in(?:\.(?=\s|$)|(?=\s(?:wide|tall|long|deep|thick|high|by|x|in diameter)\b|\s?[=≈]))/,
    (match, place) => {
      const [, n = ""] = match;
      const single = n === "1" || (afterArticle.test(before(place, 12)) && describesNoun.test(after(match, 16)));
      return `${number(n)} ${single ? "inch" : "inches"}`;
    },
  ),
  rule(
    "amount with an abbreviated unit before a capital",
    digitStarts,
    /(?<=\b(?:[Aa]n?|[Tt]he|[Yy]our|[Mm]y|[Tt]his)\s)(\d+(?:\.\d+)?)\s?(ft|lb|oz|gal|qt|yd|min|hr|yr)\.(?=\s[A-Z])/,
    ([, n = "", short = ""]) => `${number(n)} ${unitOf(short)?.en[0] ?? short}`,
  ),
  rule(
    "inches after feet",
    digitStarts,
    /(?<=\b(?:ft|feet|foot)\.?\s)(\d{1,2})\s?in(?:ches|ch)?\b\.?/,
    ([, n = ""]) => `${cardinal(n)} ${n === "1" ? "inch" : "inches"}`,
  ),
  rule("inches after a fraction", '"″”', /(?<=(\d[\s-])?(?:\d\/\d{1,2}|[½¼¾⅓⅔⅛⅜⅝⅞]))["″]/, (match, place) =>
    match[0] === '"' &&
    place.text
      .slice(0, place.index)
      .replace(/[\d½¼¾⅛⅜⅝⅞]"/g, "")
      .split('"').length %
      2 ===
      0
      ? undefined
      : /^\s(?!(?:wide|tall|long|deep|thick|high|to|of|by|and|or|x|in|from|at|for|is|are|was|apart)\b)[A-Za-z]/.test(
            after(match),
          ) || match[1] === undefined
        ? "inch"
        : "inches",
  ),
  rule(
    "cups of a recipe",
    "c",
    /(?<=(?<![\d.,])(\d+[\s-])?(?:\d+(?:\/\d)?|[½¼¾⅓⅔⅛])\s?)c(?:\.(?=\s[a-z])|(?=\s(?:flour|sugar|brown|milk|water|butter|oil|rice|broth|stock|oats|cream|cheese|shredded|chopped|cooked|warm|diced|all-purpose|of)\b))/,
    (match, place) =>
      match[1] === undefined && /(?:(?<![\d/])1|\/\d|[½¼¾⅓⅔⅛])\s?$/.test(before(place, 4)) ? "cup" : "cups",
  ),
  rule(
    "unit after per, a or an",
    "kloghmfgy",
    /(?<=\b(?:per|an?)\s(?:(?:sq|cu)\.?\s)?)(kg|lb|oz|km|mi|hr|min|gal|ft|yd|mL|ml|sq ft)(?![A-Za-z])(?:\.(?=\s[a-z]|[,;)]))?/,
    ([, short = ""]) => unitOf(short)?.en[0],
  ),
  rule(
    "unit after a number with K, M or B",
    "kmlft",
    /(?<=\d[kKMB]\s)(?:km|mi|kg|lbs?|tons|ft|mph|sq ft)(?![A-Za-z])/,
    ([text]) => unitOf(text)?.en[1],
  ),
  rule(
    "unit after a fraction",
    "tolqgmifkchp",
    /(?<=[\d½¼¾⅓⅔⅛]\s?)(?<=(\d[\s-]|\d(?=[½¼¾⅓⅔⅛]))?(?:\d{1,2}\/\d{1,2}|[½¼¾⅓⅔⅛])\s?)(tsp|tbsp|oz|lbs?|qt|pt|gal|mi|in(?!\s[A-Z])|ft|km|kg|cm|mm|ml|mL|hrs?|min|cup)(?![A-Za-z])\.?(?!\s(?:the|a|an|my|our|your|his|her|their|this|that)\b)/,
    (match) => {
      const [, whole, written = ""] = match;
      const single = whole === undefined || (/^(?:in|ft)$/.test(written) && describesNoun.test(after(match, 16)));
      return unitOf(written)?.en[single ? 0 : 1];
    },
  ),
];
