import type { Place, Reading } from "../../../rule.ts";
import { afterOf, beforeOf } from "../../patterns.ts";
import type { Surroundings, Tongue } from "../tongue.ts";
import { type Quantity, type QuantityReader, scales } from "./quantity.ts";
import { sayQuantity } from "./say.ts";

/** Two amounts with a dash between them. */
interface Pair {
  /** The first amount as written; `to` is the second. */
  readonly from: Quantity;
  readonly to: Quantity;
  /** The two amounts of the range as spoken; a unit or currency that both share is said only in `last`. */
  readonly first: Quantity;
  readonly last: Quantity;
  /** `written` is the text of the whole range; `startWritten` is the last four characters of its first amount. */
  readonly written: string;
  readonly startWritten: string;
  readonly around: Surroundings;
}

const dash = /\s?[-–—−~～〜]\s?/y;

/** Reads a range whose first amount is `from`: `3–5 kg`, `10 € - 12 €`, `1914–1918`. Undefined if there is no range. */
export function readRange(
  tongue: Tongue,
  { parse }: QuantityReader,
  { text, index }: Place,
  from: Quantity,
): Reading | undefined {
  dash.lastIndex = from.end;
  const mark = dash.exec(text)?.[0] ?? "";
  if (mark === "" || (/^\s[-−]\s$/.test(mark) && /[=×÷+*]/.test(text))) return undefined;
  if (mark.startsWith(" ") !== mark.endsWith(" ")) return undefined;
  const to = parse(text, from.end + mark.length);
  if (to === undefined || to.figure.sign === "+" || /^[-–]\d|^\s?=/.test(afterOf(text, to.end))) return undefined;
  if (mark.startsWith(" ") && isPriced(from, to)) return undefined;
  const sameMoney = from.money === undefined || to.money === undefined || from.money === to.money;
  const pair: Pair = {
    from,
    to,
    first: sameMoney
      ? { ...from, noun: from.noun === to.noun ? undefined : from.noun, money: undefined, per: "" }
      : from,
    last: { ...to, money: to.money ?? from.money },
    written: text.slice(index, to.end),
    startWritten: text.slice(from.end - 4, from.end),
    around: {
      before: beforeOf(text, index),
      after: afterOf(text, to.end),
      counted: to.noun ?? to.money?.coin,
      isNext:
        /^\d[-–]\d(?!\d|[.,]\d)/.test(text.slice(index)) && Number(to.figure.whole) === Number(from.figure.whole) + 1,
    },
  };
  const spoken = sayYears(tongue, pair) ?? saySeason(tongue, pair) ?? sayPlaces(tongue, pair) ?? saySpan(tongue, pair);
  return { spoken, end: to.end };
}

/** Whether the dash stands between a quantity and its price: "1 kWh – 5 €". */
const isPriced = (from: Quantity, to: Quantity): boolean =>
  from.noun !== undefined &&
  from.money === undefined &&
  to.money !== undefined &&
  to.noun === undefined &&
  !scales.has(from.noun.forms[0] ?? "");

/** Says a range of years such as 1914–1918; undefined if the second number by itself would not be read as a year. */
function sayYears(tongue: Tongue, { first, last, startWritten, around }: Pair): string | undefined {
  if (last.noun !== undefined || last.money !== undefined || !/^\d{4}$/.test(startWritten)) return undefined;
  const end = tongue.year?.(last.figure.whole, { ...around, before: `${startWritten}–` });
  const start = end === undefined ? undefined : tongue.year?.(first.figure.whole, { ...around, before: "#month " });
  return end === undefined || start === undefined
    ? undefined
    : tongue.range(
        () => start,
        () => end,
        around,
      );
}

/**
 * Says two consecutive years of one season or school year one after the other, without "to": `2024-2025`. Undefined for
 * other ranges.
 */
function saySeason(tongue: Tongue, { first, last, written, around }: Pair): string | undefined {
  const [, start, end] = /^((?:19|20)\d\d)[-–]((?:19|20)\d\d)$/.exec(written) ?? [];
  const isSeason =
    tongue.million !== undefined &&
    start !== undefined &&
    Number(end) === Number(start) + 1 &&
    !/(?:^|\s)d[eu]\s$|entre\s$/i.test(around.before);
  return isSeason ? `${sayQuantity(tongue, first, {})}-${sayQuantity(tongue, last, {})}` : undefined;
}

/** The words for two adjacent seats or pages, with "and": "pages three and four"; undefined for other ranges. */
function sayPlaces(tongue: Tongue, { first, last, around }: Pair): string | undefined {
  const areTwo =
    tongue.pairCues?.test(around.before) === true &&
    Number(last.figure.whole) === Number(first.figure.whole) + 1 &&
    last.noun === undefined;
  return areTwo ? `${sayQuantity(tongue, first, {})} ${tongue.signs.and} ${sayQuantity(tongue, last, {})}` : undefined;
}

/** Says a range from one amount to another: "three to five kilos". */
function saySpan(tongue: Tongue, { from, to, first, last, around }: Pair): string {
  const counted = last.noun ?? last.money?.coin;
  const shown = { ...tongue.agree(from.figure, around), ...tongue.agree(to.figure, around) };
  const agreement = counted === undefined ? shown : { ...shown, gender: counted.gender };
  return tongue.range(
    (wanted) => sayQuantity(tongue, first, { ...agreement, ...wanted }),
    (wanted) => sayQuantity(tongue, last, { ...agreement, ...wanted }),
    around,
  );
}
