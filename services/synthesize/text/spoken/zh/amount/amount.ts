import { currencyByWriting } from "../../amounts/currency.ts";
import { parseQuantity, type Quantity, scaled } from "../../amounts/quantity.ts";
import { before, digitStarts, type Place, type Reading, type Rule, rule } from "../../rule.ts";
import { counting, digits, number } from "../number.ts";
import { isDifference } from "../signs/expression.ts";
import { isCounted } from "./measure-words.ts";

/** Units whose letter is often part of a name (3A景区, 2B铅笔, 4K): for each, the context which shows the unit. */
const unsure: Record<string, RegExp | undefined> = {
  安: /电[流源器池线路]|充电|插座|插头|保险|空开|断路|开关|额定|输[入出]|\d\s?k?[WV](?![A-Za-z])/,
  字节: undefined,
  牛: /力|[推压拉]/,
  焦耳: /能|热|功/,
  百万像素: undefined,
  开尔文: /温|热|绝对|黑体/,
  库仑: /电荷|电量|带电/,
  法拉: /电容/,
  亨: /电感/,
  特斯拉: /磁/,
  单位: /胰岛素|剂量|注射|皮下/,
  转: undefined,
  天: undefined,
  马力: /车|发动机|引擎|功率|扭矩|电机|涡轮|动力|最大|输出|匹/,
  英亩: /地|面积|园|场/,
};

function accepts(quantity: Quantity, text: string): boolean {
  const name = quantity.unit?.zh ?? "";
  const written = text.slice(quantity.end - 1, quantity.end);
  // In `10 % 3` the sign means the remainder of a division, and not percent.
  if (name === "%" && !quantity.attached && /^\s?(?:\d|[a-z](?![a-z]))/.test(text.slice(quantity.end))) return false;
  if (!/[A-Za-z]/.test(written)) return true;
  const following = text.slice(quantity.end, quantity.end + 4);
  // In a formula letters are not units: 2H₂, 3m+2n.
  if (/^[₀-₉⁺⁻⁰-⁹]/.test(following) || (written.length === 1 && isAlgebraic(text, quantity))) return false;
  const near = text.slice(Math.max(0, quantity.bareEnd - 10), quantity.end + 6);
  if (name === "升") return written === "L" || /水|油|奶|酒|液|容/.test(near);
  if (name === "英寸")
    return (
      (quantity.attached && /寸|屏|inch/.test(near)) ||
      (/in$/.test(text.slice(quantity.bareEnd, quantity.end)) && /^\s?(?:$|[，。、；）)一-鿿])/.test(following))
    );
  // After CPU, m means thousandths of a core: CPU 500m.
  if (
    name === "米" &&
    /CPU[：:\s]*$/i.test(text.slice(Math.max(0, quantity.bareEnd - 12), quantity.bareEnd).replace(/[\d.]+$/, ""))
  )
    return false;
  // In an address W means west: 120 W 45th St.
  if (
    written.length === 1 &&
    !quantity.attached &&
    /^\s(?:\d+(?:st|nd|rd|th)|[A-Z][a-z]+\s(?:St|Ave|Rd|Blvd|Street|Avenue))/.test(text.slice(quantity.end))
  )
    return false;
  if (!(name in unsure) || (name === "马力" && written === "p")) return true;
  // Next to an arithmetic sign, a letter after a number is a unit: 10N÷2kg=5m/s².
  if (/^\s?[=＝≈×÷*]/.test(text.slice(quantity.end)) || beforeOperand.test(near))
    return !/^(?:百万像素|字节|天|转|英亩)$/.test(name);
  const wide = name === "安" ? text.slice(Math.max(0, quantity.bareEnd - 30), quantity.end + 24) : near;
  return !/^\s?(?:级|景区|游戏|大作)/.test(text.slice(quantity.end)) && (unsure[name]?.test(wide) ?? false);
}

/** Whether the letter after a number is a variable and not a unit, as the characters next to it show. */
function isAlgebraic(text: string, quantity: Quantity): boolean {
  if (quantity.end - quantity.bareEnd > 1) return false;
  const head = text.slice(0, quantity.bareEnd).replace(/\d+$/, "").slice(-4);
  return (
    /^\s?[+\-−]\s?\d*[a-z](?![A-Za-z])/.test(text.slice(quantity.end, quantity.end + 5)) ||
    /(?:^|[^A-Za-z])[a-z²³]\s?[+\-−]\s?$/.test(head)
  );
}

const beforeOperand = /[=＝≈×÷*]\s?[\d.,]+\s?[A-Za-z]?/;
const signName = (sign: string, temperature: boolean): string =>
  sign === "-" ? (temperature ? "零下" : "负") : sign === "+" ? "正" : sign === "±" ? "正负" : "";
/** Whether `sign` is a plus that adds a price or a counted quantity: 加床+150元. */
const isAdded = (sign: string, following: string): boolean =>
  sign === "+" && (/^\s?(?:元|块|[万亿]元)/.test(following) || isCounted(following));

