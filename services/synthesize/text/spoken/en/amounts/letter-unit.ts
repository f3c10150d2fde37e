import type { Quantity } from "../../amounts/quantity.ts";
import { placeCue } from "../identity/cue.ts";

/**
 * Whether what looks like a unit after a number really is a unit. A single letter can also be part of a name: "3 A at
 * 5 V" are amps, but "Plan 3 A" and "seat 12A" are not, and "10 N Main Street" is not a force. The context decides.
 */

/** For each symbol that is rarely a unit: matches nearby words which show that it is one, such as "boil" for K. */
const needed: Readonly<Record<string, RegExp>> = {
  K: /\btemp\b|temperature|kelvin|absolute|cools?|heat|boil|melt|freez|gas|\bat\b/i,
  C: /charge|electron|coulomb/i,
  F: /capacit/i,
  T: /magnet|field|MRI|tesla|scanner/i,
  H: /induct/i,
  U: /insulin|units?|dose|inject/i,
  r: /^$/,
  kn: /wind|gust|speed|boat|ship/i,
  B: /^$/,
  MP: /camera|sensor|megapixel|photo|lens|\bMP\b/i,
};

const electric =
  /fuse|current|\bamps?\b|breaker|charg|circuit|batter|volt|\d\s?V\b|load|draw|outlet|supply|cable|output|rated|motor|\bPD\b|USB/i;

/** Matches letters that are units (length, mass, volume, time, voltage, power) with or without a space before them. */
const plain = /^(?:m|g|t|L|l|s|h|V|W)$/;

export function accepts(quantity: Quantity, text: string): boolean {
  const { unit } = quantity;
  if (unit === undefined) return true;
  const symbol = unit.over[0]?.base.symbols[0] ?? "";
  const following = text.slice(quantity.end, quantity.end + 16);
  if (symbol === "in" && unit.under.length === 0 && unit.over[0]?.power === 1)
    return (
      text.slice(0, quantity.end).endsWith("inch") ||
      (quantity.attached && !/^s/.test(following)) ||
      text[quantity.end - 1] === "." ||
      (quantity.number.includes(".") && !/^\s(?:the|an?|this|that|my|your|our|all|each|total|[A-Z\d])/.test(following))
    );
  if (!unit.letter) return symbol !== "B";
  const written = text.slice(quantity.bareEnd, quantity.end).trim();
  const start = quantity.bareEnd - quantity.number.length;
  const preceding = text.slice(Math.max(0, start - 24), start);
  const decimal = /[.]/.test(quantity.number);
  if (!decimal && (placeCue.test(preceding) || /[A-Za-z\d]-$/.test(preceding))) return false;
  const near = text.slice(Math.max(0, start - 40), quantity.end + 24);
  if (/^\.[A-Za-z]/.test(following)) return false;
  // "5A" is a current only near a word about electricity; otherwise it is a seat, a form, or part of a code.
  if (symbol === "A" && quantity.attached && !decimal) return electric.test(near);
  if (symbol === "s" || symbol === "h") return !/^s?['’]/.test(following) && !/\bthe\s$/.test(preceding);
  if (
    symbol === "t" &&
    /^\s(?:salt|sugar|baking|vanilla|oil|pepper|cinnamon|yeast|honey|cumin|paprika)\b/.test(following)
  )
    return false;
  if (symbol === "d") return !quantity.attached && /^(?:$|[\s.,;)])/.test(following);
  if (written === "M") return false;
  const need = needed[symbol];
  if (need !== undefined) return need.test(near);
  // Not a unit but a compass direction after a house number, an initial or a grade: "10 N Main St", "3 A's".
  if (
    !(decimal && quantity.attached && /^[LlgtmV]$/.test(written)) &&
    /^(?:['’]|\.?\s(?:[A-Z]|\d+(?:st|nd|rd|th))|-[A-Z\d])/.test(following) &&
    !/^\s(?:DC|AC|USB|RMS|RF|PSU|LED|PD|TDP|GPU|CPU|HVAC)\b/.test(following)
  )
    return false;
  if (plain.test(written)) return true;
  if (/^\s(?:grades?|students?|lists?|levels?|sizes?|batter|cells?|league|team)/.test(following)) return false;
  return /^[ANJWV]$/.test(written);
}
