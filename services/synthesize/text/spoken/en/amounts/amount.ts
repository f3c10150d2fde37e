import { parseQuantity, type Quantity } from "../../amounts/quantity.ts";
import { before, digitStarts, type Place, type Reading, type Rule, rule } from "../../rule.ts";
import { isSum } from "../marks/dash.ts";
import { cardinal, number, plural } from "../number.ts";
import { accepts } from "./letter-unit.ts";

const scaleNames: Record<string, string> = {
  k: "thousand",
  K: "thousand",
  M: "million",
  m: "million",
  mn: "million",
  B: "billion",
  b: "billion",
  bn: "billion",
  T: "trillion",
};

const signName = (sign: string): string =>
  sign === "-" ? "minus " : sign === "+" ? "plus " : sign === "±" ? "plus or minus " : "";
const isOne = (text: string): boolean => text === "1";

/** Whether a unit modifies the noun after it, as in "a 60 watt bulb". */
const describes = (preceding: string, following: string): boolean =>
  (/\bthe\s$/.test(preceding) && /^\sfinal\b/.test(following)) ||
  /^-[a-z]|^\s(?:[VI][2-9]\b|[VI]1[0-6]\b|engine|turbo|race|relay|dash|sprint|hurdles|freestyle|backstroke|butterfly|(?:world |Olympic |national )?record|mark|final|heat|event|title|run|walk|ride|swim|drive|hike|radius|diameter screw|(?:bulb|charger|PSU|LED|adapter|supplement|bottle|can|bag|box|tank|pipe|hose|board|screen|monitor|TV|drive|card|limit|jar|bucket|ladder|dumbbell|kettlebell|plate|cup|tube|pot|pan|steak|burger|cable|cord|rope|ceiling|fence|tile|sheet|battery|heater|fan|motor|engine|lens|container|pack|packet|tablet|pill|dose|capsule|version|model|zone|radius|diet|serving|portion|package|roll|stick|block|vial|syringe|bar|glass|mug|keg|barrel|bin|cooler|backpack|suitcase|weight)(?:s|es)?|supply|batteries|glasses)\b/.test(
    following,
  ) ||
  (/(?:\b(?:an?|the|this|that|each|every|my|your|his|her|our|their|its|another|one|two|three|four|five|six|seven|eight|nine|ten|both|several|single|extra)|(?<!\b(?:it|that|he|she|there|what|here|let))['’]s)\s(?:(?!(?:and|or|but|is|are|was|were|at|for|to|of|in|costs?|under|over|about|only|just)\s)[a-z]+\s)?$/i.test(
    preceding,
  ) &&
    /^\s(?!(?:of|in|at|and|or|is|are|was|to|on|from|by|for|with|each|per|tall|long|wide|high|deep|away|ago|old|more|less|as|than|a|the|above|below|later|if|whether|though|although|except|once|where|apiece|when|while|unless|until|after|before|since|because|but|so|that|which|who|you|we|they|it|he|she|your|instead|total|plus|extra|now|today|tomorrow|without|within|during|through|into|over|under|up|off|due|will|would|can|could|should|may|might|must|has|had|have|only|every|a|an|then|there|here|this|these|not|too|apart|altogether|upfront|back)\b)[a-z]/.test(
      following,
    ));

/** Matches a plural noun that the price before it modifies: "$7 cocktails". */
const pricedNoun =
  /^\s(?!(?:plus|less|gets|covers|buys|includes|pays|goes|was|is|has|costs|starts|applies|as|across|versus|this|its|his|unless|always|sometimes|means|saves|adds|works|comes|brings|helps|minus|does|towards?|sees|makes|lets|takes|seems|looks|sits|stays|puts|beats|besides|ends|earns|yields|grows|becomes|returns|reaches|turns|equals|remains|leaves|lasts|keeps|hits|drops|rises|falls|climbs|jumps|feels|sounds|gives|brings|translates|converts|amounts|compounds|accrues|clears|arrives|qualifies|counts|exceeds|represents|fits|needs|requires|equates|rounds|shows|posts|hurts|matters|dollars|bucks|euros|pounds)\b)[a-z]{3,}[^s\W]s\b/;

function money(quantity: Quantity, following: string, preceding: string): string {
  const [one = "", many = "", part, parts] = quantity.currency?.en ?? [];
  const scale = quantity.scale === "" ? "" : (scaleNames[quantity.scale] ?? quantity.scale);
  const figures = quantity.number;
  if (/^\s(?:dollars?|bucks|euros?|pounds|yen|yuan)\b/.test(following))
    return number(figures) + (scale === "" ? "" : ` ${scale}`);
  if (scale !== "")
    return `${number(figures)} ${scale} ${pricedNoun.test(following) || describes(preceding, following) ? one : many}`;
  const [whole = "", fraction] = figures.split(".");
  if (fraction === undefined)
    return `${cardinal(whole)} ${isOne(whole) || pricedNoun.test(following) || describes(preceding, following) ? one : many}`;
  if (part === undefined || fraction.length !== 2) return `${number(figures)} ${many}`;
  const cents = fraction === "00" ? "" : `${cardinal(fraction)} ${Number(fraction) === 1 ? part : parts}`;
  if (Number(whole.replace(/,/g, "")) === 0 && cents !== "") return cents;
  const coins = `${cardinal(whole)} ${isOne(whole) ? one : many}`;
  return cents === "" ? coins : `${coins} and ${cents}`;
}

function say(quantity: Quantity, following: string, preceding = ""): string {
  const sign = signName(quantity.sign);
  if (quantity.currency !== undefined) return sign + money(quantity, following, preceding);
  const scale = quantity.scale === "" ? "" : ` ${scaleNames[quantity.scale] ?? quantity.scale}`;
  const { unit } = quantity;
  const name =
    unit === undefined
      ? ""
      : ` ${(isOne(quantity.number) && scale === "") || describes(preceding, following) ? unit.en[0] : unit.en[1]}`;
  return sign + number(quantity.number) + scale + name;
}

const separator = /\s?[-–—−~～]\s?/y;

function range(place: Place): Reading | undefined {
  const { text, index } = place;
  const from = parseQuantity(text, index);
  if (from === undefined || !accepts(from, text)) return undefined;
  separator.lastIndex = from.end;
  const dash = separator.exec(text)?.[0] ?? "";
  if (dash === "" || (/^\s[-−]\s$/.test(dash) && from.unit === undefined && from.currency === undefined))
    return undefined;
  const to = parseQuantity(text, from.end + dash.length);
  if (to === undefined || !accepts(to, text) || (to.sign !== "" && !/[~～–—]/.test(dash))) return undefined;
  const following = text.slice(to.end, to.end + 8);
  if (
    /^\s?[=≈≠<>≤≥+×÷*√]/.test(following) ||
    /^[-–—/]\d/.test(following) ||
    (/[-–−]/.test(dash) &&
      Number(from.number.replace(/,/g, "")) > Number(to.number.replace(/,/g, "")) &&
      isSum(text, from.end)) ||
    (/[-–−]/.test(dash) && text[index - 1] === "(" && /^\)\s?[/×*^÷=+−-]/.test(following)) ||
    (/[-–−]/.test(dash) && /[/×*÷=+−-]\s?\($/.test(text.slice(Math.max(0, index - 4), index))) ||
    /[=+×÷*/^]\s?$/.test(text.slice(Math.max(0, index - 2), index))
  )
    return undefined;
  const shared: Quantity = {
    ...from,
    currency:
      to.currency === undefined && from.currency !== undefined && to.unit === undefined ? undefined : from.currency,
  };
  const last: Quantity = { ...to, currency: to.currency ?? from.currency, unit: to.unit };
  return { spoken: `${say(shared, "")} to ${say(last, following)}`, end: to.end };
}

function readAmount(place: Place): Reading | undefined {
  const { text, index } = place;
  const c = text[index] ?? "";
  const previous = text[index - 1] ?? "";
  // Dots before digits are an ellipsis.
  if (c === "." && previous === ".") return undefined;
  if (c === "-" || c === "−" || c === "+" || c === "±") {
    if (/[\dA-Za-z)%²³⁰-⁹]/.test(previous)) return undefined;
    if (c === "+" && /[\dA-Za-z)]\s$/.test(before(place, 2))) return undefined;
    if (c === "-" && /[\d)]\s$/.test(before(place, 2))) return undefined;
  } else if (/\d/.test(c) ? /\d/.test(previous) : /[A-Za-z]/.test(previous)) return undefined;
  const pair = range(place);
  if (pair !== undefined) return pair;
  let quantity = parseQuantity(text, index);
  if (quantity === undefined) return undefined;
  // The numerator of a fraction such as -1/2 is not an amount by itself.
  if (quantity.sign !== "" && /^\/\d/.test(text.slice(quantity.bareEnd))) return undefined;
  if (!accepts(quantity, text)) {
    quantity = { ...quantity, unit: undefined, end: quantity.bareEnd };
  }
  return { spoken: say(quantity, text.slice(quantity.end, quantity.end + 12), before(place, 24)), end: quantity.end };
}