/** The spoken form of a quantity; `text` is its context. `cold`: whether it is a temperature even without a unit. */
function say(quantity: Quantity, text: string, following: string, cold = false): string {
  const { sign, currency, unit } = quantity;
  if (unit?.zh === "%" || unit?.zh === "‰")
    return `${signName(sign, false)}${unit.zh === "%" ? "百" : "千"}分之${quantity.number === "100" && unit.zh === "%" ? "百" : number(quantity.number)}`;
  const trillions = /^(?:T|trillion)$/.test(quantity.scale);
  const english = /^[a-zA-Z]/.test(quantity.scale) && !trillions ? quantity.scale : "";
  const scale = trillions ? "万亿" : english === "" ? quantity.scale : "";
  const written = english === "" ? quantity.number : scaled(quantity.number, english);
  const paid = currency !== undefined || /^(?:元|块|美元|美金|欧元|英镑|港元|港币)/.test(following);
  // A large number is said in hundred millions, as in newspapers (二百七十四点五亿), and not as a sequence of 亿 and 万.
  const large = english === "" ? undefined : inHundredMillions(written);
  const figures =
    large !== undefined ? large : !paid ? written : written.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  const two =
    /^\s[a-z]{2,}s(?![A-Za-z])/.test(following) ||
    scale !== "" ||
    unit !== undefined ||
    currency !== undefined ||
    isCounted(following);
  const plain = two ? counting(figures) : number(figures);
  const temperature =
    cold ||
    unit?.zh.endsWith("氏度") ||
    (unit === undefined && /^\s?(?:度|摄氏度)/.test(following) && !/角|纬|经|倾/.test(text));
  const money =
    currency === undefined || /^\s?(?:元|块|美元|美金|欧元|英镑|日元|人民币|港元|港币|韩元)/.test(following)
      ? ""
      : currency.zh;
  const sort =
    isAdded(sign, following) || (sign === "+" && currency !== undefined) ? "加" : signName(sign, temperature === true);
  return `${sort}${plain}${large === undefined ? scale : "亿"}${unit?.zh ?? ""}${money}`;
}

/** A number in hundred millions: "274.5" (亿) for "27450000000". Undefined if it is below 1 or has no decimals. */
function inHundredMillions(written: string): string | undefined {
  const [, whole, part = ""] = /^(\d+)(\d{8})$/.exec(written) ?? [];
  return whole === undefined || /^0+$/.test(part) ? undefined : `${whole}.${part.replace(/0+$/, "")}`;
}

const separator = /\s?[-–—−~～〜]\s?/y;
const value = (quantity: Quantity): string => quantity.number.replace(/,/g, "");
const part = (text: string): string => (/^\d{3,}$/.test(text) ? digits(text) : number(text).replace(/^两$/, "二"));

/** Reads a range of two quantities with a dash: 一百到二百元, 百分之四十到百分之六十. Undefined if this is no range. */
function range({ text, index }: Place, from: Quantity): Reading | undefined {
  separator.lastIndex = from.end;
  const dash = separator.exec(text)?.[0];
  if (dash === undefined || (from.unit !== undefined && !accepts(from, text))) return undefined;
  const to = parseQuantity(text, from.end + dash.length);
  if (to === undefined || (to.unit !== undefined && !accepts(to, text))) return undefined;
  const following = text.slice(to.end, to.end + 6);
  if (/[-–−]/.test(dash) && isDifference(text, index, to.end)) return undefined;
  if (/^[-–—]\d/.test(following) || /^\/\d/.test(following)) return undefined;
  const bare = from.unit === undefined && from.currency === undefined && from.scale === "";
  // A descending pair of numbers without a unit or a counted noun is a name in two parts, not a range.
  if (
    bare &&
    /[-–—]/.test(dash) &&
    to.unit === undefined &&
    to.currency === undefined &&
    Number(value(from)) > Number(value(to)) &&
    to.sign === "" &&
    from.sign === "" &&
    !isCounted(following)
  )
    return { spoken: `${part(from.number)}杠${part(to.number)}`, end: to.end };
  const shared: Quantity = {
    ...from,
    unit: from.unit ?? (to.unit?.zh === "%" || to.unit?.zh === "‰" ? to.unit : undefined),
    currency: from.unit === undefined && to.currency === undefined && to.unit === undefined ? undefined : from.currency,
  };
  const last: Quantity = { ...to, currency: to.currency ?? from.currency };
  const second = say(last, text, following);
  const counted = (to.unit !== undefined && to.unit.zh !== "%") || to.scale !== "" || isCounted(following);
  const degrees = to.unit?.zh.endsWith("氏度") === true || /^\s?(?:度|摄氏度)/.test(following);
  let first = say(shared, text, counted ? "个" : following, degrees);
  if (from.number === "2" && counted) first = first.replace(/^二/, "两");
  return { spoken: `${first}到${second}`, end: to.end };
}

