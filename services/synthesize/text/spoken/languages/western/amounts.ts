import { digitStarts, letterStarts, type Place, type Reading, type Rule } from "../../rule.ts";
import { afterOf, anyOf, beforeOf } from "../patterns.ts";
import { isRoundMillion, parseFigure, sayCounted, sayFigure } from "./figure.ts";
import type { Agreement } from "./number.ts";
import { createQuantityReader, type Quantity, scales } from "./quantity.ts";
import type { Money, Surroundings, Tongue } from "./tongue.ts";

/** Two years of one season or school year, which are said beside each other: 2024-2025. */
function isSeason(written: string): boolean {
  const [, first, last] = /^((?:19|20)\d\d)[-–/]((?:19|20)\d\d)$/.exec(written) ?? [];
  return first !== undefined && Number(last) === Number(first) + 1;
}

/** Amounts: numbers with units, money, percents, and ranges of them; and numbers by themselves, which come last. */
export function amountRules(tongue: Tongue): readonly Rule[] {
  const { parse, divisor } = createQuantityReader(tongue);
  const unit = anyOf(tongue.units.keys());

  function sayMoney({ figure, noun, per }: Quantity, { coin, part }: Money, agreement: Agreement): string {
    if (noun !== undefined) {
      const many = coin.forms[coin.forms.length - 1] ?? "";
      const link = tongue.signs.of ?? "";
      // "Two thousand euros" has no "of".
      if (/^mil$|^mila$/.test(noun.forms[0] ?? "")) return `${sayCounted(figure, noun, agreement, tongue)} ${many}`;
      return `${sayCounted(figure, noun, agreement, tongue)} ${/^[aeiouàéè]/i.test(many) && link === "de " ? "d'" : link}${many}`;
    }
    const cents = figure.part?.padEnd(2, "0");
    if (cents === undefined || cents.length > 2 || part === undefined)
      return `${sayCounted(figure, coin, agreement, tongue)}${per === "" ? "" : ` ${per}`}`;
    const isNought = /^0+$/.test(figure.whole);
    const partFigure = parseFigure(cents.replace(/^0(?=\d)/, ""));
    const partWords = sayFigure(partFigure, { gender: part.gender }, tongue);
    const partName = tongue.form(partFigure, part, agreement);
    if (isNought && cents !== "00")
      return `${sayFigure({ ...partFigure, sign: figure.sign }, { gender: part.gender }, tongue)} ${partName} ${per}`.trim();
    const coins = sayCounted({ ...figure, part: undefined, point: "" }, coin, agreement, tongue);
    const price = cents === "00" ? coins : tongue.price(coins, partWords, partName);
    return per === "" ? price : `${price} ${per}`;
  }

  function say(quantity: Quantity, agreement: Agreement): string {
    const { figure, noun, per, money } = quantity;
    if (money !== undefined) return sayMoney(quantity, money, agreement);
    if (noun === undefined) return sayFigure(figure, agreement, tongue);
    return [sayCounted(figure, noun, agreement, tongue), per].filter((word) => word !== "").join(" ");
  }

  const dash = /\s?[-–—−~～〜]\s?/y;
  /** A currency or a word for many repeated in words after its sign is not said twice. */
  function range(text: string, index: number, from: Quantity): Reading | undefined {
    dash.lastIndex = from.end;
    const mark = dash.exec(text)?.[0] ?? "";
    if (mark === "" || (/^\s[-−]\s$/.test(mark) && /[=×÷+*]/.test(text))) return undefined;
    if (mark.startsWith(" ") !== mark.endsWith(" ")) return undefined;
    const to = parse(text, from.end + mark.length);
    if (to === undefined || to.figure.sign === "+" || /^[-–]\d|^\s?=/.test(afterOf(text, to.end))) return undefined;
    // What so many of something cost is no span: 1 kWh – 5 €.
    const isPriced =
      from.noun !== undefined && from.money === undefined && to.money !== undefined && to.noun === undefined;
    if (isPriced && mark.startsWith(" ") && !scales.has(from.noun?.forms[0] ?? "")) return undefined;
    const isNext =
      /^\d[-–]\d(?!\d|[.,]\d)/.test(text.slice(index)) && Number(to.figure.whole) === Number(from.figure.whole) + 1;
    const around: Surroundings = {
      before: beforeOf(text, index),
      after: afterOf(text, to.end),
      counted: to.noun ?? to.money?.coin,
      isNext,
    };
    const shared: Quantity = {
      ...from,
      noun: from.noun === to.noun ? undefined : from.noun,
      money: undefined,
      per: "",
    };
    const sameMoney = from.money === undefined || to.money === undefined || from.money === to.money;
    const first: Quantity = sameMoney ? shared : from;
    const last: Quantity = { ...to, money: to.money ?? from.money };
    const years = yearsOf(first, last, text.slice(from.end - 4, from.end), around);
    if (years !== undefined)
      return {
        spoken: tongue.range(
          () => years[0],
          () => years[1],
          around,
        ),
        end: to.end,
      };
    if (
      tongue.million !== undefined &&
      isSeason(text.slice(index, to.end)) &&
      !/(?:^|\s)d[eu]\s$|entre\s$/i.test(around.before)
    )
      return { spoken: `${say(first, {})}-${say(last, {})}`, end: to.end };
    // Two seats or pages beside each other are two, not a range.
    if (
      tongue.pairCues?.test(around.before) === true &&
      Number(last.figure.whole) === Number(first.figure.whole) + 1 &&
      last.noun === undefined
    )
      return { spoken: `${say(first, {})} ${tongue.signs.and} ${say(last, {})}`, end: to.end };
    const counted = last.noun ?? last.money?.coin;
    const shown = { ...tongue.agree(from.figure, around), ...tongue.agree(to.figure, around) };
    const agreement = counted === undefined ? shown : { ...shown, gender: counted.gender };
    const spoken = tongue.range(
      (wanted) => say(first, { ...agreement, ...wanted }),
      (wanted) => say(last, { ...agreement, ...wanted }),
      around,
    );
    return { spoken, end: to.end };
  }

  /** The years of a span such as 1914–1918, where its end would be read as a year by itself. */
  function yearsOf(
    first: Quantity,
    last: Quantity,
    written: string,
    around: Surroundings,
  ): [string, string] | undefined {
    if (last.noun !== undefined || last.money !== undefined || !/^\d{4}$/.test(written)) return undefined;
    const end = tongue.year?.(last.figure.whole, { ...around, before: `${written}–` });
    const start = end === undefined ? undefined : tongue.year?.(first.figure.whole, { ...around, before: "#month " });
    return end === undefined || start === undefined ? undefined : [start, end];
  }

  function read({ text, index }: Place): Reading | undefined {
    const c = text[index] ?? "";
    const previous = text[index - 1] ?? "";
    if (/[-−–+±]/.test(c)) {
      // A sign after a number or a letter is no part of the number that follows it.
      if (/[\p{L}\d)%²³]/u.test(previous) || (c !== "±" && /[\d)%]\s$/.test(text.slice(Math.max(0, index - 2), index))))
        return undefined;
    } else if (/[\d]/.test(c) ? /[\d]/.test(previous) : /\p{L}/u.test(previous)) return undefined;
    const quantity = parse(text, index);
    if (quantity === undefined) return undefined;
    const pair = range(text, index, quantity);
    if (pair !== undefined) return pair;
    const around: Surroundings = {
      before: beforeOf(text, index),
      after: afterOf(text, quantity.end),
      counted: quantity.noun ?? quantity.money?.coin,
    };
    const isBare = quantity.noun === undefined && quantity.money === undefined;
    if (isBare && /^\d{4}$/.test(text.slice(index, quantity.end))) {
      const year = tongue.year?.(quantity.figure.whole, around);
      if (year !== undefined) return { spoken: year, end: quantity.end };
    }
    const said = say(quantity, tongue.agree(quantity.figure, around));
    const counted = /^\s(\p{Ll}{3,})(?!\p{L})/u.exec(around.after);
    if (
      isBare &&
      counted !== null &&
      isRoundMillion(quantity.figure) &&
      !/^(?:para|pour|par|per|por|con|com|avec|sono|sont|son|são|est|del?|des|delle?)$/.test(counted[1] ?? "")
    ) {
      const joined = tongue.ofMillions?.(counted[1] ?? "");
      if (joined !== undefined) return { spoken: `${said} ${joined}`, end: quantity.end + counted[0].length };
    }
    return { spoken: said, end: quantity.end };
  }
  const starts = [...new Set([...tongue.currencies.keys()].map((written) => written[0]))].join("");
  const quotient = new RegExp(
    `(?<![\\p{L}\\d/])(?:(?<=[⁰¹²³⁴⁵⁶⁷⁸⁹]\\s?|(?:en|in|em)\\s(?=[^\\s/]+/))(${unit})(?![\\p{L}\\d])|(\\p{L}{2}[\\p{L}²³]*)(?=/))`,
    "uy",
  );
  /** A unit divided by another without a number of its own: "in kg/m³". */
  function readUnit({ text, index }: Place): Reading | undefined {
    quotient.lastIndex = index;
    const match = quotient.exec(text);
    const noun = tongue.units.get(match?.[1] ?? match?.[2] ?? "");
    if (match === null || noun === undefined || tongue.perMany === undefined) return undefined;
    const end = index + match[0].length;
    if (text[end] !== "/") return { spoken: noun.forms[1] ?? "", end };
    const below = divisor(text, end);
    return below === undefined ? undefined : { spoken: `${noun.forms[1]} ${below.said}`, end: below.end };
  }
  const lone = /(?<=\p{L}\s)(?:km|kg|cm|mm|mg|ml|kWh|GB|m²|m³|km²|mq)(?![\p{L}\d/²³])/uy;
  const manyBefore = /(?:mil|bil)\p{L}+\s(?:d[ei])\s$|(?<!\p{L})(?:en|in|em|les|los|os|des|dos)\s$/u;
  /** A unit after words: "150 millones de km", "el precio por m²". */
  function readLoneUnit({ text, index }: Place): Reading | undefined {
    lone.lastIndex = index;
    const written = lone.exec(text)?.[0];
    const noun = written === undefined || tongue.perMany === undefined ? undefined : tongue.units.get(written);
    if (noun === undefined || written === undefined) return undefined;
    const form = noun.forms[manyBefore.test(beforeOf(text, index)) ? 1 : 0] ?? "";
    return { spoken: form, end: index + written.length };
  }
  return [
    { name: "unit after words", starts: letterStarts, read: readLoneUnit },
    { name: "unit by itself", starts: letterStarts, read: readUnit },
    { name: "amount", starts: `${digitStarts}-−–+±${starts}`, read },
  ];
}
