import { capitalStarts, digitStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, beforeOf } from "../patterns.ts";
import { spell } from "../western/figure.ts";
import type { Tongue } from "../western/tongue.ts";
import { cardinal, ordinal } from "./number.ts";
import { endingOf } from "./ordinals.ts";

/**
 * Rules for numbers that identify something, such as bank accounts, docket numbers, oil grades and dates with a full
 * stop, and for signs and abbreviations next to them. `tongue` returns how German says numbers.
 */
export const identityRules = (tongue: () => Tongue): readonly Rule[] => [
  account(tongue),
  numberToCall(tongue),
  dateOfEarlyYear(tongue),
  rule("from date to date", "-–", /(?<=\d\.\s?)[-–]\s?(?=\d{1,2}\.\s?(?:\d{1,2}\.|\p{Lu}\p{Ll}))/u, "bis "),
  wholePrice,
  rule("and written short", "u", /(?<![\p{L}\d.])u\.(?=\s(?:\p{Lu}?\p{Ll}{2}|\d|\p{Lu}(?![\p{L}.])))/u, "und"),
  keyOfTelephone,
  rule("step of a menu", ">→›»", /(?<=\p{L}{2}["“”]?\s)[>→›»](?=\s["„“]?\p{Lu}\p{L}+)/u, (match) =>
    /=/.test(beforeOf(match.input, match.index)) ? undefined : ", ",
  ),
  docket,
  rule("key of tabs", "T", /(?<=\+\s?)Tab(?!\p{L})/u, "Tab"),
  hexadecimal(tongue),
  yearsOfShortSpan(tongue),
  decimalOfName(tongue),
  rule("share by volume", "vV", /(?<=%\s)[Vv]ol\.?(?!\p{L})/u, "Volumen"),
  gradeOfOil,
  minuteOfGame,
  rule("sentence of a paragraph of a law", "S", /(?<=(?:Abs\.|Absatz)\s\d+[a-z]?\s)S\.\s?(?=\d)/, "Satz "),
  rule("page in a cross-reference", "s", /(?<![\p{L}\d.])s\.\s?S\.\s?(?=\d)/u, "siehe Seite "),
  rule("f. or ff. after a number", "f", /(?<=\d\s?)ff?\.(?!\p{L})/u, "folgende"),
  rule("car of a train", "W", /(?<!\p{L})Wg\.\s?(?=\d)/u, "Wagen "),
  rent,
  rule("day of a judgment", "v", /(?<![\p{L}\d])v\.(?=\s\d{1,2}\.\s?(?:\d|\p{Lu}))/u, "vom"),
  dayAndMonth(tongue),
  daysOfOneMonth,
];

/** Reads an IBAN group by group: DE89 3704 0044 0532 0130 00. */
const account = (tongue: () => Tongue): Rule =>
  rule(
    "international bank account number",
    capitalStarts,
    /(?<![\p{L}\d])[A-Z]{2}\d{2}(?:\s[A-Z\d]{4}){2,7}(?:\s[A-Z\d]{1,3})?(?![\p{L}\d])/u,
    ([text]) =>
      text
        .split(" ")
        .map((group) =>
          (group.match(/\d+|[A-Z]+/g) ?? [])
            .map((run) => (/\d/.test(run) ? spell(run, tongue()) : [...run].join(" ")))
            .join(" "),
        )
        .join(", "),
  );

/** Reads a telephone number after "unter", as in `unter 116 117`, if a word near the number is about calling. */
const numberToCall = (tongue: () => Tongue): Rule =>
  rule(
    "telephone number after the word unter",
    digitStarts,
    /(?<=\bunter\s(?:der\s)?(?:[Nn]ummer\s|[Rr]ufnummer\s)?)\d{3,}(?:[\s/-]\d{2,})*(?![\d]|[.,]\d|\s(?:€|Euro|\p{Lu}\p{Ll}+n\b))/u,
    (match) =>
      /erreich|\bruf|anruf|telefon|sperr|hotline|notruf|wähl|melde|kontakt|rund um die Uhr|service|zentrale|beratung/i.test(
        match.input.slice(Math.max(0, match.index - 80), match.index + 60),
      )
        ? match[0]
            .split(/[\s/-]/)
            .map((group) => spell(group, tongue()))
            .join(", ")
        : undefined,
  );