/** Reads an amount in another language's number format inside an English sentence: "12,5 kg", "1.299,50 €". */
function readForeign({ text, index }: Place): Reading | undefined {
  const match = /^(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2})(?=\s?[€%°A-Za-z])/.exec(text.slice(index, index + 20));
  if (match === null || /[\d.,]/.test(text[index - 1] ?? "")) return undefined;
  const plain = `${match[1]?.replace(/\./g, "")}.${match[2]}`;
  const rest = text.slice(index + match[0].length, index + match[0].length + 16);
  const quantity = parseQuantity(plain + rest, 0);
  if (quantity === undefined || (quantity.unit === undefined && quantity.currency === undefined)) return undefined;
  return { spoken: say(quantity, rest), end: index + match[0].length + quantity.end - plain.length };
}

/** Rules for numbers with units, money, percentages, and ranges of such amounts. */
export const amountRules: readonly Rule[] = [
  rule(
    "times as much",
    digitStarts,
    /(?<![\d.])(\d+(?:\.\d+)?)[x×](?![A-Za-z\d^²³])(?!\s?[\d=+*/<>≤≥)−-]|\sd[a-z](?![a-z]))/,
    ([, n = ""], place) =>
      (/[=+*/^(-]\s?$/.test(before(place, 2)) &&
        !/^\s[a-z]{3}/.test(place.text.slice(place.index + n.length + 1, place.index + n.length + 6))) ||
      /[∂∫²³]|\bd[a-z]\/d[a-z]\b|(?<![A-Za-z])(?:sin|cos|tan|cot|log|ln|exp)\s?$/.test(before(place, 24))
        ? undefined
        : `${number(n)} ${n === "1" ? "time" : "times"}`,
  ),
  rule(
    "plural of a number",
    digitStarts,
    /(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)['’]s(?![A-Za-z])/,
    ([, n = ""], place) =>
      /\b(?:the|in|of|by|for|no|two|three|his|her|my|many|and|to)\s$/i.test(before(place)) && Number(n) % 10 === 0
        ? plural(cardinal(n))
        : undefined,
  ),
  { name: "number with a decimal comma before a unit or currency", starts: digitStarts, read: readForeign },
  rule(
    "number with dots between thousands after a currency",
    digitStarts,
    /(?<=(?<![A-Za-z])(?:Rp|R\$|IDR|VND|COP|CLP|ARS|BRL)\.?\s?)(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?(?![\d.,]\d)/,
    ([, whole = "", part]) => number(whole.replace(/\./g, "") + (part === undefined ? "" : `.${part}`)),
  ),
  { name: "amount", starts: ".0123456789$€£¥₩₹₽฿₫₺₿-−+±UHNACSJREG", read: readAmount },
];
