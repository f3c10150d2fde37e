import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { afterOf, beforeOf } from "../../patterns.ts";
import { dayForm, hourInGenitive, months, yearForm, years } from "../calendar.ts";
import { cardinal, formWith } from "../number.ts";
import { type OrdinalForm, ordinal } from "../ordinal.ts";

const days: Readonly<Record<string, readonly [nominative: string, genitive: string, accusative: string]>> = {
  пн: ["понедельник", "понедельника", "понедельник"],
  вт: ["вторник", "вторника", "вторник"],
  ср: ["среда", "среды", "среду"],
  чт: ["четверг", "четверга", "четверг"],
  пт: ["пятница", "пятницы", "пятницу"],
  сб: ["суббота", "субботы", "субботу"],
  вс: ["воскресенье", "воскресенья", "воскресенье"],
};
const dayNames = Object.keys(days).join("|");
const dayOf = (written: string) => days[written.toLowerCase()];
const month = months.join("|");
const endsText = (match: RegExpExecArray): boolean => /^\s*$/.test(match.input.slice(match.index + match[0].length));

/** Rules for years, days and hours in formats that only Russian has. */
export const calendarRules: readonly Rule[] = [
  rule(
    "span of years",
    digitStarts,
    /(?<![\d.,])(\d{4})\s?[-–—]\s?(\d{4})\s?(гг?\.|год(?:ы|ов|ах))(?!\p{L})/u,
    (match) => {
      const [, from = "", to = "", noun = ""] = match;
      const isIn = /(?:^|\s)[вВ]\s$/u.test(beforeOf(match.input, match.index));
      const said = noun.endsWith(".") ? (isIn ? "годах" : "годов") : noun;
      const form: OrdinalForm = said === "годах" ? "prepositional" : said === "годы" ? "nominative" : "genitive";
      return `${ordinal(from, form)} — ${ordinal(to, form)} ${said}${noun.endsWith(".") && endsText(match) ? "." : ""}`;
    },
  ),
  rule("year from which", digitStarts, /(?<=(?:^|\s)[сС]\s)(\d{4})(?=\s(?:по|до)\s\d{4})/u, ([, year = ""]) =>
    ordinal(year, "genitive"),
  ),
  rule("year with the abbreviation г. or гг.", digitStarts, /(?<![\d.,])(\d{4})\s?гг?\.(?!\p{L})/u, (match) => {
    const form = yearForm(" г.", beforeOf(match.input, match.index));
    return `${ordinal(match[1] ?? "", form)} ${years[form] ?? "года"}${endsText(match) ? "." : ""}`;
  }),
  rule("abbreviation гг. after an ordinal", "г", /(?<=\d\d-?(е|х|м)\s)гг\./u, (match) =>
    match[1] === "е" ? "годы" : /(?:^|\s)во?\s\d+-?х\s$/iu.test(beforeOf(match.input, match.index)) ? "годах" : "годов",
  ),
  rule(
    "abbreviation г. after a date",
    "г",
    /(?<=\d{1,2}[./]\d{2}[./]\d{4}\s?)г\.(?!\p{L})/u,
    (match) => `года${endsText(match) ? "." : ""}`,
  ),
  rule(
    "year by itself",
    digitStarts,
    /(?<=(?:^|\s)(в|к|с|до|после)\s)(1[5-9]\d\d|20\d\d)(?=[.,;!?)]|\s?$|\s(?:—|–|и\s|по\s|до\s|\p{Ll}+(?:л|ла|ли|ло|лся|лась|лись)(?!\p{L})))(?!,\d)/iu,
    ([, preposition = "", year = ""]) =>
      ordinal(year, /в/iu.test(preposition) ? "prepositional" : /к/iu.test(preposition) ? "dative" : "genitive"),
  ),
  rule(
    "hours of opening",
    digitStarts,
    /(?<![\d.,:])(\d{1,2})([:.])([0-5]\d)\s?[-–—~]\s?(\d{1,2})\2([0-5]\d)(?![\d:]|\.\d|\s?(?:%|₽|руб))/,
    (match) => {
      const [, h1 = "", mark, m1 = "", h2 = "", m2 = ""] = match;
      if (
        Number(h1) > 24 ||
        Number(h2) > 24 ||
        (mark === "." && m1 !== "00" && m2 !== "00" && !/(?:^|\s)[сС]\s$/u.test(beforeOf(match.input, match.index)))
      )
        return undefined;
      const lead = /(?:^|\s)[сС]\s$/u.test(beforeOf(match.input, match.index)) ? "" : "с ";
      return `${lead}${hourInGenitive(String(Number(h1)), m1)} до ${hourInGenitive(String(Number(h2)), m2)}`;
    },
  ),
  rule(
    "year after the word год",
    digitStarts,
    /(?<=(?:^|[\s(])[Гг]од(?:\s\p{Ll}{4,}){0,3}(?:\s[—–-]|:)\s)(1\d{3}|20\d{2})(?![\d]|[.,–-]\d|\s(?:год|г\.))/u,
    ([, year = ""]) => ordinal(year, "nominative"),
  ),
  rule(
    "quarter of a year",
    digitStarts,
    /(?<=(?:^|\s)(за|в|во|к|с|по|до|на|из)\s)([1-4])(?:-?(?:й|м|го|му))?\s?кв\.(?!\s?(?:м|км|см|дм)(?!\p{L}))/iu,
    ([, preposition = "", n = ""]) => {
      const lead = preposition.toLowerCase();
      if (/^во?$/u.test(lead)) return `${ordinal(n, "prepositional")} квартале`;
      if (lead === "к") return `${ordinal(n, "dative")} кварталу`;
      return /^(?:с|до|из)$/u.test(lead) ? `${ordinal(n, "genitive")} квартала` : `${ordinal(n, "nominative")} квартал`;
    },
  ),
  rule(
    "years of a life",
    digitStarts,
    /(?<=(?:^|[\s(])[Гг]оды(?:\s\p{Ll}{4,}){0,3}(?:\s[—–-]|:)\s)(1\d{3}|20\d{2})\s?[-–—]\s?(1\d{3}|20\d{2})(?!\d|\s(?:год|г))/u,
    ([, from = "", to = ""]) => `с ${ordinal(from, "genitive")} по ${ordinal(to, "nominative")}`,
  ),
  rule(
    "days of a span",
    "пвсчПВСЧ",
    new RegExp(`(?<!\\p{L})(${dayNames})\\.?\\s?[-–—]\\s?(${dayNames})(?!\\p{L})\\.?`, "iu"),
    ([, from = "", to = ""]) => `с ${dayOf(from)?.[1]} по ${dayOf(to)?.[2]}`,
  ),
  rule(
    "short day",
    "пвсчПВСЧ",
    new RegExp(`(?<!\\p{L})(${dayNames})(?!\\p{L})\\.?`, "iu"),
    ([, day = ""], { text, index }) =>
      /(?:^|\s)(?:в|во|на|по)\s$/iu.test(beforeOf(text, index)) ? dayOf(day)?.[2] : dayOf(day)?.[0],
  ),
  rule(
    "day from which",
    digitStarts,
    new RegExp(`(?<=(?:^|\\s)[сС]о?\\s)(\\d{1,2})(?=\\s(?:по|до|на)\\s\\d{1,2}\\s(?:${month}))`, "u"),
    ([, day = ""]) => ordinal(day, "genitive"),
  ),
  rule(
    "day in a list of days of one month",
    digitStarts,
    new RegExp(`(?<![\\d.,])(\\d{1,2})(?=(?:,\\s\\d{1,2})*\\s(?:и|или)\\s\\d{1,2}\\s(?:${month}))`, "u"),
    (match) =>
      ordinal(
        match[1] ?? "",
        dayForm({
          before: beforeOf(match.input, match.index),
          after: afterOf(match.input, match.index + match[0].length),
        }),
      ),
  ),
  rule(
    "day and month of two digits each",
    digitStarts,
    /(?<![\d.,/:-])(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])(?!\d|[.,:/]\d|\s?(?:%|₽|\$|€|°|руб|кг|г|км|м|см|л|мл)(?!\p{L}))/u,
    (match) => {
      const before = beforeOf(match.input, match.index);
      if (
        /(?:верси|релиз|обновлени|пункт|глав|раздел|тем|Ubuntu|Android|iOS|macOS|п\.|§|v|№)\p{Ll}*\s?$/iu.test(before)
      )
        return undefined;
      const [, day = "", number = ""] = match;
      return `${ordinal(String(Number(day)), dayForm({ before, after: afterOf(match.input, match.index + 5) }))} ${months[Number(number) - 1]}`;
    },
  ),
  rule(
    "duration in hours and minutes",
    digitStarts,
    /(?<![\d.,:])(\d{1,3})\s?(?:ч\.?|час(?:а|ов)?)\s(\d{1,2})\s?мин(?:\.|(?!\p{L}))/u,
    ([, hours = "", minutes = ""]) =>
      `${cardinal(hours)} ${["час", "часа", "часов"][formWith(Number(hours))]} ${cardinal(minutes, { gender: "f", grammaticalCase: "accusative" })} ${["минуту", "минуты", "минут"][formWith(Number(minutes))]}`,
  ),
  rule("Moscow time", "М", /(?<=\d\s?\(?|(?:^|\s)по\s)(?:МСК|мск)(?!\p{L})/u, (match) =>
    /(?:^|\s)по\s$/iu.test(beforeOf(match.input, match.index)) ? "московскому времени" : "по московскому времени",
  ),
];