/** Rules for numbers with units, money, percentages, and ranges of these. */
export const amountRules: readonly Rule[] = [
  rule("discount", digitStarts, /(?<![\d.])[1-9][1-9](?=折)/, ([text]) => digits(text)),
  rule("twice as much", "2", /(?<=(?:[快慢高低大小多]了?|提[升高]了?)\s?)2(?=[xX](?![A-Za-z\d]))/, "两"),
  rule(
    "discount on a minimum price",
    digitStarts,
    /(?<=满\s?)(\d{1,5})(元?)-(\d{1,4})(?![\d-])/,
    ([, from = "", unit = "", off = ""]) => `${number(from)}${unit}减${number(off)}`,
  ),
  rule("two in order", "2", /(?<=第\s?)2(?![\d.])/, "二"),
  // In 周2 the number names a day of the week; in 每周2次 it is a count, and so is not read by this rule.
  rule("day of the week", "2", /(?<=星期|周|礼拜)2(?![\d.]|\s?(?:次|天|节|场|个|小时|篇|本|杯|顿|趟|晚(?!上)))/, "二"),
  rule(
    "current of a meter",
    digitStarts,
    /(?<![\d.])(\d{1,2}(?:\.\d)?)[(（](\d{1,3})[)）]\s?A(?![A-Za-z])/,
    ([, rated = "", most = ""]) => `${number(rated)}，${number(most)}安`,
  ),
  { name: "amount", starts: "0123456789$€£¥₩₹₽฿₫₺₿-−+±UHNACSJREG", read: readAmount },
];

/** Text before a plus sign which shows that the sign means an addition (加), not a positive number: 每次+5. */
const stepBefore = /(?:每(?:[次周天日月轮组遍回级]|个月|一次)|逐[次周日]|依次|再|各)\s?$/;

/** Uses 拍 in beats per minute for the speed of music, and 次 for a pulse: 速度88拍每分钟, but 心率88次每分钟. */
function inBeats(spoken: string, { text, index }: Place): string {
  if (!spoken.endsWith("次每分钟")) return spoken;
  const near = text.slice(Math.max(0, index - 30), index + 20);
  const clause = `${text
    .slice(0, index)
    .split(/[，。；、,;]/)
    .at(-1)}${text.slice(index).split(/[，。；、,;]/)[0]}`;
  const music = /节拍|节奏|\d\s?拍|拍子|速度|曲|歌|小节|鼓|metronome|tempo|beat(?!s)|groove|song/i;
  return music.test(near) && !/心|脉|跑|heart|pulse|HR/i.test(clause) ? spoken.replace("次每分钟", "拍每分钟") : spoken;
}

/** The longest quantity or range that begins at `place`, and its spoken form. */
function readAmount(place: Place): Reading | undefined {
  const { text, index } = place;
  const c = text[index] ?? "";
  const previous = text[index - 1] ?? "";
  if (c === "-" || c === "−" || c === "+" || c === "±") {
    // After a number with a unit, the sign joins two amounts (3月-5月, 3万+2万), so it is not the sign of the second one.
    if (/[\dA-Za-z)）%…π²³⁰-⁹₀-₉|℃°]$|[\d一二三四五六七八九十]\s?[一-鿿]{1,3}\s?$/.test(before(place)))
      return undefined;
  } else if (/\d/.test(c) ? /\d/.test(previous) : /[A-Za-z]/.test(previous)) return undefined;
  let quantity = parseQuantity(text, index);
  if (quantity === undefined) return undefined;
  const pair = range(place, quantity);
  if (pair !== undefined) return { ...pair, spoken: inBeats(pair.spoken, place) };
  // In a fraction such as -1/2 the numerator is not an amount by itself; another rule reads the whole fraction.
  if (quantity.sign !== "" && /^\/\d/.test(text.slice(quantity.bareEnd))) return undefined;
  if (quantity.unit !== undefined && !accepts(quantity, text)) {
    quantity = { ...quantity, unit: undefined, end: quantity.bareEnd };
  }
  const plain = inBeats(say(quantity, text, text.slice(quantity.end, quantity.end + 8)), place);
  const spoken = plain.startsWith("正") && stepBefore.test(before(place, 8)) ? `加${plain.slice(1)}` : plain;
  // A plain $ soon after HK$ means the same currency.
  const dollar =
    text[index] === "$" ? /(?<![A-Za-z])[A-Z]{1,2}\$(?=[^A-Za-z$]*$)/.exec(text.slice(0, index))?.[0] : undefined;
  const same = dollar === undefined ? undefined : currencyByWriting.get(dollar)?.zh;
  if (same !== undefined && spoken.endsWith("美元")) return { spoken: spoken.slice(0, -2) + same, end: quantity.end };
  if (!spoken.includes("公斤")) return { spoken, end: quantity.end };
  // In units of physics, such as newtons per kilogram, a kilogram is 千克 and not 公斤.
  if (/牛每公斤/.test(spoken)) return { spoken: spoken.replaceAll("公斤", "千克"), end: quantity.end };
  // Physics uses 千克 for a mass in a formula: m=4kg.
  const formula = /(?:^|[^A-Za-z])[A-Za-z][₀-₉]?\s?[=＝≈]\s?$/.test(before(place, 6));
  return { spoken: formula ? spoken.replaceAll("公斤", "千克") : spoken, end: quantity.end };
}
