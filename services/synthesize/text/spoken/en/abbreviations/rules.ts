import { unitOf } from "../../amounts/units/grammar.ts";
import { after, before, digitStarts, letterStarts, type Rule, rule } from "../../rule.ts";
import { compass } from "../identity/compass.ts";
import { houseNumber } from "../identity/place.ts";
import { number } from "../number.ts";
import { countedRules } from "./counted.ts";
import { always, beforeBareNumber, beforeNumber, days, plain, times } from "./short.ts";
import { shorthandRules } from "./shorthand.ts";

/**
 * Matches an abbreviation that is also an ordinary word: it is spoken in full only if a digit, a lower-case letter or a
 * comma follows.
 */
const alsoWords = /^(?:max|min|Max|est|ed|temp|ca|mo|wk|ch|dev|ret|Ret|pop|req|tech|ter|Ter|Fri|Wed|Mon)\.$/;
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** Whether an amount modifies the noun after it: "a 30 min. walk", "the 24 mo. plan". */
const isAttribute = (left: string, right: string): boolean =>
  /(?:\b(?:[Aa]n?|[Tt]he|[Tt]his|[Yy]our|[Mm]y|[Oo]ur|[Aa]nother|[Ee]ach|[Ee]very)|(?<!\b(?:[Ii]t|[Tt]hat|[Hh]e|[Ss]he|[Tt]here|[Ww]hat|[Hh]ere))['’]s)\s(?:[a-z]+\s)?[\d.,]+\s?$/.test(
    left,
  ) &&
  /^\s(?!(?:and|or|to|of|in|at|for|from|ago|before|after|later|away|a|the|each|per|is|are|with|on|by|more|old|left)\b)[a-z]/.test(
    right,
  );

const starts = (table: Readonly<Record<string, string>>): string =>
  [...new Set(Object.keys(table).map((text) => text[0]))].join("");
/** The keys of a table as pattern alternatives, longer ones first. */
const written = (table: Readonly<Record<string, string>>): string =>
  Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .map(literal)
    .join("|");

/** Matches text before "ex." and a number which shows that "ex." means exercise and not example: a page, homework. */
const besideExercise =
  /\b(?:pp?\.|pages?|[Dd]o|[Tt]ry|[Hh]omework|[Ww]orkbook|[Cc]omplete|[Ff]inish|[Uu]nit|[Ll]esson)\s?[^.;]{0,24}$/;

/** Matches context that shows team standings, in which "GB" means games behind and not a file size. */
const standings =
  /\b(?:standings?|division|first place|second place|wild[ -]card|[AN]L (?:East|West|Central)|of first|leaders?)\b|(?<!\d)\d{2,3}[-–]\d{2,3}(?!\d)/;

const dayShort = "(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)";
/**
 * Matches text that, right after a short word such as "Sat", shows that it is a weekday: a date, an hour, another day.
 */
const dayAfter = new RegExp(
  `^(?:,?\\s(?:\\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?\\s\\d|noon\\b)|(?:,|\\s(?:&|and|or|to|thru|through))?\\s${dayShort}\\b|\\/${dayShort}\\b|:\\s\\d|\\s(?:morning|afternoon|evening|night|at)\\b|\\s?[-–]\\s?\\d)`,
);
/** Matches what follows a weekday that heads a list entry ("Sun: closed"), but not the sun in a list of planets. */
const dayHead =
  /^(?::(?!\s(?:[Ff]ull|[Pp]art|[Ii]ndirect|[Dd]irect|[Bb]right|[Ss]hade|[Aa]t least|[Ss]tar|[Yy]ellow|[Aa]n?|[Tt]he|\d[\d.,]*\+?\s(?:hours|hrs|h|million|km|miles))\b)|\s?,\s(?:[Hh]ours?|[Tt]imes?|[Oo]pen|[Cc]losed)\b)/;
const dayList =
  /(?:Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday)\.?(?:,(?:\s(?:and|or))?|\s(?:&|and|or|to|thru|through)|\/)\s?$/;
const dayBefore =
  /\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Tt]ill|[Tt]hrough|[Ff]rom|[Nn]ext|[Tt]his|[Ll]ast|[Ee]very|[Ss]ince|[Bb]efore|[Aa]fter|[Dd]ue|[Cc]losed|[Oo]pen)\s$/;

