import { digitStarts, type Place, type Reading, type Rule } from "../../../rule.ts";
import { afterOf, beforeOf } from "../../patterns.ts";
import { isRoundMillion } from "../figure.ts";
import type { Surroundings, Tongue } from "../tongue.ts";
import { createQuantityReader, type Quantity } from "./quantity.ts";
import { readRange } from "./range.ts";
import { sayQuantity } from "./say.ts";
import { loneUnit, quotientOfUnits } from "./units.ts";

/**
 * Rules for amounts: numbers with units, money, percentages, and ranges of these. A rule for plain numbers comes last.
 */
export function amountRules(tongue: Tongue): readonly Rule[] {
  const reader = createQuantityReader(tongue);
  const currencyStarts = [...new Set([...tongue.currencies.keys()].map((written) => written[0]))].join("");
  return [
    loneUnit(tongue),
    quotientOfUnits(tongue, reader),
    {
      name: "amount",
      starts: `${digitStarts}-−–+±${currencyStarts}`,
      read(place) {
        if (!mayBeginAt(place)) return undefined;
        const quantity = reader.parse(place.text, place.index);
        return quantity === undefined
          ? undefined
          : (readRange(tongue, reader, place, quantity) ?? readAlone(tongue, place, quantity));
      },
    },
  ];
}

/**
 * Whether an amount may begin at `index`: not at a sign after a number or a letter, since that sign is not part of the
 * number after it.
 */
function mayBeginAt({ text, index }: Place): boolean {
  const c = text[index] ?? "";
  const previous = text[index - 1] ?? "";
  if (/[-−–+±]/.test(c))
    return !(
      /[\p{L}\d)%²³]/u.test(previous) ||
      (c !== "±" && /[\d)%]\s$/.test(text.slice(Math.max(0, index - 2), index)))
    );
  return !(/\d/.test(c) ? /\d/ : /\p{L}/u).test(previous);
}

/** Reads an amount that is not part of a range: a year, a round million with what it counts, or another quantity. */
function readAlone(tongue: Tongue, { text, index }: Place, quantity: Quantity): Reading {
  const { figure, noun, money, end } = quantity;
  const around: Surroundings = {
    before: beforeOf(text, index),
    after: afterOf(text, end),
    counted: noun ?? money?.coin,
  };
  const isBare = noun === undefined && money === undefined;
  const year = isBare && /^\d{4}$/.test(text.slice(index, end)) ? tongue.year?.(figure.whole, around) : undefined;
  if (year !== undefined) return { spoken: year, end };
  const spoken = sayQuantity(tongue, quantity, tongue.agree(figure, around));
  const [written = "", word = ""] = (isBare && isRoundMillion(figure) && countedAfter.exec(around.after)) || [];
  const counted = word === "" ? undefined : tongue.ofMillions?.(word);
  return counted === undefined ? { spoken, end } : { spoken: `${spoken} ${counted}`, end: end + written.length };
}

/**
 * Matches the noun after a round million, but not a function word: "habitantes" in "3.000.000 habitantes", and nothing
 * in "3.000.000 para".
 */
const countedAfter =
  /^\s(?!(?:para|pour|par|per|por|con|com|avec|sono|sont|son|são|est|del?|des|delle?)(?!\p{Ll}))(\p{Ll}{3,})(?!\p{L})/u;
