import { letterStarts, type Rule } from "../../../rule.ts";
import { anyOf, beforeOf } from "../../patterns.ts";
import type { Tongue } from "../tongue.ts";
import type { QuantityReader } from "./quantity.ts";

const lone = /(?<=\p{L}\s)(?:km|kg|cm|mm|mg|ml|kWh|GB|m²|m³|km²|mq)(?![\p{L}\d/²³])/uy;
/** Matches text before a unit that requires the unit's plural, as "en" does in "en km". */
const manyBefore = /(?:mil|bil)\p{L}+\s(?:d[ei])\s$|(?<!\p{L})(?:en|in|em|les|los|os|des|dos)\s$/u;

/** Reads a unit after a word and not a number: "150 millones de km", "el precio por m²". */
export const loneUnit = (tongue: Tongue): Rule => ({
  name: "unit after words",
  starts: letterStarts,
  read({ text, index }) {
    lone.lastIndex = index;
    const written = lone.exec(text)?.[0];
    const noun = written === undefined || tongue.perMany === undefined ? undefined : tongue.units.get(written);
    if (noun === undefined || written === undefined) return undefined;
    const spoken = noun.forms[manyBefore.test(beforeOf(text, index)) ? 1 : 0] ?? "";
    return { spoken, end: index + written.length };
  },
});

/** Reads a quotient of two units that has no number before it: "in kg/m³". */
export function quotientOfUnits(tongue: Tongue, { divisor }: QuantityReader): Rule {
  const pattern = new RegExp(
    `(?<![\\p{L}\\d/])(?:(?<=[⁰¹²³⁴⁵⁶⁷⁸⁹]\\s?|(?:en|in|em)\\s(?=[^\\s/]+/))(${anyOf(tongue.units.keys())})(?![\\p{L}\\d])|(\\p{L}{2}[\\p{L}²³]*)(?=/))`,
    "uy",
  );
  return {
    name: "unit by itself",
    starts: letterStarts,
    read({ text, index }) {
      pattern.lastIndex = index;
      const match = pattern.exec(text);
      const noun = tongue.units.get(match?.[1] ?? match?.[2] ?? "");
      if (match === null || noun === undefined || tongue.perMany === undefined) return undefined;
      const end = index + match[0].length;
      if (text[end] !== "/") return { spoken: noun.forms[1] ?? "", end };
      const below = divisor(text, end);
      return below === undefined ? undefined : { spoken: `${noun.forms[1]} ${below.said}`, end: below.end };
    },
  };
}
