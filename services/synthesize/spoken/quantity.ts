import { type Currency, currencyByWriting } from "./currency.ts";
import { type Unit, unitByWriting } from "./units.ts";

/** A number with what belongs to it: `-3.5°C`, `$1.2 billion`, `40%`. */
export interface Quantity {
  /** "-", "+", "±" or "". */
  readonly sign: string;
  readonly currency: Currency | undefined;
  /** Digits with their group commas and decimal point, as written. */
  readonly number: string;
  /** 万, 亿, "million", "k" and their like, as written; "" if none. */
  readonly scale: string;
  readonly unit: Unit | undefined;
  /** The unit stood close to the number. */
  readonly attached: boolean;
  /** One past the last character. */
  readonly end: number;
}

const literal = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/g, "\\$&");
const alternatives = (list: Iterable<string>): string =>
  [...list]
    .sort((a, b) => b.length - a.length)
    .map((w) => literal(w) + (/[A-Za-z0-9]$/.test(w) ? "(?![A-Za-z0-9])" : ""))
    .join("|");

/** A number: groups of three with commas, or plain digits, or a bare decimal part. */
export const numberSource = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)`;

const signs = alternatives([...currencyByWriting.keys()].filter((w) => !/^[A-Z]+$/.test(w)));
const codes = alternatives([...currencyByWriting.keys()].filter((w) => w !== "U$"));
const scales =
  "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|[ -]?(?:hundred|thousand|million|billion|trillion)(?![A-Za-z])|(?:[kKMBT]|[mb]n?)(?![A-Za-z0-9])";

const pattern = new RegExp(
  `(?<sign>[-−+±])?(?<before>(?:${signs}|(?:US|HK)D|RMB|CNY|EUR|GBP|JPY)\\s?)?(?<sign2>[-−])?(?<number>${numberSource}|\\.\\d+)(?:(?<scale>${scales}))?(?:(?<space>\\s?)(?:(?<unit>${alternatives(unitByWriting.keys())})|(?<after>${codes})))?`,
  "uy",
);
const scaleless = /^(?:[kKMBT]|[mb]n?)$/;

/** The quantity that starts at `index`, or undefined. */
export function parseQuantity(text: string, index: number): Quantity | undefined {
  pattern.lastIndex = index;
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { sign, sign2, number = "", unit, space } = groups;
  let { scale = "", after } = groups;
  const currency = currencyByWriting.get((groups.before ?? after ?? "").trim());
  let end = pattern.lastIndex;
  const found = unit === undefined ? undefined : unitByWriting.get(unit);
  // A lone letter scales money only: 5M is not five million of anything known.
  if (scaleless.test(scale) && currency === undefined) {
    end -= scale.length + (space ?? "").length + (unit ?? "").length;
    scale = "";
    after = undefined;
    const again = unitAt(text, end);
    return { sign: (sign ?? sign2 ?? "").replace("−", "-"), currency, number, scale, ...again };
  }
  return {
    sign: (sign ?? sign2 ?? "").replace("−", "-"),
    currency,
    number,
    scale: scale.trim().replace(/^-/, ""),
    unit: found,
    attached: space === "",
    end,
  };
}

const unitPattern = new RegExp(`(?<space>\\s?)(?<unit>${alternatives(unitByWriting.keys())})`, "uy");

function unitAt(text: string, index: number): Pick<Quantity, "unit" | "attached" | "end"> {
  unitPattern.lastIndex = index;
  const groups = unitPattern.exec(text)?.groups;
  if (groups === undefined) return { unit: undefined, attached: false, end: index };
  return { unit: unitByWriting.get(groups.unit ?? ""), attached: groups.space === "", end: unitPattern.lastIndex };
}

const zeros: Record<string, number> = {
  k: 3,
  K: 3,
  thousand: 3,
  M: 6,
  m: 6,
  mn: 6,
  million: 6,
  B: 9,
  b: 9,
  bn: 9,
  billion: 9,
  T: 12,
  trillion: 12,
  hundred: 2,
};

/** A number times what an English scale says, in digits: "1.5" and "million" give "1500000". */
export function scaled(number: string, scale: string): string {
  const [whole = "", fraction = ""] = number.replace(/,/g, "").split(".");
  const shift = zeros[scale] ?? 0;
  const moved = whole + fraction.slice(0, shift).padEnd(shift, "0");
  const rest = fraction.slice(shift);
  return (moved.replace(/^0+(?=\d)/, "") || "0") + (rest === "" ? "" : `.${rest}`);
}
