import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, decade, number, ordinal, year } from "../number.ts";
import { dayRules } from "./day.ts";

const monthNames = "January February March April May June July August September October November December".split(" ");
const monthByShort = new Map(
  monthNames
    .flatMap((name) => [
      [name, name],
      [name.slice(0, 3), name],
    ])
    .concat([["Sept", "September"]]) as [string, string][],
);
const month = String.raw`(January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)`;
const fullMonth = (text: string): string => monthByShort.get(text.replace(".", "")) ?? text;
const isDay = (text: string): boolean => Number(text) >= 1 && Number(text) <= 31;
const monthStarts = "JFMASOND";

function figures(y: string, m: string, d: string): string | undefined {
  const name = monthNames[Number(m) - 1];
  if (name === undefined || !isDay(d)) return undefined;
  return `${name} ${ordinal(d)}, ${year(y.length === 2 ? `${Number(y) > 50 ? 19 : 20}${y}` : y)}`;
}

/** Matches words after which four digits are a year. */
const yearBefore =
  /(?:\b(?:[Ii]n|[Ff]or(?=\s$)|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]efore|[Aa]fter|[Aa]round|[Cc]irca|ca?\.|[bdr]\.|fl\.|[Ee]arly|[Ll]ate|[Mm]id|[Dd]uring|[Bb]etween|[Yy]ear|[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter|[Cc]lass of|back in|[Ss]tarting|[Ee]nding|[Ll]ast updated|[Cc]opyright|[Ee]st\.|born|died|founded in|[Oo]f|[Tt]he|[Tt]his|[Tt]hrough|[Tt]o|[Aa]nd|or|January|February|March|April|May|June|July|August|September|October|November|December|[QH][1-4]|et al\.?,?|AD|A\.D\.|[Yy]ear (?:is|was)|Olympics|Cup|Games|Expo|Summit|Championships?|Awards)|\d{4}\s?(?:to|and|or|[-–—,])|[(（©])[\s-]*$/;
const firm =
  /(?:\b(?:[Ss]ince|[Uu]ntil|[Ee]arly|[Ll]ate|[Mm]id|[Yy]ear|[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter|January|February|March|April|May|June|July|August|September|October|November|December|born|AD))[\s-]*$/;
/** Matches a noun that the number before it counts: "in 2000 cases". */
const countedNoun =
  /^\s(?!was|is|has|his|its|this|does|as|across|less|plus|versus|vs|us|thus|yes|years?ago|news|sales|elections?|results|earnings|Olympics|games|crisis|sometimes|always|perhaps)(?:[a-z]+(?:s|people|men|women|children|feet|percent|degrees)\b|of\s(?:them|the)|more\s[a-z]+s\b|million|billion|thousand|percent|dollars|other)/;
/** Matches a noun that a year can modify, but a measure cannot: "a 2020 study". */
const describedByYear =
  /^\s(?!(?:word|calorie|kilocalorie|meter|metre|mile|foot|page|square|watt|lumen|dollar|pound|euro|gallon|liter|piece|seat|room|step|point|person|man|cubic|ton|kilo\w*|degree|percent|year|day|hour|minute|character|token|pixel|psi|rpm|horsepower)\b)[A-Za-z][a-z]{2,}/;
const yearVerb =
  /^\s(?:was|is|has|had|will|saw|were|marked|brought|would|became|turned|began|ended|came|got|made|earned|grossed|won|stars|went|looks|also)\b/;

/** Dates, years, decades, quarters. */
export const dateRules: readonly Rule[] = [
  rule(
    "date in figures",
    digitStarts,
    /(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d]|\.\d|[-/]\d)(?:T(?=\d\d:))?/,
    ([text, y = "", , m = "", d = ""]) => {
      const said = figures(y, m, d);
      return said === undefined ? undefined : text.endsWith("T") ? `${said}, ` : said;
    },
  ),
  rule(
    "month, day, year in figures",
    digitStarts,
    /(?<![\d./])(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\d/])/,
    ([, m = "", d = "", y = ""]) => figures(y, m, d) ?? figures(y, d, m),
  ),
  ...dayRules,
  rule(
    "month, day, year in figures with dots",
    digitStarts,
    /(?<![\d.])(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?![\d.-])/,
    ([, m = "", , d = "", y = ""]) => figures(y, m, d) ?? figures(y, d, m),
  ),
  rule(
    "months of a range",
    monthStarts,
    new RegExp(`(?<![A-Za-z])${month}\\s?[-–—]\\s?${month}(?![a-z])(?:,?\\s(\\d{4})(?!\\d))?`),
    ([, from = "", to = "", y]) => `${fullMonth(from)} to ${fullMonth(to)}${y === undefined ? "" : ` ${year(y)}`}`,
  ),
  rule(
    "range of days across two months",
    "-–—",
    new RegExp(
      `(?<=[a-z]\\.?\\s\\d{1,2}(?:st|nd|rd|th)?\\s?)[-–—](?=\\s?${month}\\s\\d)|(?<=\\d\\s${month}\\s?)[-–—](?=\\s?\\d{1,2}\\s${month})`,
    ),
    "to",
  ),
  rule(
    "month and day",
    monthStarts,
    new RegExp(
      `(?<![A-Za-z])${month}\\s(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:.%]*\\d|%|\\s?(?:am|pm|AM|PM|a\\.m|p\\.m|o'clock|percent))(?:(\\s?[-–—]\\s?|\\s(?:to|through)\\s)(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:]))?(?:(,?\\s)(\\d{4})(?!\\d))?`,
    ),
    (match) => {
      const [, m = "", d = "", , to, gap, y] = match;
      if (!isDay(d) || (m === "May" && /^\s(?:people|of|more|percent)/.test(after(match)))) return undefined;
      return `${fullMonth(m)} ${ordinal(d)}${to === undefined ? "" : ` to ${ordinal(to)}`}${y === undefined ? "" : `${gap === undefined ? "" : ","} ${year(y)}`}`;
    },
  ),
  rule(
    "day and month",
    digitStarts,
    new RegExp(`(?<![\\d.:,])(\\d{1,2})(?:st|nd|rd|th)?(?:\\s(of))?\\s${month}(?![a-z])(?:(,?\\s)(\\d{4})(?!\\d))?`),
    (match, place) => {
      const [, d = "", , m = "", , y] = match;
      if (!isDay(d) || /[$€£]\s?$/.test(before(place, 2))) return undefined;
      const the = /\bthe\s$/i.test(before(place, 4)) ? "" : "the ";
      return `${the}${ordinal(d)} of ${fullMonth(m)}${y === undefined ? "" : `, ${year(y)}`}`;
    },
  ),
  rule(
    "month and year",
    monthStarts,
    new RegExp(`(?<![A-Za-z])${month}(,?)\\s((?:1\\d|20)\\d{2})(?![\\d,.]*\\d)`),
    ([, m = "", , y = ""]) => `${fullMonth(m)} ${year(y)}`,
  ),
  rule(
    "shortened month",
    monthStarts,
    /(?<![A-Za-z])(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.(?=[\s,;:)]|$)/,
    ([, m = ""]) => fullMonth(m),
  ),
  rule(
    "shortened month without a full stop",
    monthStarts,
    /(?<=(?:\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]ill|[Ll]ast|[Nn]ext|[Ee]arly|[Mm]id|[Ll]ate|[Ff]rom|[Tt]o|[Aa]nd|[Oo]r|[Oo]f|[Tt]hrough|[Tt]hru|[Ee]very|[Tt]his)[\s-]|\/))(Jan|Feb|Apr|Jul|Aug|Sept|Oct|Nov|Dec)(?![A-Za-z'’.]|\s[A-Z])/,
    ([, m = ""]) => fullMonth(m),
  ),
  rule(
    "decade",
    "0123456789'’",
    /(?<![\d,.$€£])(?:((?:1[0-9]|20)\d0)|['’]?([0-9]0))['’]?s(?![A-Za-z])/,
    (match, place) => {
      const [text, full, short] = match;
      if (full !== undefined) return decade(full);
      if (
        short === undefined ||
        (/^\d0s$/.test(text) &&
          !/^\s(?:music|rock|pop|kids?|fashion|style|movies?|shows?|hits|songs?|nostalgia|themed?|party)\b/.test(
            after(match),
          ) &&
          !/(?:the|early|late|mid|his|her|my|their|your|our|in)[\s-]$/i.test(before(place, 6)))
      )
        return undefined;
      return /^['’]?00/.test(text) ? "two thousands" : decade(short);
    },
  ),
  rule("year of two digits", "'’", /['’](\d{2})(?!\d|s|["′”])/, ([, y = ""], place) =>
    /[\d\w]$/.test(before(place, 1)) ? undefined : y.startsWith("0") ? `oh ${number(y)}` : number(y),
  ),
  rule(
    "years of a range",
    digitStarts,
    /(?<![\d.,$€£-])((?:1\d|20)\d{2})\s?[-–—]\s?((?:1\d|20)\d{2}|\d{2})(?![\d.,%-]*\d|%|\s?[=×])/,
    (match) => {
      const [, from = "", to = ""] = match;
      if (
        /^\s(?:people|dollars|words|calories|meters|miles|pages|units|students)/.test(after(match, 14)) ||
        (to.length === 4 && Number(to) <= Number(from))
      )
        return undefined;
      return `${year(from)} to ${to.length === 2 ? (to.startsWith("0") ? `oh ${number(to)}` : number(to)) : year(to)}`;
    },
  ),
  rule(
    "years of a reign in brackets",
    digitStarts,
    /(?<=\()([1-9]\d{2})\s?[–-]\s?(1\d{3}|[1-9]\d{2})(?=\))/,
    ([, from = "", to = ""]) => (Number(to) > Number(from) ? `${year(from)} to ${year(to)}` : undefined),
  ),
  rule(
    "year before its era",
    digitStarts,
    /(?<![\d.,])(\d{1,4})\s?(BCE|BC|CE|AD|B\.C\.E\.|B\.C\.|A\.D\.|C\.E\.)(?![A-Za-z])/,
    ([, y = "", era = ""]) => `${y.length < 3 ? cardinal(y) : year(y)} ${era.replace(/\./g, "").split("").join(" ")}`,
  ),
  rule("era after a range of years", "B", /(?<=\d\s?)B\.?C\.?(?:E(?![A-Za-z])\.?)?(?![A-Za-z])/, ([text]) =>
    text.replace(/\./g, "").split("").join(" "),
  ),
  rule("year of three digits after its era", digitStarts, /(?<=\b(?:AD|A\.D\.|CE)\s)\d{3}(?!\d)/, ([text]) =>
    year(text),
  ),
  rule("year and quarter", "Qq", /(?<![A-Za-z\d])[Qq]([1-4])(?![\dA-Za-z])/, ([, q = ""]) => `Q ${cardinal(q)}`),
  rule(
    "fiscal year",
    "F",
    /(?<![A-Za-z])FY\s?((?:20)?\d{2})(?!\d)/,
    ([, y = ""]) => `F Y ${y.length === 4 ? year(y) : cardinal(y)}`,
  ),
  rule(
    "year",
    digitStarts,
    /(?<![\d.,$€£¥#/:-]|(?<![QH])\d\s)(1[0-9]\d{2}|2[01]\d{2})(?![\d%°:/]|[.,]\d|['’]s\s\d|-\d)/,
    (match, place) => {
      const y = match[1] ?? "";
      const following = after(match, 24);
      if (
        /^\s?(?:(?:km|cm|mm|kg|mg|ml|mL|lb|lbs|ft|mi|MB|GB|TB|KB|ms|Hz|kHz|MHz|GHz|W|kW|V|mAh|kcal|cal|rpm|dpi|px|calories|meters|miles|feet|people|dollars|euros|pounds|yen|yuan|words|points|years|hours|minutes|seconds|days|steps|times|students|words|pages|copies|units|votes)\b|[xX×+=*]\s?\d|[A-Za-z]*\/)/.test(
          following,
        )
      )
        return undefined;
      const context = before(place, 20);
      if (
        /(?:about|around|nearly|almost|over|than|roughly|approximately|exactly|least|most|up to|another|every|some|only|just|costs?|room|flight|highway|route|code|PIN|number|no\.)\s$/i.test(
          context,
        ) &&
        !/\baround\s$/.test(context)
      )
        return undefined;
      if (firm.test(context)) return year(y);
      if (yearVerb.test(following)) return year(y);
      // A heading: "2024 Report".
      if (/^(?:19|20)[0-9][1-9]/.test(y) && /(?:^|\n)$/.test(context) && /^\s[A-Z][a-z]/.test(following))
        return year(y);
      if (countedNoun.test(following)) return undefined;
      if (/\b[Aa]n?\s$/.test(context) && /^(?:19|20)\d[1-9]$|^20[1-3]0$/.test(y) && describedByYear.test(following))
        return year(y);
      return yearBefore.test(context) ||
        /^['’]s\b/.test(following) ||
        /^\s(?:Olympics|World|election|season|season|census|edition|model|film|movie|version|report|budget|Games|Nobel|Super|Paris|Tokyo)/.test(
          following,
        )
        ? year(y)
        : undefined;
    },
  ),
];
