import { parseQuantity, type Quantity, scaled } from "../quantity.ts";
import { after, before, digitStarts, type Place, type Reading, type Rule, rule } from "../rule.ts";
import { isCounted } from "./measure.ts";
import { cardinal, counting, number } from "./number.ts";

/** Single letters that mean a unit only near the words that speak of it, or not at all in Chinese: 3A景区, 2B, 4K. */
const unsure: Record<string, RegExp | undefined> = {
  安: /电|充|插|保险|流/,
  字节: undefined,
  牛: /力|[推压拉]/,
  焦耳: /能|热|功/,
  升: undefined,
  英寸: /寸|屏/,
  百万像素: undefined,
};

function accepts(quantity: Quantity, text: string): boolean {
  const name = quantity.unit?.zh ?? "";
  const written = text.slice(quantity.end - 1, quantity.end);
  if (!(name in unsure) || !/[A-Za-z]/.test(written)) return true;
  if (name === "升") return written === "L" || /水|油|奶|酒|液|容/.test(text);
  if (name === "英寸") return quantity.attached && /寸|屏|inch/.test(text);
  return unsure[name]?.test(text) ?? false;
}

const signName = (sign: string, temperature: boolean): string =>
  sign === "-" ? (temperature ? "零下" : "负") : sign === "+" ? "正" : sign === "±" ? "正负" : "";

/** How a quantity is said; `text` is what surrounds it. */
function say(quantity: Quantity, text: string, following: string): string {
  const { sign, currency, unit } = quantity;
  if (unit?.zh === "%" || unit?.zh === "‰")
    return `${signName(sign, false)}${unit.zh === "%" ? "百" : "千"}分之${quantity.number === "100" && unit.zh === "%" ? "百" : number(quantity.number)}`;
  const english = /^[a-zA-Z]/.test(quantity.scale) ? quantity.scale : "";
  const scale = english === "" ? quantity.scale : "";
  const figures = english === "" ? quantity.number : scaled(quantity.number, english);
  const two = scale !== "" || unit !== undefined || currency !== undefined || isCounted(following);
  const plain = two ? counting(figures) : number(figures);
  const temperature =
    unit?.zh.endsWith("氏度") ||
    (unit === undefined && /^\s?(?:度|摄氏度)/.test(following) && !/角|纬|经|倾/.test(text));
  const money =
    currency === undefined || /^\s?(?:元|块|美元|美金|欧元|英镑|日元|人民币|港元|港币|韩元)/.test(following)
      ? ""
      : currency.zh;
  return `${signName(sign, temperature === true)}${plain}${scale}${unit?.zh ?? ""}${money}`;
}

const separator = /\s?[-–—−~～〜]\s?/y;
const operators = /^\s?[=＝≈≠<>≤≥+×÷*√]/;

/** Two quantities with a dash between them: 一百到二百元, 百分之四十到百分之六十. */
function range(place: Place): Reading | undefined {
  const { text, index } = place;
  const from = parseQuantity(text, index);
  if (from === undefined || (from.unit !== undefined && !accepts(from, text))) return undefined;
  separator.lastIndex = from.end;
  if (!separator.test(text)) return undefined;
  const to = parseQuantity(text, separator.lastIndex);
  if (to === undefined || (to.unit !== undefined && !accepts(to, text))) return undefined;
  const following = text.slice(to.end, to.end + 6);
  if (
    operators.test(following) ||
    /[=＝+×÷*√^]\s?$/.test(text.slice(Math.max(0, index - 2), index)) ||
    /^[-–—/]\d/.test(following)
  )
    return undefined;
  const shared: Quantity = {
    ...from,
    unit: from.unit ?? (to.unit?.zh === "%" || to.unit?.zh === "‰" ? to.unit : undefined),
    currency: from.unit === undefined && to.currency === undefined && to.unit === undefined ? undefined : from.currency,
  };
  const last: Quantity = { ...to, currency: to.currency ?? from.currency };
  const second = say(last, text, following);
  const counted = (to.unit !== undefined && to.unit.zh !== "%") || to.scale !== "" || isCounted(following);
  let first = say(shared, text, counted ? "个" : following);
  if (from.number === "2" && counted) first = first.replace(/^二/, "两");
  return { spoken: `${first}到${second}`, end: to.end };
}

/** Numbers with units, money, percents, and ranges of them. */
export const amountRules: readonly Rule[] = [
  rule("fraction", digitStarts, /(?<![\d./])(?:(\d+)[\s又])?(\d+)\/(\d+)(?![\d/.])/, (match, place) => {
    const [, whole, part = "", of = ""] = match;
    if (/^\s?[=＝]/.test(after(match)) || /[=＝+×÷*]\s?$/.test(before(place)) || Number(of) === 0) return undefined;
    return `${whole === undefined ? "" : `${number(whole)}又`}${cardinal(of).replace("两", "二")}分之${cardinal(part).replace(/^两$/, "二")}`;
  }),
  rule("two in order", "2", /(?<=第|星期|周|礼拜)2(?!\d)/, "二"),
  { name: "amount", starts: "0123456789$€£¥₩₹₽฿₫₺₿-−+±UHNACSJREG", read: readAmount },
];

/** The longest quantity or range at a place, and how it is said. */
function readAmount(place: Place): Reading | undefined {
  const { text, index } = place;
  const c = text[index] ?? "";
  const previous = text[index - 1] ?? "";
  if (c === "-" || c === "−" || c === "+" || c === "±") {
    if (/[\dA-Za-z)）%]/.test(previous)) return undefined;
    if (c === "+" && /[一-鿿]\s?$/.test(previous)) return undefined;
  } else if (/\d/.test(c) ? /\d/.test(previous) : /[A-Za-z]/.test(previous)) return undefined;
  const pair = range(place);
  if (pair !== undefined) return pair;
  let quantity = parseQuantity(text, index);
  if (quantity === undefined) return undefined;
  if (quantity.unit !== undefined && !accepts(quantity, text)) {
    const bare = /^[-−+±]?[\d.,]*\d/.exec(text.slice(index))?.[0] ?? "";
    quantity = { ...quantity, unit: undefined, end: index + bare.length };
  }
  return { spoken: say(quantity, text, text.slice(quantity.end, quantity.end + 8)), end: quantity.end };
}