/** Reads a date whose year is before 1000: `24.12.800`. */
const dateOfEarlyYear = (tongue: () => Tongue): Rule =>
  rule(
    "date with a year before 1000",
    digitStarts,
    /(?<![\d.,/:-])(\d{1,2})\.(\d{1,2})\.([1-9]\d\d)(?![\d.,]\d|\d)/,
    (match) => {
      const [, day = "", month = "", year = ""] = match;
      return Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12 && Number(day) > 0
        ? `${tongue().date(day, Number(month), undefined, { before: beforeOf(match.input, match.index), after: "" })} ${cardinal(year)}`
        : undefined;
    },
  );

/** Reads a price with a dash instead of cents: `5,– €`. */
const wholePrice = rule(
  "whole price",
  digitStarts,
  /(?<![\d.,])(\d+(?:\.\d{3})*),[-–—](?:\s?(?:€|EUR|Euro))?(?!\d)/,
  ([, n = ""]) => `${cardinal(n.replaceAll(".", ""), { gender: "m" })} Euro`,
);

/** Reads the star and hash keys in a telephone code: `*21#`. */
const keyOfTelephone = rule(
  "key of a telephone",
  "*#",
  /(?<=(?:^|\s)(?:[*#]\s?\d*\s?)?)\*(?=\s?\d+)|(?<=\d\s?)#(?=[\s.,!]|$)|(?<=(?:[Dd]ann|[Uu]nd|[Mm]it|[Tt]aste|[Dd]ie)\s)[*#](?=[\s.,!]|$)/,
  ([sign]) => (sign === "*" ? "Stern " : " Raute"),
);

const courts =
  /(?:BGH|BVerfG|BAG|BFH|BSG|BVerwG|EuGH|OLG|LG|AG|Az\.?|Aktenzeichen|Urt\.|Urteil|[IVX]+\s(?:ZR|ZB|StR|AZR|R|B|C|BvR|ARs))[^.;]*$/;

/** Reads the number before the slash of a docket number (`12 O 34/21`) after the name of a court or after "Az.". */
const docket = rule("number of a docket", digitStarts, /(?<![\d.,/])(\d{1,4})\/(?=\d{2}(?![\d/]|[.,]\d))/, (match) =>
  courts.test(beforeOf(match.input, match.index)) ? `${cardinal(match[1] ?? "")} Schrägstrich ` : undefined,
);

/** Reads a hexadecimal number digit by digit: `0x1F`. */
const hexadecimal = (tongue: () => Tongue): Rule =>
  rule(
    "hexadecimal number after 0x",
    "0",
    /(?<![\d.])0x([\dA-Fa-f]+)(?![\p{L}\d])/u,
    ([, text = ""]) =>
      `null x ${[...text].map((c) => (/\d/.test(c) ? spell(c, tongue()) : c.toUpperCase())).join(" ")}`,
  );

/** Reads the first year of a range whose second year is shortened: `1998-99`. */
const yearsOfShortSpan = (tongue: () => Tongue): Rule =>
  rule(
    "range of years with a shortened second year",
    digitStarts,
    /(?<![\d.,])(?<!(?:Aktenzeichen|Rechnung|Vorgang|Az\.|Nr\.|Ref\.)\s)((?:1[1-9]|20)\d{2})[-–](?=(\d{2})(?![\d.,%]|\s?(?:€|%)))/,
    ([, from = "", to = ""]) =>
      Number(to) > Number(from.slice(2))
        ? `${tongue().year?.(from, { before: "#month ", after: "" }) ?? cardinal(from)} bis `
        : undefined,
  );

/** Reads a decimal number that is part of a name: `PM 2,5`. */
const decimalOfName = (tongue: () => Tongue): Rule =>
  rule(
    "decimal number in a name",
    digitStarts,
    /(?<=(?<!\p{L})PM\s?)(\d+),(\d+)(?!\d)/u,
    ([, whole = "", part = ""]) => `${cardinal(whole)} Komma ${spell(part, tongue())}`,
  );

/** Reads the grade of an engine oil: `5W-30`. */
const gradeOfOil = rule(
  "grade of an engine oil",
  digitStarts,
  /(?<![\p{L}\d])(\d{1,2})W-?(\d{2})(?!\d)/u,
  ([, cold = "", warm = ""]) => `${cardinal(cold)} W ${cardinal(warm)}`,
);

/** Reads the minute of a goal, in brackets after the name of the player: `Müller (45.+2)`. */
const minuteOfGame = rule(
  "minute of a game",
  digitStarts,
  /(?<=(?:\p{Lu}[\p{L}-]+\s\(|\p{Lu}[\p{L}-]+\s\((?:\d{1,3}\.(?:\+\d{1,2})?(?:,|\/|\sund)\s){1,3}|\p{Ll}\s\())(\d{1,3})(?:\.|['’′])(?:\s?\+\s?(\d{1,2}))?(?=[,)/]|\s(?:und|FE|Elfmeter))/u,
  ([, n = "", added]) => `${ordinal(n)} Minute${added === undefined ? "" : ` plus ${cardinal(added)}`}`,
);

/** Reads abbreviations about rent (`KM`, `NK`, `WM`, `MM`) in full if a price or a word for a flat is near them. */
const rent = rule(
  "abbreviated rental term, such as KM",
  "KNWM",
  /(?<![\p{L}\d])(KM|NK|WM|MM)(?![\p{L}\d])/u,
  (match) =>
    /€|Miete|Zi\.|Zimmer|Whg|m²|Kaution|Nebenkosten/.test(
      beforeOf(match.input, match.index) + afterOf(match.input, match.index + match[0].length),
    )
      ? { KM: "Kaltmiete", NK: "Nebenkosten", WM: "Warmmiete", MM: "Monatsmieten" }[match[1] ?? ""]
      : undefined,
);

/** Matches words before a number with full stops that make it a section or a version: "Kapitel 3.2". */
const sectionBefore =
  /(?:Kapitel|Kap\.|Abschnitt|Punkt|Ziffer|Ziff\.|Version|Nr\.|Nummer|Abb\.|Abbildung|Tabelle|Tab\.|Aufgabe|Übung|§|Artikel|Art\.|Anhang|iOS|Windows|Android)\s$/;

/** Reads `24.12.` as a date, unless a word before it shows that it is the number of a section or a version. */
const dayAndMonth = (tongue: () => Tongue): Rule =>
  rule(
    "day and month in figures with full stops",
    digitStarts,
    /(?<![\d.,/:-])(0?[1-9]|[12]\d|3[01])\.\s?(0?[1-9]|1[0-2])\.(?=[\s,;)–-]|$)(?!\s?\d{4})/,
    (match) => {
      const before = beforeOf(match.input, match.index);
      const [whole, day = "", month = ""] = match;
      const following = match.input.slice(match.index + whole.length, match.index + whole.length + 3);
      if (sectionBefore.test(before) || /(?:^|\n)\s*$/.test(before) || /^\s\p{Lu}/u.test(following)) return undefined;
      const said = tongue().date(day.replace(/^0/, ""), Number(month), undefined, { before, after: "" });
      return /^\s*$/.test(match.input.slice(match.index + whole.length)) ? `${said}.` : said;
    },
  );

/** Reads the first day of a range of days in one month: `24.–26.12.`. */
const daysOfOneMonth = rule(
  "range of days in one month",
  digitStarts,
  /(?<![\d.,/:-])(0?[1-9]|[12]\d|3[01])\.\s?(?:[-–]|bis)\s?(?=(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.)/,
  (match) => `${ordinal((match[1] ?? "").replace(/^0/, ""), endingOf(beforeOf(match.input, match.index), "Mai"))} bis `,
);
