import { numberedName, romanValue, rulerName } from "../../amounts/roman.ts";
import { ordinal } from "../../en/number.ts";
import { digitStarts, letterStarts, type Rule, rule } from "../../rule.ts";
import { afterOf, beforeOf } from "../patterns.ts";
import { particleAfter } from "./letters.ts";
import { cardinal, spell } from "./number.ts";

const month = (digits: string): string =>
  `${Number(digits) === 6 ? "유" : Number(digits) === 10 ? "시" : cardinal(digits)}월`;

/** The English number words from one on, in Korean spelling, for numbers after a name in Latin letters: TOPIK 투. */
const borrowed = "원 투 쓰리 포 파이브 식스 세븐 에이트 나인 텐 일레븐 트웰브 써틴 포틴 피프틴 식스틴".split(" ");

/** Rules for numbers and symbols in ways of writing that only Korean has. */
export const ownRules: readonly Rule[] = [
  // In "2025. 3. 12." and "2025.3.12." the last full stop is part of the date.
  rule(
    "date with full stops",
    digitStarts,
    /(?<![\d.,])((?:1[89]|20)\d\d)\.\s?(0?[1-9]|1[0-2])\.(?:\s?(0?[1-9]|[12]\d|3[01])(?!\d|[.,]\d)(?:\.(?!\d))?)?/,
    (match) => {
      const [text, year = "", monthDigits = "", day] = match;
      // If the day is missing, this may not be a date: 2025.3 may be a decimal number.
      if (day === undefined && (!/\.\s/.test(text) || /^\s?\d/.test(afterOf(match.input, match.index + text.length))))
        return undefined;
      return `${cardinal(year)} 년 ${month(monthDigits)}${day === undefined ? "" : ` ${cardinal(day)} 일`}`;
    },
  ),
  rule(
    "fraction written with 분의",
    digitStarts,
    /(?<![\d.,])(\d+)\s?분의\s?(\d+)/,
    ([, below = "", above = ""]) => `${cardinal(below)}분의 ${cardinal(above)}`,
  ),
  rule("emergency telephone number", digitStarts, /(?<![\d.,-])1\d{2,3}(?![\d-]|[.,]\d)/, (match) => {
    const after = afterOf(match.input, match.index + match[0].length);
    return /^(?:번)?(?:에|으로|로)?\s?(?:구급|긴급|[가-힣]{0,4}\s?)?(?:신고|전화|연락|문의|상담|구조대|구급대|콜센터)/.test(
      after,
    ) && !/^(?:명|개|원|건|회)/.test(after)
      ? spell(match[0])
      : undefined;
  }),
  rule(
    "particle after a bracket",
    ")）]",
    /(?<=[가-힣A-Za-z])[)）\]](은|는|을|를|이|가|과|와|으로|로|이에요|예요)(?![가-힣])/,
    (match) => particleAfter(beforeOf(match.input, match.index), match[1] ?? ""),
  ),
  rule(
    "equals sign after a name in Latin letters",
    letterStarts,
    /(?<![A-Za-z])([A-Za-z]{2,})\s?=(?!=)\s?(?=[\d가-힣√(₩$-])/,
    ([, name = ""]) => `${name}${particleAfter(name, "은")} `,
  ),
  rule(
    "equals sign after a Korean word",
    " =",
    /(?<=[가-힣]|[가-힣]\))\s?=(?!=)\s?(?=[^\s=])(?![A-Z]{2,}\(|이[가-힣]|입니|[은을의]\s)/,
    (match) => `${particleAfter(beforeOf(match.input, match.index).replace(/\)$/, ""), "은")} `,
  ),
  rule(
    "Roman numeral after a name in Latin letters",
    "IVX",
    /(?<=[A-Za-z]{2}\s)[IVX]+(?![\w'’.-])/,
    ([text], place) => {
      const left = beforeOf(place.text, place.index);
      const value = romanValue(text);
      if (value === undefined) return undefined;
      if (rulerName.test(left))
        return `${cardinal(String(value))}${/^\s?세/.test(place.text.slice(place.index + text.length)) ? "" : " 세"}`;
      return numberedName.test(left) || /(?:TOPIK|SAT|GTA)\s$/.test(left) || (text.length > 1 && !/^X+$/.test(text))
        ? borrowed[value - 1]
        : undefined;
    },
  ),
  rule("English ordinal", digitStarts, /(?<![\d.,])(\d{1,4})(?:st|nd|rd|th)(?![A-Za-z])/, ([, n = ""]) => ordinal(n)),
  rule(
    "hexadecimal number after 0x",
    "0",
    /(?<![\w.])0[xX]([\dA-Fa-f]+)(?!\w)/,
    ([, text = ""]) =>
      `영엑스 ${text.replace(/\d+|[A-Fa-f]+/g, (part) => (/\d/.test(part) ? spell(part) : ` ${part} `)).trim()}`,
  ),
  rule("minus between words", "-−–", /(?<=[가-힣)]\s)[-−–]\s(?=[가-힣(])/, (match) =>
    /[=×÷+]/.test(beforeOf(match.input, match.index)) ? "빼기 " : undefined,
  ),
];