/** Rules for abbreviations, which are spoken as the words that they stand for. */
export const abbreviationRules: readonly Rule[] = [
  rule("doctor or drive", "D", /(?<![A-Za-z])Dr\./, (match, place) =>
    /\b[A-Z][a-z]+\s$/.test(before(place)) && !/^\s[A-Z]/.test(after(match)) ? "drive" : "doctor",
  ),
  rule("saint or street", "S", /(?<![A-Za-z])St\./, (match, place) =>
    /(?:\b[A-Z][a-z]+(?:['’]s)?|\d(?:st|nd|rd|th))\s$/.test(before(place)) && !/^\s[A-Z][a-z]/.test(after(match))
      ? "street"
      : "saint",
  ),
  rule(
    "days of a range",
    "MTWFS",
    /(?<![A-Za-z])(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?\s?[-–]\s?(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)(?![A-Za-z])\.?/,
    ([, from = "", to = ""]) => `${days[from.slice(0, 3)]} to ${days[to.slice(0, 3)]}`,
  ),
  rule("from Monday to Friday", "M", /(?<![A-Za-z–-])M\s?[-–]\s?F(?![A-Za-z–-])/, (match, place) =>
    /\b(?:[Hh]ours|[Oo]pen|[Cc]losed|[Cc]all|[Aa]vailable|[AaPp]\.?[Mm])\b|\d:\d\d/.test(
      before(place, 32) + after(match, 24),
    )
      ? "Monday to Friday"
      : undefined,
  ),
  rule(
    "abbreviated day of the week without a full stop",
    "MTWFS",
    new RegExp(`(?<![A-Za-z])${dayShort}(?![A-Za-z'’-]|\\.\\S|\\.\\s[\\da-z])`),
    (match, place) => {
      const name = days[(match[1] ?? "").slice(0, 3)];
      const firm =
        /^(?:Tu|Th|Fr)/.test(match[1] ?? "") ||
        dayAfter.test(after(match, 16)) ||
        dayList.test(before(place, 16)) ||
        (/(?:^|[\n:,;]|\s\s)\s?$/.test(before(place, 3)) && dayHead.test(after(match, 24)));
      return firm ||
        (dayBefore.test(before(place, 12)) && (match[1] !== "Sun" || /^(?:$|[,.;:)!?]|\s[a-z])/.test(after(match))))
        ? name
        : undefined;
    },
  ),
  rule("last day", "S", /(?<=\b(?:and|or|to|on|every)\s)(Sat|Sun)\./, ([, d = ""]) => days[d]),
  rule("per person after a price", "p", /(?<=[$€£]\d[\d.,]*\s?)(?:pp|p\.p|p\/p)\.?(?![A-Za-z\d])/, "per person"),
  rule(
    "per week, month or year after a price",
    "p",
    /(?<=[$€£]\d[\d.,]*[kK]?\s?)(pw|pm|pa|p\/w|p\/m|p\/a)(?![A-Za-z\d.])/,
    ([, short = ""]) => `per ${{ w: "week", m: "month", a: "year" }[short.at(-1) ?? ""]}`,
  ),
  rule(
    "including or excluding a tax or fee",
    "ei",
    /(?<![A-Za-z])(ex|inc)\.?(?=\s(?:VAT|GST|HST|tax(?:es)?|shipping|delivery|postage|P&P|fees)(?![A-Za-z]))/,
    ([, short]) => (short === "ex" ? "excluding" : "including"),
  ),
  rule("schedule of a tax return", "S", /(?<![A-Za-z])Sched?\.(?=\s(?:[A-Z\d](?![a-z])|SE\b)|\s?$)/, "Schedule"),
  rule("Social Security", "S", /(?<![A-Za-z])Soc\.?\sSec\.?(?![A-Za-z])/, "Social Security"),
  rule("channel of a Wi-Fi network or TV", "cC", /(?<![A-Za-z])[Cc]h\.\s?(?=\d)/, (_match, place) =>
    /\b(?:Wi-?Fi|router|TV|cable|band|GHz|radio|VHF)\b/i.test(before(place, 40)) ? "channel " : undefined,
  ),
  rule("versus between two names", "v", /(?<=[A-Z][\w.'’]*\s)v\.?(?=\s[A-Z])/, "versus"),
  rule("abbreviated estimate after a number", "e", /(?<=\d%?\s(?:[a-z]+\s)?)est\.?(?=[,;)]|\s?$)/, "estimate"),
  rule("basis points of a rate", "b", /(?<=\d\s?)bps?(?![A-Za-z])/, (match, place) =>
    /\b(?:rates?|Fed|fed|yields?|spread|cut|hike|raised?|lowered|margin|up|down|mortgage|Treasury)\b/.test(
      before(place, 40) + after(match, 30),
    )
      ? "basis points"
      : undefined,
  ),
  rule(
    "abbreviated unit of time after a word such as per or next",
    "wymq",
    /(?<=\b(?:[Tt]his|[Nn]ext|[Ll]ast|per|each|every|a)\s)(wk|yr|mo|qtr)(?:\.|(?![A-Za-z]))/,
    ([, short = ""]) => ({ wk: "week", yr: "year", mo: "month", qtr: "quarter" })[short],
  ),
  rule(
    "range of weekdays that begins with M, such as M-Sat",
    "M",
    /(?<![A-Za-z\d])M\s?[-–]\s?(F|Fri?|Th|Thu|Sat?|Sun?)(?![A-Za-z])(?=,?\s\d|,?\s(?:from|and)\b|\s&|\s?$)/,
    ([, to = ""]) =>
      `Monday to ${{ F: "Friday", T: "Thursday", Sa: "Saturday", Su: "Sunday" }[/^S/.test(to) ? to.slice(0, 2) : to.slice(0, 1)]}`,
  ),
  ...countedRules,
  ...shorthandRules,
  rule("abbreviated century after an ordinal", "c", /(?<=\d(?:st|nd|rd|th)[\s-])c(?:ent)?\.(?!\s?\d)/, "century"),
  rule(
    "min. or max. after a noun or unit",
    "m",
    /(?<=(?:[a-z]{3}|\)|\d\s(?:ft|hrs?|mins?|lbs?|yrs?|GB|kg|cm))\s)(min|max)\.(?=\s?[),;]|\s?$)/,
    ([, short]) => (short === "min" ? "minimum" : "maximum"),
  ),
  rule(
    "games behind the leader",
    `${digitStarts}½`,
    /(?<![\d.,])(?:(\d+(?:\.5)?)|(\d*)½)\s?GB(?=\s(?:of|behind|back)\b|\s?[,.;)]|\s?$)/,
    (match, place) => {
      if (!standings.test(before(place, 48).replace(/^.*[.!?]\s/s, "") + after(match, 32))) return undefined;
      const [, plain, whole = ""] = match;
      if (plain === "1") return "one game back";
      return `${plain !== undefined ? number(plain) : whole === "" ? "half a" : `${number(whole)} and a half`} ${whole === "" && plain === undefined ? "game" : "games"} back`;
    },
  ),
  rule("abbreviated floor after an ordinal", "f", /(?<=\d(?:st|nd|rd|th)\s)fl(?:\.|(?![A-Za-z]))/, "floor"),
  rule(
    "capsule or tablet after its count",
    "ct",
    /(?<=(\d+)\s)(cap|tab)(s?)\.?(?![A-Za-z])(?=\s?(?:\d|of|daily|every|twice|once|by|with|at|each|per|[,;.)]|$))/,
    ([, count, short = ""]) => `${short === "cap" ? "capsule" : "tablet"}${count === "1" ? "" : "s"}`,
  ),
  rule("size of a font", "p", /(?<=\d[\s-]?)pt\.?(?=\s(?:font|type|text|size|Times|Arial|Calibri|Helvetica))/, "point"),
  rule("each in turn", "r", /(?<=[,\s]\s?)resp\.?(?=[,.;)]|\s?$)/, "respectively"),
  rule("min or max after a price", "m", /(?<=[$€£]\d[\d.,]*\s)(min|max)(?:\.|(?![A-Za-z]))/, ([, short]) =>
    short === "min" ? "minimum" : "maximum",
  ),
  rule(
    "no. after a noun such as order",
    "n",
    /(?<=\b(?:claim|order|policy|account|acct\.|case|invoice|reference|flight|ticket|serial|model|part|item|confirmation|tracking|license|phone|telephone|mobile|room|registration|contract|booking|passport|member|customer)\s)no\.(?=\s(?:is|was|on|for|and|or|in|as)\b|:)/,
    "number",
  ),
  rule("number", "Nn", /(?<![A-Za-z])(?:No|no|NO|Nos|nos)\.\s?(?=\d|[A-Z]{1,5}-?\d)/, "number "),
  rule("numero sign before a number", "№", /№\s?(?=\d)/, "number "),
  rule("dot of a name", ".", /(?<![\w.])\.(?=NET(?![A-Za-z]))/, "dot"),
  rule(
    "house number before a compass direction",
    digitStarts,
    /(?<![\d.,])(\d{1,5})\s([NSEW])\.(?=\s(?:\d+(?:st|nd|rd|th)|[A-Z][a-z]+)\s(?:St|Ave|Blvd|Rd|Dr|Ln|Pl|Street|Avenue|Boulevard|Road|Drive|Lane|Way)\b)/,
    ([, house = "", letter = ""]) => `${houseNumber(house)} ${compass[letter]}`,
  ),
  rule("page", "p", /(?<![A-Za-z])p\.\s?(?=\d)/, "page "),
  rule(
    "abbreviation before its number",
    letterStarts,
    new RegExp(
      `(?<![A-Za-z])(${Object.keys(beforeNumber).join("|")})\\.\\s?(?=[\\dIVX(]|[<>~≈≤≥]\\s?\\d|[A-Z]{1,3}[\\s-]?\\d)`,
    ),
    ([, short = ""], place) =>
      /^ex$/i.test(short) && besideExercise.test(before(place, 40)) ? "exercise " : `${beforeNumber[short]} `,
  ),
  rule(
    "abbreviation before its number, without a full stop",
    letterStarts,
    new RegExp(`(?<![A-Za-z])(${Object.keys(beforeBareNumber).join("|")})\\.?\\s(?=#?[A-Z]?\\d)`),
    ([, short = ""]) => `${beforeBareNumber[short]} `,
  ),
  rule(
    "abbreviated unit of time after a number",
    "hmsyw",
    /(?<=(?<![\d.,])((?:\d[\d,.]*|[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|half an)[\d½¼¾]*)[\s-]?)(hr|min|sec|yr|mo|mth|wk)(?![A-Za-z\d]|\.[A-Za-z])(?:\.(?=\s?[a-z(,;:]|\s?$)|(?<=\d-[a-z]{2,3})\.(?=\s[A-Z]))?/,
    (match, place) => {
      const [, count = "", short = ""] = match;
      if (/[A-Za-z]$/.test(count) && !/^(?:min|sec|mo|hr|yr|wk)$/.test(short)) return undefined;
      if (/^[A-Za-z]/.test(count) && !/\s$/.test(before(place, 1))) return undefined;
      const single =
        /^(?:1|[Aa]|[Oo]ne|half an)$/.test(count) ||
        /-$/.test(before(place, 1)) ||
        isAttribute(before(place, 24), after(match, 16));
      return times[short]?.[single ? 0 : 1];
    },
  ),
  rule(
    "est. before an estimated amount",
    "Ee",
    /(?<![A-Za-z])[Ee]st\.(?=\s(?:\d+\s?(?:min|hours?|hrs?|days?|weeks?|minutes|miles|mi|lbs?|%|to|[-–])|[$€£]|[a-z]*(?:time|cost|value|arrival|delivery|tax|total|wait|payment|price|date)))/,
    "estimated",
  ),
  rule("day of the week", "S", /(?<![A-Za-z])(?:Sat|Sun)\.(?=[,)]|\s(?:[a-z]|\d|[A-Z][a-z]{2,8}\s\d))/, ([text]) =>
    text === "Sat." ? "Saturday" : "Sunday",
  ),
  rule(
    "abbreviation with its full stop",
    starts(always),
    new RegExp(`(?<![A-Za-z.])(?:${written(always)})`),
    (match, place) => {
      const [text] = match;
      // The abbreviation is left to other rules if it is part of a rate or price: "$3/lb.".
      if (
        before(place, 1) === "/" ||
        (/^(?:min|sec|hr|yr)/.test(text) && /\d(?:st|nd|rd|th)\s$/.test(before(place, 4)))
      )
        return undefined;
      const following = after(match);
      if (!text.endsWith(".") && /^[A-Za-z]/.test(following)) return undefined;
      // Whether the abbreviation belongs to the unit after "per" or the like, so that it is singular: "per sq. ft.".
      const each = /\b(?:per|an?|each|every)\s(?:(?:sq|cu|fl)\.?\s)?$/.test(before(place, 12));
      const unit = each ? unitOf(text.slice(0, -1)) : undefined;
      if (unit !== undefined) return unit.en[0];
      return alsoWords.test(text) && !/^(?:\s?[\da-z]|,)/.test(following) ? undefined : always[text];
    },
  ),
  rule(
    "abbreviation without a full stop",
    starts(plain),
    new RegExp(`(?<![A-Za-z./]|slash )(?:${written(plain)})(?![A-Za-z/]|\\.[A-Za-z])`),
    ([text]) => plain[text],
  ),
  rule("letters with full stops", letterStarts, /(?<![A-Za-z.])(?![ap]\.m\.)(?:[A-Za-z]\.){2,}(?![A-Za-z])/, (match) =>
    match[0].replace(/\./g, " ").trim(),
  ),
];
