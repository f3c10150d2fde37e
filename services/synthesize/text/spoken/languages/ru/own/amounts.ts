import { digitStarts, type Rule, rule } from "../../../rule.ts";
import { afterOf, beforeOf, isInQuotes } from "../../patterns.ts";
import { parseFigure } from "../../western/figure.ts";
import type { Noun } from "../../western/tongue.ts";
import { agree } from "../agreement.ts";
import { caseOf } from "../cases.ts";
import { countedForm } from "../counted.ts";
import { decimal, fraction } from "../fraction.ts";
import { cardinal, formWith } from "../number.ts";
import { units } from "../words.ts";

const heads: Readonly<Record<string, string>> = { "1": "одно", "90": "девяносто", "100": "сто", "1000": "тысяче" };
const spoons: Readonly<Record<string, Noun>> = {
  ст: { gender: "f", forms: ["столовая ложка", "столовые ложки", "столовых ложек"] },
  ч: { gender: "f", forms: ["чайная ложка", "чайные ложки", "чайных ложек"] },
  дес: { gender: "f", forms: ["десертная ложка", "десертные ложки", "десертных ложек"] },
};
const glyphs: Readonly<Record<string, string>> = { "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3" };

/** Rules for amounts and numbers in formats that only Russian has. */
export const amountRules: readonly Rule[] = [
  rule(
    "number at the start of a compound word",
    digitStarts,
    /(?<![\d.,])(\d{1,4})-(?=(?:комнатн|летн|летк|лети|дневн|часов|этажк|местн|кратн|процентн|минутк|разов|километров|метров)|\p{Ll}{4,}(?:ый|ий|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ую|юю|ой|ей|ое|ее|ые|ие|ых|их|ыми|ими)(?!\p{L}))(\p{Ll}+)/u,
    ([, n = "", word = ""]) => joined(n) + word,
  ),
  rule(
    "percentage at the start of a compound word",
    digitStarts,
    /(?<![\d.,])(\d{1,3})\s?%-(?:н)?(ый|ого|ому|ым|ом|ая|ую|ой|ое|ые|ых|ыми|й|го|му|м|я|ю|е|х)(?!\p{L})/u,
    ([, n = "", ending = ""]) =>
      `${joined(n)}процентн${ending.length > 1 && !/^(?:го|му)$/u.test(ending) ? ending : (({ й: "ый", го: "ого", му: "ому", м: "ом", я: "ая", ю: "ую", е: "ое", х: "ых" } as Readonly<Record<string, string>>)[ending] ?? ending)}`,
  ),
  rule(
    "spoons",
    digitStarts + Object.keys(glyphs).join(""),
    /(?<![\d.,/])(\d{1,3}(?:[.,/]\d)?|[½¼¾⅓⅔])\s?(ст|ч|дес)\.?\s?л(?:\.|(?!\p{L}))/u,
    (match) => {
      const [text, amount = "", kind = ""] = match;
      const noun = spoons[kind];
      if (noun === undefined) return undefined;
      const around = {
        before: beforeOf(match.input, match.index),
        after: afterOf(match.input, match.index + text.length),
        counted: noun,
      };
      const written = glyphs[amount] ?? amount;
      const stop = /^\s*$/.test(match.input.slice(match.index + text.length)) ? "." : "";
      const ofOne = (noun.forms[0] ?? "").replace("ая ложка", "ой ложки");
      // The number may be in a list of objects that is far from its verb, an imperative as in "смешайте" (mix).
      const isObject = /(?:^|[^\p{L}])\p{L}{2,}[йиь]те\s(?:[^.!?:;]|(?<=(?<!\p{L})\p{Ll}{1,3})\.)*$/u.test(
        match.input.slice(Math.max(0, match.index - 120), match.index),
      );
      const grammaticalCase = caseOf(around, undefined, written) ?? (isObject ? "accusative" : undefined);
      if (written === "1/2") return `${grammaticalCase === "accusative" ? "половину" : "половина"} ${ofOne}${stop}`;
      const [above = "", below] = written.split("/");
      if (below !== undefined) return `${fraction(above, below, grammaticalCase)} ${ofOne}${stop}`;
      const figure = parseFigure(written);
      const agreement = { gender: "f", grammaticalCase } as const;
      if (figure.part !== undefined) return `${decimal(figure, agreement)} ${ofOne}${stop}`;
      return `${cardinal(written, agreement)} ${countedForm(figure, noun, grammaticalCase)}${stop}`;
    },
  ),
  rule("part of a final", digitStarts, /(?<![\d.,/])1\/([24])\s?финала/u, (match) => {
    const before = beforeOf(match.input, match.index);
    const name = match[1] === "2" ? "полуфинал" : "четвертьфинал";
    if (/(?:^|\s)(?:до|из|после|от|с)\s$/iu.test(before)) return `${name}а`;
    return /(?:^|\s)в\s$/iu.test(before) &&
      !/(?:выш|попа|проби|проход|прош|пройд)\p{Ll}+\s(?:\p{Ll}+\s)?в\s$/iu.test(before)
      ? `${name}е`
      : name;
  }),
  rule(
    "one value over another, as in blood pressure",
    digitStarts,
    /(?<![\d.,/])(\d{2,3})\/(?=\d{2,3}(?![\d/]|[.,]\d))/,
    ([, above = ""], { text, index }) =>
      /давлени/iu.test(beforeOf(text, index)) ? `${cardinal(above)} на` : undefined,
  ),
  rule(
    "size of a screen",
    digitStarts,
    /(?<![\d.,])(\d{1,3})["″”]\s(?=(экран|монитор|телевизор|ноутбук|планшет|диск)(\p{Ll}*))/u,
    ([, n = "", , ending = ""]) => {
      const adjective =
        ({ а: "ого", у: "ому", ом: "ым", е: "ом", ы: "ые", и: "ые", ов: "ых" } as Readonly<Record<string, string>>)[
          ending
        ] ?? "ый";
      return `${joined(n)}дюймов${adjective} `;
    },
  ),
  rule("inches", digitStarts, /(?<![\d.,])(\d{1,3}(?:[.,]\d)?)["″”](?!\p{L})/u, (match) => {
    const inch = units.get("″");
    const { input, index } = match;
    if (inch === undefined || isInQuotes(input, index)) return undefined;
    const figure = parseFigure(match[1] ?? "");
    const around = { before: beforeOf(input, index), after: afterOf(input, index + match[0].length), counted: inch };
    const agreement = { gender: "m", grammaticalCase: caseOf(around, undefined, figure.whole) } as const;
    const said = figure.part === undefined ? cardinal(figure.whole, agreement) : decimal(figure, agreement);
    return `${said} ${countedForm(figure, inch, agreement.grammaticalCase)}`;
  }),
  rule(
    "part of a tablet",
    `${digitStarts}½¼`,
    /(?<![\d.,/])(1\/[24]|[½¼])\s?(таб|табл|амп|уп|пач)\.?(?!\p{L})/u,
    ([, part = "", short = ""], { text, index }) => {
      const whole = units.get(short === "таб" || short === "табл" ? "таб." : `${short}.`);
      const around = { before: beforeOf(text, index), after: "" };
      const grammaticalCase = caseOf(around, undefined, "1");
      const name = part === "1/2" || part === "½" ? "половин" : "четверт";
      const [plain, object, oblique] = name === "половин" ? ["а", "у", "е"] : ["ь", "ь", "и"];
      const ending = grammaticalCase === "accusative" ? object : grammaticalCase === "dative" ? oblique : plain;
      return whole === undefined ? undefined : `${name}${ending} ${whole.forms[1]}`;
    },
  ),
  rule("minute of a game", "м", /(?<=(\d-й,?\s(?:и\s)?)?\d+-й\s)мин\.?(?!\p{L})/u, ([, other]) =>
    other === undefined ? "минуте" : "минутах",
  ),
  rule(
    "abbreviated page, chapter or group after an ordinal",
    "сг",
    /(?<=(?:(?<!\p{L})(на|во?)\s)?\d+-й\s)(стр|гл|гр)\.(?!\s?\d)/u,
    ([, where, short = ""]) => {
      const stem = { стр: "страниц", гл: "глав", гр: "групп" }[short];
      return stem === undefined ? undefined : stem + (where === undefined ? "ы" : "е");
    },
  ),
  rule(
    "scale of a map",
    digitStarts,
    /(?<![\d.,:])1\s?:\s?(\d{1,3}(?:[\s.\u00a0\u202f]\d{3})+|\d{3,7})(?![\d:]|[.,]\d)/u,
    ([, many = ""]) => `один к ${cardinal(many.replace(/\D/g, ""), { grammaticalCase: "dative" })}`,
  ),
  rule(
    "two memory sizes with a slash",
    digitStarts,
    /(?<![\d.,/])(\d{1,3})\s?\/\s?(?=\d{2,4}\s?(?:[ГТ][Бб]|[GT]B))/u,
    ([, above = ""]) => `${cardinal(above)} на`,
  ),
  rule(
    "score out of a total",
    digitStarts,
    /(?<![\d.,])(\d{1,3})([.,]\d)?\s?\/\s?(5|10|100)(?![\d/]|[.,]\d|\s?%)/u,
    (match) => {
      const [, whole = "", part, all = ""] = match;
      if (part === undefined && !/(?:оцен|рейтинг|балл|получ)/iu.test(beforeOf(match.input, match.index)))
        return undefined;
      const got =
        part === undefined
          ? cardinal(whole)
          : decimal({ sign: "", whole, part: part.slice(1), point: "," }, { gender: "f" });
      return `${got} из ${cardinal(all, { grammaticalCase: "genitive" })}`;
    },
  ),
  rule(
    "whole and a half",
    digitStarts,
    /(?<![\d.,])1,5(?=\s(?:раза|час(?:а|ов)|года|лет|месяц(?:а|ев)|литр(?:а|ов)|километр(?:а|ов)|стакана|(минут|недел|чашк|таблетк|тонн|порци)\p{Ll}{1,2})(?!\p{L}))/u,
    (match) => {
      const around = { before: beforeOf(match.input, match.index), after: "" };
      const grammaticalCase = caseOf(around, undefined, "1");
      if (grammaticalCase !== undefined && grammaticalCase !== "accusative") return "полутора";
      return match[1] === undefined ? "полтора" : "полторы";
    },
  ),
  rule(
    "number with a case ending",
    digitStarts,
    /(?<![\d.,])(\d{1,3})-?(ти|и|ёх|ех|ух|х|мя|ми|ю)(?!\p{L})(?!\sгод)/u,
    (match) => {
      const [, n = "", ending = ""] = match;
      if (ending === "х" && !/^[234]$/.test(n)) return undefined;
      if (ending === "ю" || (ending === "и" && !/[5-9]$|[12]0$/.test(n))) return undefined;
      return cardinal(n, { grammaticalCase: /м[яи]$/u.test(ending) ? "instrumental" : "genitive" });
    },
  ),
  rule(
    "times a day",
    digitStarts,
    /(?<![\d.,–-])(\d{1,2})(?:\s?[-–]\s?(\d{1,2}))?\s?р\.?(?=\s?\/\s?(?:д|сут|нед|мес)|\s(?:в|за)\s(?:день|сутки|неделю|нед|мес|год|час))/u,
    ([, from = "", to]) =>
      `${cardinal(from)}${to === undefined ? "" : ` — ${cardinal(to)}`} ${formWith(Number(to ?? from)) === 1 ? "раза" : "раз"}`,
  ),
  rule(
    "years of light",
    digitStarts,
    /(?<![\d.,])(\d{1,3}(?:[\s,]\d{1,3})*)\sсв\.(?=\s(год|лет|секунд|час|минут)(\p{Ll}*))/u,
    (match) => {
      const [text, written = "", stem = "", ending = ""] = match;
      const figure = parseFigure(written);
      const agreement = agree(figure, {
        before: beforeOf(match.input, match.index),
        after: afterOf(match.input, match.index + text.length),
      });
      const isOne = figure.part !== undefined || formWith(Number(figure.whole.slice(-4))) === 0;
      const isFeminine = /^(?:секунд|минут)/u.test(stem);
      const adjective = !isOne
        ? "световых"
        : isFeminine
          ? ending === "у"
            ? "световую"
            : ending === "а"
              ? "световая"
              : "световой"
          : ending === ""
            ? "световой"
            : "светового";
      return `${figure.part === undefined ? cardinal(figure.whole, agreement) : decimal(figure, { ...agreement, gender: "f" })} ${adjective}`;
    },
  ),
  rule(
    "multiplication sign before the number of times a day",
    "×xхX",
    /(?<=\p{L}\.?\s?)[×xхX]\s?(?=\d{1,2}\s?(?:р\.|раза?(?!\p{L})))/u,
    ", ",
  ),
  rule("stars of a hotel", "*★", /(?<=\d\s?)[*★]+(?=[\s,.;:!?)]|$)/u, ({ input, index }) => {
    const n = /\d+\s?$/.exec(beforeOf(input, index))?.[0].trim() ?? "5";
    return /^(?:отел|гостиниц)/iu.test(/(\p{L}+)\s[\d–-]+\s?$/u.exec(beforeOf(input, index))?.[1] ?? "отель")
      ? ` ${["звезда", "звезды", "звёзд"][formWith(Number(n))]}`
      : undefined;
  }),
  rule(
    "root of a number",
    "√",
    /√(\d{1,9})(?![\d]|[.,]\d)/u,
    ([, n = ""]) => `корень из ${cardinal(n, { grammaticalCase: "genitive" })}`,
  ),
  rule("year on year", "гм", /(?<!\p{L})(г\/г|м\/м)(?!\p{L})/u, ([text]) =>
    text === "г/г" ? "год к году" : "месяц к месяцу",
  ),
  rule(
    "work schedule, such as 2/2",
    digitStarts,
    /(?<![\d.,/])([1-7])\/([1-7])(?!\d)(?<=(?:график|смен)\p{Ll}*\s\d\/\d)/u,
    ([, work = "", rest = ""]) => `${cardinal(work)} через ${cardinal(rest)}`,
  ),
  rule("slash between two counted nouns", "/", /(?<=\d\s\p{Ll}{3,})\/(?=\d+\s\p{Ll}{3,})/u, ", "),
  rule("divided between measures", "/", /(?<=\p{L}\.?\s)\/\s(?=\d)/u, ({ input }) =>
    input.includes("=") ? "разделить на" : "на",
  ),
  rule("per so many", "/", /(?<=\p{L}\.?\s?)\/\s?(?=\d)/u, "на"),
  rule(
    "per something",
    "/",
    /(?<=[\p{L}\d₽€$.]\s?)\/\s?(мес(?:яц)?\.?|сут(?:ки|\.)?|день|д|ночь|год|час|нед(?:елю|\.)?|чел(?:овека|\.)?)(?!\p{L})/u,
    ([, of = ""]) => per(of),
  ),
];

/** A number as the first part of a compound adjective: "пятиэтажный", "сорокалетний". */
function joined(n: string): string {
  return (
    heads[n] ??
    cardinal(n, { grammaticalCase: "genitive" })
      .replaceAll(" ", "")
      .replace(/одного$/u, "одно")
  );
}

function per(of: string): string {
  if (of.startsWith("мес")) return "в месяц";
  if (of.startsWith("сут")) return "в сутки";
  if (of.startsWith("нед")) return "в неделю";
  if (of.startsWith("чел")) return "с человека";
  if (of === "д") return "в день";
  return of === "ночь" ? "за ночь" : `в ${of}`;
}
