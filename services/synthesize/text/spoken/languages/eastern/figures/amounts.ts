import { digitStarts, type Place, type Reading, type Rule, rule } from "../../../rule.ts";
import { anyOf, beforeOf } from "../../patterns.ts";
import type { EasternTongue } from "../tongue.ts";
import { type AmountReader, createAmountReader, numberSource, sayNumber } from "./amount.ts";
import { readRange } from "./range.ts";

/** A language's rules for amounts, such as `60km/h` or `3本`, and functions that read such an amount or its unit. */
export interface Amounts {
  /** Reads the number that begins at an index, together with its sign, unit and counter, as words. */
  readonly readNumber: (text: string, index: number) => Reading | undefined;
  /** Reads the unit of measure that begins at an index. */
  readonly readUnit: (text: string, index: number) => Reading | undefined;
  readonly rules: readonly Rule[];
}

/**
 * Creates the rules and functions with which a language reads numbers with their units, currencies and counters, and
 * ranges of such numbers.
 */
export function amountsOf(tongue: EasternTongue): Amounts {
  const reader = createAmountReader(tongue);
  return {
    readNumber: reader.amountAt,
    readUnit: reader.unitAt,
    rules: [scaledMoney(tongue), limit(tongue, reader), speed(tongue), amount(tongue, reader)],
  };
}

const currencyStarts = (tongue: EasternTongue): string =>
  [...new Set([...tongue.currencies.keys()].map((written) => written[0]))].join("");

/** Reads an amount of money with a letter for thousands, millions or billions: `$3.4B`, `€200k`. */
const scaledMoney = (tongue: EasternTongue): Rule =>
  rule(
    "money in thousands or millions",
    currencyStarts(tongue),
    new RegExp(
      `(?<![A-Za-z])(${anyOf(tongue.currencies.keys(), "A-Za-z")})\\s?(\\d+)(?:\\.(\\d{1,3}))?([KMBk])(?![A-Za-z])`,
    ),
    ([, currency = "", whole = "", part = "", size = ""]) => {
      const places = size === "B" ? 9 : size === "M" ? 6 : 3;
      return tongue.cardinal(`${whole}${part.padEnd(places, "0")}`) + tongue.join + tongue.currencies.get(currency);
    },
  );

/** Reads a limit, that is, an amount after a sign such as ≥: `≥ 5kg`. */
const limit = (tongue: EasternTongue, reader: AmountReader): Rule => ({
  name: "amount after a sign such as ≥",
  starts: "≥≤≧≦",
  read({ text, index }) {
    const amount = reader.amountAt(text, index + (text[index + 1] === " " ? 2 : 1));
    if (amount === undefined) return undefined;
    const sign = /[≥≧]/.test(text[index] ?? "") ? "≥" : "≤";
    return { spoken: tongue.limit(amount.spoken, sign, beforeOf(text, index)), end: amount.end };
  },
});

/** Reads a speed such as `60km/h`: "per hour" or "per second" is said first, unless it is already written there. */
const speed = (tongue: EasternTongue): Rule =>
  rule("speed", digitStarts, new RegExp(`(?<![\\d.,])(${numberSource})\\s?(km/h|km/s|m/s)(?![²\\^/])`), (match) => {
    const [, number = "", unit = ""] = match;
    const lead = tongue.speeds.get(unit);
    if (lead === undefined) return undefined;
    const said = `${sayNumber(tongue, number)}${tongue.join}${tongue.units.get(unit.replace(/\/.*/, ""))}`;
    return beforeOf(match.input, match.index).trimEnd().endsWith(lead) ? said : `${lead}${tongue.join}${said}`;
  });

/** Reads amounts and ranges of them: `3.5kg`, `-5℃`, `12.5km/L`, `3~5人`. */
const amount = (tongue: EasternTongue, reader: AmountReader): Rule => ({
  name: "amount",
  starts: `${digitStarts}-−+±${currencyStarts(tongue)}`,
  read(place) {
    const { text, index } = place;
    const found = mayBeginAt(place) ? reader.amountAt(text, index) : undefined;
    if (found === undefined) return undefined;
    const from = reader.withDivisor(found, text);
    return readRange(tongue, reader, place, from) ?? from;
  },
});

/**
 * Whether an amount may begin at `index`: not at a sign after a number or a letter, since that sign is not part
 * of the number after it.
 */
function mayBeginAt({ text, index }: Place): boolean {
  const c = text[index] ?? "";
  const previous = text[index - 1] ?? "";
  if (/[-−+±]/.test(c))
    return !(/[A-Za-z\d)%²³]/.test(previous) || /[\d)]\s$/.test(text.slice(Math.max(0, index - 2), index)));
  return !(/\d/.test(c) ? /\d/ : /[A-Za-z]/).test(previous);
}
