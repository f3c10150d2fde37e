import { digitStarts, type Rule, rule } from "../../rule.ts";
import { beforeOf } from "../patterns.ts";
import { cardinal } from "./number.ts";

/**
 * The rules in this file are for abbreviations in grammar books that are not in the abbreviation table, for months
 * without a day, for map scales, and for the case of "der Link", which replaces a URL: "den Link", "dem Link".
 */

const grammar = String.raw`(?:Nom|Gen|Dat|Akk|Präs|Prät|Perf|Plusq|Fut|Konj|Ind|Sg|Pers|Mask|Fem|Neutr)\.|Nominativ|Genitiv|Dativ|Akkusativ|Person|Präsens|Präteritum|Singular|Nomen`;
const months: Readonly<Record<string, string>> = {
  Jan: "Januar",
  Feb: "Februar",
  Febr: "Februar",
  Mär: "März",
  Apr: "April",
  Jun: "Juni",
  Jul: "Juli",
  Aug: "August",
  Sep: "September",
  Sept: "September",
  Okt: "Oktober",
  Nov: "November",
  Dez: "Dezember",
};
const short = Object.keys(months)
  .sort((a, b) => b.length - a.length)
  .join("|");

export const grammarRules: readonly Rule[] = [
  rule(
    "plural of grammar",
    "P",
    new RegExp(
      `(?<=(?:^|[\\s(])(?:(?:${grammar})(?:\\s(?:und|oder|im|/))?|[Ii]m|[Dd]er|[Dd]en|[Vv]om|[Zz]um|[Kk]ein(?:en)?|[Ii]hr|und|oder|Sg\\./)\\s?|[(/])Pl\\.(?!\\s?\\d)`,
      "u",
    ),
    "Plural",
  ),
  rule("singular and plural", "S", /(?<!\p{L})Sg\.\s?\/\s?(?=Pl\.)/u, "Singular, "),
  rule("person of grammar", "P", /(?<=(?:\d\.|[Ee]rsten?|[Zz]weiten?|[Dd]ritten?)\s)Pers\./u, "Person"),
  rule(
    "month by itself",
    "JFMASOND",
    new RegExp(
      `(?<=(?:^|\\s)(?:[Ii]m|[Aa]nfang|[Ee]nde|[Mm]itte|[Ss]eit|[Bb]is|[Aa]b|letzten|nächsten|diesen|vergangenen|kommenden|jeden|(?:${short})\\.?\\s?(?:und|oder|bis|/|-|–|,))\\s?)(${short})\\.`,
      "u",
    ),
    ([, written = ""], { text, index }) =>
      written === "Jan" && /[Ss]eit\s$/.test(beforeOf(text, index)) ? undefined : months[written],
  ),
  rule(
    "century in the genitive",
    "J",
    /(?<=(?:^|\s)(?:des|eines|dieses|jenes)\s(?:\p{Ll}+en\s)?(?:\d{1,2}\.(?:,\s|\s?[-–/]\s?|\s(?:und|oder|bis)\s(?:des\s)?)?\s?)+|(?:Anfang|Mitte|Ende|Hälfte|Drittel|Viertel|Beginn)\s\d{1,2}\.\s)Jhd?t?\.?(?!\p{L})/u,
    "Jahrhunderts",
  ),
  rule(
    "month before another",
    "JFMASOND",
    new RegExp(
      `(?<![\\p{L}\\d])(${short})\\.?(?=\\s?(?:bis|und|oder|/|–|-)\\s?(?:(?:${short})(?:\\.|(?!\\p{L}))|${[...new Set(Object.values(months)), "Mai"].join("|")}))`,
      "u",
    ),
    ([, written = ""], { text, index }) => (/\d\.?\s?$/.test(beforeOf(text, index)) ? undefined : months[written]),
  ),
  rule(
    "scale of a map",
    digitStarts,
    /(?<![\d.,:])1\s?:\s?(\d{1,3}(?:[\s.'\u00a0\u202f]\d{3})+|\d{3,7})(?![\d:]|[.,]\d)/u,
    ([, many = ""]) => `eins zu ${cardinal(many.replace(/\D/g, ""))}`,
  ),
  // An earlier step replaces each URL by "der Link"; this rule changes that to the dative or accusative if required.
  rule(
    "link after its verb or preposition",
    "d",
    /(?<=(?:^|[\s(])(?:öffne[nt]?|besuch(?:e|en|t)|nutz(?:e|en|t)|kopier(?:e|en|t)|teil(?:e|en|t)|ruf(?:e|en|t)?|probier(?:e|en|t)|verwende[nt]?|sieh|seht|lies|lest|lesen|lade|für|über|durch|ohne|unter|mit|von|bei|aus|zu|nach|in|auf|an)(?:\s(?:Sie|einfach|bitte|dann|mal|dazu|dafür|doch))*:?\s+)der Link(?!\p{L})/iu,
    (match) => {
      const before = beforeOf(match.input, match.index);
      const isDative = /(?:^|[\s(])(?:unter|mit|von|bei|aus|zu|nach|in|an)\s+$/iu.test(before);
      const isFound =
        /(?:^|[\s(])auf\s+$/iu.test(before) &&
        !/(?:kli[ck]{1,2}|tipp|geh|wechs|drück|verwei|schau)\p{L}*(?:\s\p{L}+){0,3}\sauf\s+$/iu.test(before);
      return isDative || isFound ? "dem Link" : "den Link";
    },
  ),
  rule(
    "web address after Link, Website or a similar word",
    "d",
    /(?<=(?:Link|Adresse|Website|Webseite|Seite|URL):?\s+)der Link(?!\p{L})/u,
    "",
  ),
];
